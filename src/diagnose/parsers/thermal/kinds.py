"""Which part of a phone a thermal sensor sits on: by its name, and by its type where that is known.

Names lie less than types: older Samsung HALs count 1 CPU, 3 battery, 4 skin where Android counts
0 CPU, 1 GPU, 2 battery, 3 skin, 4 USB port; a MediaTek HAL calls its board sensors skin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from diagnose.model.plain import dataclass
from diagnose.parsers.thermal.thermalservice import ThermalDump
from diagnose.parsers.thermal.zones import Zone

KINDS = ("skin", "battery", "cpu", "gpu", "usb")

# Battery voltage, current and charge travel through the thermal HAL as well.
_NO_TEMPERATURE = re.compile(r"vbat|ibat|socd|bcl|volt|curr|fan|modem-cfg")
_NO_TEMPERATURE_TYPES = frozenset({6, 7, 8})
_NAMES = (
    ("usb", re.compile(r"usb|conn_therm|charger_port|typec")),
    ("battery", re.compile(r"^(?:\w{0,12}_)?batt?(?:ery)?\b|battery|^bms$|^mtktsbattery")),
    ("gpu", re.compile(r"gpu|^g3d$")),
    ("cpu", re.compile(r"cpu|^big$|^mid$|^little$|^tsens_tz|cluster")),
    ("skin", re.compile(r"skin|shell_|^surface|^case_|^emmc_therm$|quiet_therm|mtktsap")),
)
_ANDROID_TYPES = {0: "cpu", 1: "gpu", 2: "battery", 3: "skin", 4: "usb"}
_SAMSUNG_TYPES = {1: "cpu", 2: "gpu", 3: "battery", 4: "skin"}
_COLDEST, _HOTTEST = -40.0, 150.0


@dataclass(frozen=True)
class Heat:
    """One sensor of a known part. `celsius` is None where it gave nothing that can be true."""

    kind: str
    name: str
    celsius: float | None
    raw: str


def live_heat(dump: ThermalDump) -> tuple[Heat, ...]:
    """Sort the HAL's live sensors by part; those of no known part are left out."""
    types = _types((sensor.name, sensor.type) for sensor in dump.live)
    found = []
    for sensor in dump.live:
        kind = _kind(sensor.name, sensor.type, types)
        if kind:
            found.append(Heat(kind, sensor.name, plausible(sensor.value), sensor.raw))
    return tuple(found)


def expected_kinds(dump: ThermalDump) -> frozenset[str]:
    """The parts the HAL has thresholds for: it must have a sensor there."""
    types = _types(dump.expected.items())
    kinds = (_kind(name, number, types) for name, number in dump.expected.items())
    return frozenset(kind for kind in kinds if kind)


def zone_heat(zones: Iterable[Zone]) -> tuple[Heat, ...]:
    """Sort the kernel's zones by part."""
    found = []
    for zone in zones:
        kind = _kind(zone.name, -1, {})
        if kind:
            found.append(Heat(kind, zone.name, plausible(zone.celsius), zone.raw))
    return tuple(found)


def plausible(celsius: float | None) -> float | None:
    """A temperature a switched-on phone can have; exactly 0 is a sensor that is not fitted."""
    if celsius is None or not celsius or not _COLDEST < celsius < _HOTTEST:
        return None
    return celsius


def _kind(name: str, number: int, types: Mapping[int, str]) -> str | None:
    low = name.lower()
    if _NO_TEMPERATURE.search(low) or number in _NO_TEMPERATURE_TYPES:
        return None
    named = next((kind for kind, pattern in _NAMES if pattern.search(low)), None)
    return named or types.get(number)


def _types(sensors: Iterable[tuple[str, int]]) -> Mapping[int, str]:
    """Which table of types this HAL counts by: told by the type of what is named battery."""
    battery = _NAMES[1][1]
    numbers = {number for name, number in sensors if battery.search(name.lower())}
    return _SAMSUNG_TYPES if numbers == {3} else _ANDROID_TYPES

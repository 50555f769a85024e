"""`dumpsys sensorservice`: the list of sensors in its three layouts, and the recent events.

Android 2.3–4.4 `name | vendor | 0xHANDLE | maxRate=`, 5–6 `name | vendor | version=1 |type.string|
0xHANDLE | "permission" | type=1`, 7–16 `0xHANDLE) name | vendor | ver: 1 | type: string(1) | …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.model.text import Text


@dataclass(frozen=True)
class SensorKind:
    """A kind of sensor: Android's type number, the feature that declares it, its name."""

    number: int
    feature: str
    title: Text


def _kind(number: int, feature: str, en: str, zh: str) -> SensorKind:
    return SensorKind(number, f"android.hardware.sensor.{feature}", Text(en, zh))


SENSOR_KINDS: Final[Mapping[str, SensorKind]] = {
    "accelerometer": _kind(1, "accelerometer", "acceleration sensor", "加速度传感器"),
    "magnetometer": _kind(2, "compass", "compass", "电子罗盘（磁力计）"),
    "gyroscope": _kind(4, "gyroscope", "gyroscope", "陀螺仪"),
    "light": _kind(5, "light", "ambient light sensor", "环境光传感器"),
    "barometer": _kind(6, "barometer", "barometer", "气压计"),
    "proximity": _kind(8, "proximity", "proximity sensor", "距离传感器"),
    "step_detector": _kind(18, "stepdetector", "step detector", "步伐检测器"),
    "step_counter": _kind(19, "stepcounter", "step counter", "计步器"),
    "heart_rate": _kind(21, "heartrate", "heart rate sensor", "心率传感器"),
    "hinge_angle": _kind(36, "hinge_angle", "hinge angle sensor", "铰链角度传感器"),
}
"""The kinds of sensors that a feature can declare, by our name."""

_MOST_SENSORS = 500
_MOST_GROUPS = 200
_MOST_EVENTS = 200
# AOSP's virtual sensors carry four letters as their handle ("_acc"); they are software and stay
# when the part is gone: "Gyroscope Bias (debug)" even calls itself an accelerometer.
_FIRST_VIRTUAL_HANDLE = 0x5F000000
_LAST_VIRTUAL_HANDLE = 0x5FFFFFFF

_CURRENT = re.compile(r"(0x[0-9a-fA-F]{1,8})\) ([^|\n]{0,200})\|([^|\n]{0,120})\|(.{0,300})")
_CURRENT_TYPE = re.compile(r"type: {0,24}([\w.]{1,120})\((\d{1,9})\)")
_LOLLIPOP = re.compile(r"([^|\n]{1,200})\|([^|\n]{1,120})\| ?version=[^|\n]{1,20}\|(.{0,300})")
_LOLLIPOP_TYPE = re.compile(r"type=(\d{1,9})")
_GINGERBREAD = re.compile(r"([^|\n]{1,200})\|([^|\n]{1,120})\| {0,4}(0x[0-9a-fA-F]{1,8}) \| max")
_HANDLE = re.compile(r"\| {0,4}(0x[0-9a-fA-F]{8})")
_NONE = "No Sensors on the device"
_TOTAL = re.compile(r"^(?:Total )?(\d{1,4}) h/w sensors", re.MULTILINE)
_ENDS = re.compile(
    r"Fusion States|Recent Sensor events|Active sensors|Mode :|\d{1,4} (?:h/w sensors|active conn)"
)
_GROUP = re.compile(r"^(\S.{0,200}?)(?: \(handle=(0x[0-9a-fA-F]{1,8})\))?: last \d{1,6} events?")
_MASKED = "[value masked]"  # the sensor needs a permission
_EVENT = re.compile(r"\s{1,8}\d{1,6} \(ts=(\d{1,12}(?:\.\d{1,9})?), wall=[\d:.]{1,20}\)(.{0,400})")


@dataclass(frozen=True)
class Sensor:
    """One sensor. `type` is None where the layout has none or the line was cut off."""

    name: str
    vendor: str
    handle: int | None
    type: int | None
    raw: str

    @property
    def is_virtual(self) -> bool:
        """Whether it is software of Android that uses other sensors."""
        return (
            self.handle is not None and _FIRST_VIRTUAL_HANDLE <= self.handle <= _LAST_VIRTUAL_HANDLE
        )


@dataclass(frozen=True)
class SensorEvent:
    """One reading: seconds since boot and the values in the sensor's own unit."""

    at_s: float
    values: tuple[float, ...]


@dataclass(frozen=True)
class SensorEvents:
    """The last readings of one sensor; masked ones (steps, heart rate) are left out.

    `is_masked`: there are readings, but the shell lacks the permission to see them.
    """

    name: str
    handle: int | None
    events: tuple[SensorEvent, ...]
    raw: str
    is_masked: bool = False


@dataclass(frozen=True)
class SensorCensus:
    """What the sensor service knows. `hardware_count` is its own count, None where not said."""

    sensors: tuple[Sensor, ...]
    recent: tuple[SensorEvents, ...]
    hardware_count: int | None
    hardware_count_raw: str
    is_whole: bool

    def fitted(self) -> tuple[Sensor, ...]:
        """The sensors of the maker, without Android's virtual ones."""
        return tuple(sensor for sensor in self.sensors if not sensor.is_virtual)

    def of_type(self, kind: int) -> tuple[Sensor, ...]:
        """The maker's sensors of one Android type number."""
        return tuple(sensor for sensor in self.fitted() if sensor.type == kind)

    def recent_of(self, name: str) -> SensorEvents | None:
        """The readings of the first sensor of the kind that has any, be it masked ones."""
        sensors = self.of_type(SENSOR_KINDS[name].number)
        kept = [recent for sensor in sensors if (recent := self.events_of(sensor))]
        readable = next((recent for recent in kept if recent.events), None)
        return readable or next((recent for recent in kept if recent.is_masked), None)

    def events_of(self, sensor: Sensor) -> SensorEvents | None:
        """The readings of a sensor, or None where none are kept or another bears its name."""
        for group in self.recent:
            if group.handle is not None and group.handle == sensor.handle:
                return group
        bearers = [other for other in self.sensors if other.name == sensor.name]
        named = [g for g in self.recent if g.name == sensor.name and g.handle is None]
        return named[0] if len(bearers) == 1 and len(named) == 1 else None


def parse_sensors(text: str) -> SensorCensus:
    """Read the dump; raises `ParseError` where it is no dump of the sensor service."""
    lines = text.splitlines()
    total = _TOTAL.search(text)
    none = _NONE in text[:4000]
    if total is None and not none and not any(line.startswith("Sensor List:") for line in lines):
        raise ParseError("neither a sensor list nor a count of sensors")
    sensors = tuple(_sensors(lines))
    stated = int(total[1]) if total else 0
    read_all = stated <= sum(not one.is_virtual for one in sensors) and _every_row(lines)
    return SensorCensus(
        sensors=sensors,
        recent=tuple(_recent(lines)),
        hardware_count=int(total[1]) if total else 0 if none else None,
        hardware_count_raw=total[0] if total else _NONE if none else "",
        is_whole=none or (_is_whole(lines) and read_all),
    )


def _is_whole(lines: list[str]) -> bool:
    """Whether something follows the list: a dump cut inside it must not miss a sensor."""
    return any(_ENDS.match(line) for line in lines)


def _every_row(lines: list[str]) -> bool:
    """Whether every row of the list is a sensor's: one that is not may hide any of them."""
    start = next((n for n, line in enumerate(lines) if line.startswith("Sensor List:")), None)
    for line in lines[start + 1 :] if start is not None else ():
        if _ENDS.match(line) or _GROUP.match(line[:400]):
            return True
        if line.strip() and not line[0].isspace() and _sensor(line[:900]) is None:
            return False
    return True


def _sensors(lines: list[str]) -> Iterator[Sensor]:
    found = 0
    for line in lines:
        sensor = _sensor(line[:900]) if "|" in line else None
        if sensor is not None:
            yield sensor
            found += 1
        if found >= _MOST_SENSORS:
            return


def _sensor(line: str) -> Sensor | None:
    if line.startswith("0x"):
        return _current(line)
    if match := _LOLLIPOP.match(line):
        handle = _HANDLE.search(line)
        kind = _LOLLIPOP_TYPE.search(match[3])
        return Sensor(
            match[1].strip(),
            match[2].strip(),
            int(handle[1], 16) if handle else None,
            int(kind[1]) if kind else None,
            line.strip(),
        )
    if match := _GINGERBREAD.match(line):
        return Sensor(match[1].strip(), match[2].strip(), int(match[3], 16), None, line.strip())
    return None


def _current(line: str) -> Sensor | None:
    match = _CURRENT.match(line)
    if match is None:
        return None
    kind = _CURRENT_TYPE.search(match[4])
    return Sensor(
        match[2].strip(),
        match[3].strip(),
        int(match[1], 16),
        int(kind[2]) if kind else None,
        line.strip(),
    )


def _recent(lines: list[str]) -> Iterator[SensorEvents]:
    found = 0
    for index, line in enumerate(lines):
        match = _GROUP.match(line[:400]) if ": last " in line[:400] else None
        if match is None:
            continue
        following = lines[index + 1 : index + 1 + _MOST_EVENTS]
        is_masked = bool(following) and _MASKED in following[0][:500]
        handle = int(match[2], 16) if match[2] else None
        yield SensorEvents(match[1], handle, tuple(_events(following)), match[0], is_masked)
        found += 1
        if found >= _MOST_GROUPS:
            return


def _events(lines: list[str]) -> Iterator[SensorEvent]:
    for line in lines:
        match = _EVENT.match(line[:500])
        if match is None:
            return
        values = _values(match[2])
        if values:
            yield SensorEvent(float(match[1]), values)


def _values(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(word) for word in text.split(",") if word.strip())
    except ValueError:  # the masked ones
        return ()

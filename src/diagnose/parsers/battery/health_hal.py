"""The health HAL's own dump: AIDL (`HealthInfo{batteryLevel: 59, …}`) and HIDL 2.0/2.1
(`{.legacy = {.batteryLevel = 59, …}}`), both behind the plain lines of BatteryMonitor.

Both styles give one set of names here: those of AIDL. Units: µAh, µA, mV, 0.1 °C, seconds.
"""  # noqa: D205 - the two styles do not fit one line

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.parsers.printed import Printed

_LONGEST = 64 * 1024
_FIELD = re.compile(
    r"\b((?:battery|charger|max|charging|state|manufacturing|first)[A-Za-z]{3,50})"
    r"(?::[ ]| = )(\"[^\"\n]{0,80}\"|\(null\)|[^\s,{}\[\]\"]{1,80})"
)
_LINE = re.compile(
    r"^(current now|current avg|charge counter|cycle count|Full charge): (-?\d{1,18})"
)

_NAMES = {
    "batteryFullCharge": "batteryFullChargeUah",
    "batteryChargeCounter": "batteryChargeCounterUah",
    "batteryVoltage": "batteryVoltageMillivolts",
    "batteryTemperature": "batteryTemperatureTenthsCelsius",
    "batteryCurrent": "batteryCurrentMicroamps",
    "batteryCurrentAverage": "batteryCurrentAverageMicroamps",
    "stateOfHealth": "batteryStateOfHealth",
    "manufacturingDateSeconds": "batteryManufacturingDateSeconds",
    "firstUsageSeconds": "batteryFirstUsageSeconds",
    "cycle count": "batteryCycleCount",
    "Full charge": "batteryFullChargeUah",
    "charge counter": "batteryChargeCounterUah",
    "current now": "batteryCurrentMicroamps",
    "current avg": "batteryCurrentAverageMicroamps",
}


def parse_health(text: str) -> Mapping[str, Printed]:
    """Read the fields by their AIDL name. `(null)` values are left out.

    The structure counts before the plain lines, for those are in the gauge's own units. Raises
    `ParseError` where there is neither.
    """
    head = text[:_LONGEST]
    found: dict[str, Printed] = {}
    for match in _FIELD.finditer(head):
        value = match[2].strip('"')
        if value != "(null)":
            found[_NAMES.get(match[1], match[1])] = Printed(value, match[0])
    for line in head.splitlines():
        if plain := _LINE.match(line):
            found.setdefault(_NAMES[plain[1]], Printed(plain[2], plain[0]))
    if not any(name.startswith("battery") for name in found):
        raise ParseError("no health information in the answer")
    return found

"""`dumpsys thermalservice`: the throttling status and what the thermal HAL measures right now.

The block `Cached temperatures` is never read: it may be hours old and 50 °C off.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import lines_of

_STATUS = re.compile(r"^Thermal Status: (\d{1,2})\b", re.MULTILINE)
_OVERRIDE = re.compile(r"^IsStatusOverride: true\b", re.MULTILINE)
_LIVE = "Current temperatures from HAL"
_THRESHOLDS = "Temperature static thresholds from HAL"
_NUMBER = r"-?(?:\d{1,9}(?:\.\d{1,9})?(?:E-?\d{1,3})?|NaN|Infinity)"
_TEMPERATURE = re.compile(
    rf"Temperature\{{mValue=({_NUMBER}), mType=(-?\d{{1,6}}), mName=([^,}}]{{0,80}}),"
    r" mStatus=(-?\d{1,3})\}"
)
_THRESHOLD = re.compile(
    r"TemperatureThreshold\{mType=(-?\d{1,6}), mName=([^,}]{0,80}),"
    r" mHotThrottlingThresholds=\[([^\]]{0,200})\]"
)
_MOST = 200


@dataclass(frozen=True)
class Temperature:
    """One sensor of the thermal HAL. `value` is None where it said NaN or infinity."""

    name: str
    type: int
    value: float | None
    status: int
    raw: str


@dataclass(frozen=True)
class ThermalDump:
    """`status` 0 (none) to 6 (shutdown); `live` are the HAL's current readings.

    `has_live_block` tells "the HAL gave no sensor" from "the dump has no such block".
    `expected` are the sensors the HAL has thresholds for, by name, with their type.
    """

    status: int | None
    status_raw: str
    overridden: bool
    has_live_block: bool
    live: tuple[Temperature, ...]
    expected: Mapping[str, int]


def parse_thermalservice(text: str) -> ThermalDump:
    """Read the dump. Raises `ParseError` where neither a status nor a live block is in it."""
    status = _STATUS.search(text)
    block, live, expected = "", list[Temperature](), dict[str, int]()
    seen_live = False
    for line in lines_of(text):
        if line[:1] not in (" ", "\t"):
            block = line.strip().rstrip(":")
            seen_live = seen_live or block == _LIVE
        elif block == _LIVE and len(live) < _MOST and (match := _TEMPERATURE.search(line)):
            live.append(_temperature(match))
        elif block == _THRESHOLDS and len(expected) < _MOST and (match := _THRESHOLD.search(line)):
            expected.setdefault(match[2].strip(), int(match[1]))
    if status is None and not seen_live:
        raise ParseError("no thermal status in the answer")
    return ThermalDump(
        status=int(status[1]) if status else None,
        status_raw=status[0] if status else "",
        overridden=_OVERRIDE.search(text) is not None,
        has_live_block=seen_live,
        live=tuple(live),
        expected=expected,
    )


def _temperature(match: re.Match[str]) -> Temperature:
    number = float(match[1].replace("Infinity", "inf"))
    return Temperature(
        name=match[3].strip(),
        type=int(match[2]),
        value=number if math.isfinite(number) else None,
        status=int(match[4]),
        raw=match[0],
    )

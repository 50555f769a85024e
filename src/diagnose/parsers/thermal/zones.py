"""The kernel's thermal zones: `grep "" /sys/class/thermal/thermal_zone*/type …/temp`."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.parsers.printed import lines_of

_FILE = re.compile(r"/sys/(?:class|devices/virtual)/thermal/(thermal_zone\d{1,4})/(type|temp):(.*)")
# A list that people print themselves: `thermal_zone7 modem-wifi-usr 27000`, the number may lack.
_LISTED = re.compile(r"(thermal_zone\d{1,4}) ([\w.,-]{1,60})(?: (-?\d{1,9}))?\s{0,4}")
_MOST_ZONES = 400
_ABSENT_MILLI = -200_000  # Qualcomm's driver answers -274000 for a sensor that is not powered


@dataclass(frozen=True)
class Zone:
    """One zone; `celsius` is None where its sensor gave nothing.

    Zones count in m°C; those of currents and voltages are here as well, by their name.
    """

    zone: str
    name: str
    celsius: float | None
    raw: str


def parse_zones(text: str) -> tuple[Zone, ...]:
    """Read the zones. Raises `ParseError` where there is none."""
    names: dict[str, str] = {}
    readings: dict[str, tuple[str, str]] = {}
    for line in lines_of(text):
        if match := _FILE.match(line):
            _note(names, readings, match[1], match[2], match[3].strip(), line.strip())
        elif match := _LISTED.fullmatch(line):
            names[match[1]] = match[2]
            readings[match[1]] = (match[3] or "", line.strip())
    if not names:
        raise ParseError("no thermal zone in the answer")
    return tuple(
        Zone(zone, name, _celsius(readings.get(zone, ("", ""))[0]), readings.get(zone, ("", ""))[1])
        for zone, name in list(names.items())[:_MOST_ZONES]
    )


def _note(
    names: dict[str, str],
    readings: dict[str, tuple[str, str]],
    zone: str,
    attribute: str,
    value: str,
    raw: str,
) -> None:
    if attribute == "type":
        names[zone] = value[:60]
    else:
        readings[zone] = (value, raw)


def _celsius(value: str) -> float | None:
    if not re.fullmatch(r"-?\d{1,9}", value) or int(value) < _ABSENT_MILLI:
        return None
    return int(value) / 1000

"""What a Samsung phone keeps of its battery: One UI's own lines of `dumpsys battery`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.printed import Printed, lines_of

_NUMBERS = {
    "max_temperature": "mSavedBatteryMaxTemp",
    "max_current": "mSavedBatteryMaxCurrent",
}
# BatteryService fills them from the properties `ril.rfcal_date` and `ril.manufacturedate`: they
# are the phone's dates, not the cell's. "LLB" is its name for reckoning the battery's age by them.
_DATES = {"radio_calibrated": "LLB CAL", "made": "LLB MAN"}
_DAY = re.compile(r"(20[0-9]{2})([.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])")
# Only in the log of the last start; the lines beside it (`QrData`) name the cell and stay unread.
# A phone with two cells writes two numbers, and nobody knows which is which.
_DISCHARGED = re.compile(r"DischargeLevelData efsValue:[ ]?([0-9]{1,9})[ \t\r]*$")
_LARGEST = 10_000_000  # beyond it the memory was never written (16777215)


def parse_samsung_battery(text: str) -> Mapping[str, Printed]:
    """Read what the phone recorded, by name; what it does not tell (-1, 0, nothing) is left out.

    `max_temperature`, `max_current`: the numbers as printed, their units are not published.
    `discharged`: hundredths of a full charge, so 100 is one full battery.
    `radio_calibrated`, `made`: days of the phone (`2024-09-04`). Raises `ParseError`.
    """
    dump = parse_battery(text)
    found = {name: _number(dump.field(key)) for name, key in _NUMBERS.items()}
    found |= {name: _day(dump.field(key)) for name, key in _DATES.items()}
    for printed in _discharged(text):  # the newest entry stands last
        found["discharged"] = _number(printed) or found.get("discharged")
    return {name: printed for name, printed in found.items() if printed}


def _discharged(text: str) -> Iterator[Printed]:
    for line in lines_of(text):
        if match := _DISCHARGED.search(line):
            yield Printed(match[1], match[0].strip())


def _number(printed: Printed | None) -> Printed | None:
    number = printed.integer if printed else None
    return printed if number is not None and 0 < number < _LARGEST else None


def _day(printed: Printed | None) -> Printed | None:
    """A date that is in the calendar; `20230231` and `20231301` are not."""
    match = _DAY.fullmatch(printed.value) if printed else None
    if printed is None or match is None:
        return None
    try:
        return Printed(date(int(match[1]), int(match[3]), int(match[4])).isoformat(), printed.raw)
    except ValueError:
        return None

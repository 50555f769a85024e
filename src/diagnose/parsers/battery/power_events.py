"""How often the charger came and went: the event buffer that One UI keeps in `dumpsys battery`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from diagnose.errors import ParseError

_EVENT = re.compile(
    r"^(\d\d-\d\d \d\d:\d\d:\d\d)\.\d{3}\s{1,4}"
    r"android\.intent\.action\.ACTION_POWER_(CONNECTED|DISCONNECTED)",
    re.MULTILINE,
)
_MOST_EVENTS = 2000


def parse_power_events(text: str) -> tuple[datetime, ...]:
    """Read the times at which power was lost, in order; the year is not in them (1904 stands in).

    Raises `ParseError` where the buffer is not there.
    """
    if "[EventLogBuffer]" not in text:
        raise ParseError("no event buffer in the answer")
    times = []
    for match, _ in zip(_EVENT.finditer(text), range(_MOST_EVENTS), strict=False):
        if match[2] == "DISCONNECTED":
            times.append(_time(match[1]))
    return tuple(sorted(time for time in times if time))


def most_within(times: tuple[datetime, ...], window: timedelta) -> int:
    """Count the most events that lie within one window."""
    most, first = 0, 0
    for last, time in enumerate(times):
        while time - times[first] > window:
            first += 1
        most = max(most, last - first + 1)
    return most


def _time(words: str) -> datetime | None:
    try:
        return datetime.strptime(f"1904-{words}", "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - no zone
    except ValueError:
        return None

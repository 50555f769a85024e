"""When a capture without a date was made: by the newest moment its own evidence tells.

What the phone wrote down happened before it was read, so age counted from the newest of it is never
too old. A clock that was lost (1970, 1980, a moment before the system was built) tells nothing, and
neither does a moment that has not come yet: then there is no date, and no age is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

_FIRST_ANDROID = datetime(2008, 9, 1, tzinfo=UTC)
_PRINTED = re.compile(rb"(\d{4})-(\d\d)-(\d\d)[ T_-](\d\d)[:-](\d\d)[:-](\d\d)")
_EPOCH = re.compile(rb",(\d{9,10})(?=[\n\]]|\r)")
_DATE = re.compile(rb"^(\d{9,10})\s*$")
_BUILT = re.compile(rb"\[ro\.(?:\w+\.)?build\.date\.utc\]: \[(\d{9,10})\]")
_ZONE = re.compile(rb"\[persist\.sys\.timezone\]: \[([A-Za-z_/+-]{2,40})\]")
_HISTORY = re.compile(rb"\[persist\.sys\.boot\.reason\.history\]: \[([^\]]{0,4000})\]")
_FOOT = re.compile(rb"^--------- .{0,200}, ending at: (.{19})", re.MULTILINE)
_DROPPED = re.compile(rb"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \w{3,60} \(", re.MULTILINE)
_A_DAY = timedelta(days=1)


def newest_moment(
    answers: Mapping[str, bytes], printed: Iterable[bytes], *, before: datetime
) -> datetime | None:
    """Give the newest moment (UTC), or None where nothing tells one.

    `answers`: by request key. `printed`: moments in the phone's local time. Nothing after
    `before` (plus a day: clocks differ) counts.
    """
    properties = answers.get("shell:getprop", b"")
    zone = _zone(properties)
    moments = [*_epochs(answers), *_local(printed, zone), *_local(_dropped(answers), zone)]
    built = [_at(match) for match in _BUILT.findall(properties)]
    earliest = max([_FIRST_ANDROID, *(one for one in built if one <= before)])
    fitting = [one for one in moments if earliest <= one <= before + _A_DAY]
    return min(max(fitting), before) if fitting else None


def _epochs(answers: Mapping[str, bytes]) -> Iterator[datetime]:
    properties = answers.get("shell:getprop", b"")
    for history in _HISTORY.findall(properties):
        yield from map(_at, _EPOCH.findall(history + b"\n"))
    if match := _DATE.match(answers.get("shell:date +%s", b"")):
        yield _at(match[1])


def _dropped(answers: Mapping[str, bytes]) -> Iterator[bytes]:
    yield from _DROPPED.findall(answers.get("shell:dumpsys dropbox", b""))
    for key, data in answers.items():
        if key.startswith("shell:dumpsys "):
            yield from _FOOT.findall(data[-400:])


def _local(printed: Iterable[bytes], zone: tzinfo) -> Iterator[datetime]:
    for text in printed:
        if match := _PRINTED.match(text):
            try:
                yield datetime.fromisoformat(_iso(match)).replace(tzinfo=zone).astimezone(UTC)
            except (ValueError, OverflowError):  # the 31st of February
                continue


def _iso(match: re.Match[bytes]) -> str:
    year, month, day, hour, minute, second = (part.decode() for part in match.groups())
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}"


def _zone(properties: bytes) -> tzinfo:
    match = _ZONE.search(properties)
    try:
        return ZoneInfo(match[1].decode()) if match else UTC
    except (KeyError, ValueError, OSError):  # no such zone, or none on this computer
        return UTC


def _at(seconds: bytes) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)

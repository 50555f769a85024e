"""`dumpsys storaged`: how much was read from and written to the storage, hour by hour.

Periods (`start,end` in seconds) are followed by a line for each user of the storage: a name or uid
and eight counts of bytes, read and written in turn (AOSP system/core/storaged, uid_info dump).
Names are not kept.
"""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_PERIOD = re.compile(r"(\d{1,12}),(\d{1,12})")
_USER = re.compile(r"\S{1,200}((?: \d{1,18}){8,9})")
_LONGEST_PERIOD_S = 40 * 86_400  # storaged keeps no more than some weeks
_MOST_LINES = 100_000


@dataclass(frozen=True)
class StorageUse:
    """Bytes read and written within `seconds` of recording; `raw` is the first period."""

    seconds: int
    read_bytes: int
    written_bytes: int
    raw: str


def parse_storaged(text: str) -> StorageUse:
    """Add up all periods; raises `ParseError` where there is no whole one."""
    seconds = read = written = length = 0
    first = ""
    for line in text.splitlines()[:_MOST_LINES]:
        if period := _PERIOD.fullmatch(line.strip()):
            length = _length_s(period)
            seconds += length
            first = first or (line.strip() if length else "")
        elif length and (user := _USER.fullmatch(line.strip())):
            counts = [int(count) for count in user[1].split()][:8]
            read += sum(counts[0::2])
            written += sum(counts[1::2])
    if not seconds:
        raise ParseError("no period in the dump of storaged")
    return StorageUse(seconds, read, written, first)


def _length_s(period: re.Match[str]) -> int:
    length = int(period[2]) - int(period[1])
    # A clock that was set between start and end makes periods of years, or of less than nothing.
    return length if 0 < length <= _LONGEST_PERIOD_S else 0

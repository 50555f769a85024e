"""`dumpsys dropbox`: which kinds of crash reports the phone keeps, and when they were written.

Names of processes do not leave this module: a process is only "the same as that one" (a number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from diagnose.errors import ParseError

_ENTRY = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([\w.@-]{1,100}) \(")
# The name of an added app's process comes as a marker `<app:a1b2>` of `redaction`.
_PROCESS = re.compile(r"^\s{1,8}Process: ([\w.:@<>-]{1,200})")
_MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class DropBoxEntry:
    """One report. `process` numbers processes in the order they appear; None where not named."""

    tag: str
    at: datetime | None
    process: int | None = None


def parse_dropbox(text: str) -> tuple[DropBoxEntry, ...]:
    """Read the entries, oldest first; an empty box is an empty tuple.

    Raises `ParseError` where the text is no list of the drop box.
    """
    if "Drop box contents:" not in text:
        raise ParseError("no drop box in the answer")
    entries: list[DropBoxEntry] = []
    numbers: dict[str, int] = {}
    for line in text.splitlines():
        if match := _ENTRY.match(line):
            if len(entries) >= _MOST_ENTRIES:
                break
            entries.append(DropBoxEntry(match[2], _time(match[1])))
        elif entries and entries[-1].process is None and (match := _PROCESS.match(line)):
            number = numbers.setdefault(match[1], len(numbers))
            entries[-1] = DropBoxEntry(entries[-1].tag, entries[-1].at, number)
    return tuple(entries)


def _time(words: str) -> datetime | None:
    try:
        # The phone's local time, of a zone the dump does not tell; only spans are taken of it.
        return datetime.fromisoformat(words)
    except ValueError:
        return None

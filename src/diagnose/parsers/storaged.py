"""`storaged -p` (and `-u`): write speed the phone measured itself over the last days."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diagnose.errors import ParseError

_HEADER = "I/O perf history"
_SPAN = re.compile(r"^last (24 hours|7 days|52 weeks)\s{0,8}:([ 0-9]{0,600})$", re.MULTILINE)


@dataclass(frozen=True)
class WriteHistory:
    """Speeds in KB/s, newest first; nights in which nothing was measured (0) are left out."""

    hours: tuple[int, ...]
    days: tuple[int, ...]
    weeks: tuple[int, ...]


def parse_storaged_history(text: str) -> WriteHistory:
    """Read the history of write speeds; raises `ParseError` where the section is not there."""
    if _HEADER not in text:
        raise ParseError("no I/O perf history in the answer")
    spans = {match[1]: _speeds(match[2]) for match in _SPAN.finditer(text)}
    return WriteHistory(
        hours=spans.get("24 hours", ()),
        days=spans.get("7 days", ()),
        weeks=spans.get("52 weeks", ()),
    )


def _speeds(words: str) -> tuple[int, ...]:
    return tuple(int(word) for word in words.split()[:60] if len(word) < 10 and int(word) > 0)

"""`/proc/uptime` and `date +%s`: one number of seconds."""

from __future__ import annotations

import re

from diagnose.errors import ParseError

_UPTIME = re.compile(r"(\d{1,10}(?:\.\d{1,6})?)\s{1,4}\d{1,12}(?:\.\d{1,6})?")


def parse_uptime(text: str) -> float:
    """Seconds since the start (sleep included); raises `ParseError` for anything else."""
    match = _UPTIME.fullmatch(text.strip())
    if match is None:
        raise ParseError("no uptime in the answer")
    return float(match[1])


def parse_epoch(text: str) -> int:
    """Seconds since 1970; raises `ParseError` for anything else (`date` of Android 2: `+%s`)."""
    word = text.strip()
    if not re.fullmatch(r"\d{1,11}", word):
        raise ParseError("no time in the answer")
    return int(word)

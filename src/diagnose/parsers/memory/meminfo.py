"""`/proc/meminfo`: `MemTotal:  3855820 kB` lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError

_LINE = re.compile(r"^([A-Za-z_][\w()]{0,40}):[ \t]{1,20}(\d{1,15}) kB\s{0,4}$", re.MULTILINE)


def parse_meminfo(text: str) -> Mapping[str, int]:
    """Read sizes in KiB by name; raises `ParseError` where `MemTotal` is missing or zero."""
    found = {match[1]: int(match[2]) for match in _LINE.finditer(text)}
    if not found.get("MemTotal"):
        raise ParseError("no MemTotal in the answer")
    return found

"""`cmd vibrator_manager list`: the ids of the vibration motors, one a line.

`dumpsys vibrator` and `dumpsys vibrator_manager` are not asked: they list which app vibrated when.
"""

from __future__ import annotations

import re

from diagnose.errors import ParseError

_ID = re.compile(r"^ {0,4}(\d{1,9}) {0,4}$", re.MULTILINE)


def parse_vibrators(text: str) -> tuple[int, ...]:
    """Read the ids; "no vibrator" is an answer. Raises `ParseError` for anything else."""
    found = tuple(int(match[1]) for match in list(_ID.finditer(text[:2000]))[:16])
    if not found and "no vibrator" not in text[:2000].lower():
        raise ParseError("no list of vibrators")
    return found

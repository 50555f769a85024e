"""`dumpsys batterystats`: the capacities Android itself estimated, and nothing else of it.

The dump also names apps; only these lines are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.parsers.printed import Printed

_LINE = re.compile(
    r"^[ \t]{0,8}(Estimated|Last learned|Min learned|Max learned) battery capacity:"
    r"[ ]{1,4}(\d{1,6}(?:\.\d{1,6})?)[ ]mAh",
    re.MULTILINE,
)


def parse_capacities(text: str) -> Mapping[str, Printed]:
    """Read `estimated`, `last`, `min` and `max` in mAh; the first of each counts.

    Raises `ParseError` where there is none of them (Android 4 has no such lines).
    """
    found: dict[str, Printed] = {}
    for match in _LINE.finditer(text):
        found.setdefault(match[1].split()[0].lower(), Printed(match[2], match[0].strip()))
    if not found:
        raise ParseError("no capacity in the answer")
    return found

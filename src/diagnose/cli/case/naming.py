"""How a case is named on the command line: its beginning, its letters, what its QR code says, last.

`last` is the case this computer worked on last; nobody else's work at the same casebook moves it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from diagnose.errors import CaseRefused, UnknownName

LAST = "last"
_CODE = re.compile(r"^CASE\s+(\S+)(?:\s+SHA256\s+\S+)?$")
"""What the QR code on the page and the label says; see `report/barcode.py`."""


def spelled(name: str) -> str:
    """Write the name of a case as it is kept, however it was typed or scanned."""
    word = " ".join(name.split()).upper()
    code = _CODE.match(word)
    return code[1] if code else word


def find(name: str, cases: Sequence[str], last: str) -> str:
    """Find the one case a word names; `cases` are all there are, the newest first.

    Its beginning is enough, or the beginning of the letters behind its day. Raises `UnknownName`,
    `CaseRefused` where several fit.
    """
    word = spelled(name)
    if word == LAST.upper():
        if not cases:
            raise UnknownName("case", name, ())
        return last if last in cases else cases[0]
    if word in cases:
        return word
    fitting = [one for one in cases if one.startswith(word) or _letters(one).startswith(word)]
    if not word or not fitting:
        raise UnknownName("case", name, cases)
    if len(fitting) > 1:
        shown = ", ".join(fitting[:5]) + (", …" if len(fitting) > 5 else "")
        raise CaseRefused(f"{name} names {len(fitting)} cases: {shown}", hint="write more of it")
    return fitting[0]


def _letters(case: str) -> str:
    return case.rpartition("-")[2]


def remember(file: Path, casebook: str, case: str) -> None:
    """Keep which case was worked on last; that it cannot be kept stops no work."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(json.dumps(_remembered(file) | {casebook: case}), "utf-8")


def last_case(file: Path, casebook: str) -> str:
    """Give the case this computer worked on last in a casebook; empty where there is none."""
    return _remembered(file).get(casebook, "")


def _remembered(file: Path) -> dict[str, str]:
    try:
        names = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in names.items()} if isinstance(names, dict) else {}

"""`dumpsys nfc`: the state of the NFC controller."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.parsers.said import Said

_HEAD = 20_000
_STATE = re.compile(r"^[ \t]{0,8}(mState ?= ?)(on|off|turning on|turning off)\b", re.MULTILINE)


def parse_nfc_state(text: str) -> Said:
    """Read the state (`on`, `off`, `turning on`, `turning off`); raises `ParseError` else."""
    found = _STATE.search(text[:_HEAD])
    if found is None:
        raise ParseError("no state of NFC in the answer")
    return Said(found[2], found[0].strip())

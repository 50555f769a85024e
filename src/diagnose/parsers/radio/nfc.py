"""`dumpsys nfc`: the state of the NFC controller."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.parsers.printed import Printed

_HEAD = 20_000
_STATE = re.compile(r"^[ \t]{0,8}(mState ?= ?)(on|off|turning on|turning off)\b", re.MULTILINE)


def parse_nfc_state(text: str) -> Printed:
    """Read the state (`on`, `off`, `turning on`, `turning off`); raises `ParseError` else."""
    found = _STATE.search(text[:_HEAD])
    if found is None:
        raise ParseError("no state of NFC in the answer")
    return Printed(found[2], found[0].strip())

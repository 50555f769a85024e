"""`dumpsys device_state` (Android 12): how a foldable is folded, in the maker's words."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.parsers.printed import Printed, lines_of

_STATE = re.compile(
    r"mBaseState ?= ?(?:Optional\[)?DeviceState ?\{ ?identifier ?= ?\d{1,5} ?, ?"
    r"name ?= ?'([A-Z][A-Z0-9_]{0,40})'"
)
_FOLDS = re.compile(r"CLOSE|OPEN|FOLD|TENT|FLEX|HALF")


def parse_device_state(text: str) -> Printed:
    """Read the state the hinge is in, whatever an app asked for (`OPENED`, `DEFAULT`).

    Raises `ParseError` where the service names none.
    """
    for line in lines_of(text):
        if found := _STATE.search(line):
            return Printed(found[1], found[0])
    raise ParseError("no state of the device in the answer")


def is_fold_state(state: Printed) -> bool:
    """Whether only a phone that folds has such a state; others know `DEFAULT` alone."""
    return _FOLDS.search(state.value) is not None

"""`dumpsys hardware_properties`: temperatures of Android's older HardwarePropertiesManager."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.parsers.printed import Printed

_LINE = re.compile(r"^(CPU|GPU|Battery|Skin) temperatures: \[([-+\d.,\sE]{0,2000})\]", re.MULTILINE)
_MOST = 64


def parse_hardware_properties(text: str) -> Mapping[str, tuple[Printed, ...]]:
    """Read the current temperatures by kind (`cpu`, `gpu`, `battery`, `skin`), in °C.

    Raises `ParseError` where no such line is in the answer. A kind without a sensor is empty.
    """
    found = {
        match[1].lower(): tuple(
            Printed(word.strip(), match[0]) for word in match[2].split(",")[:_MOST] if word.strip()
        )
        for match in _LINE.finditer(text)
    }
    if not found:
        raise ParseError("no hardware temperatures in the answer")
    return found

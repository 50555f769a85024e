"""`getprop`: `[name]: [value]` lines; a value may run over several lines.

Also `build.prop` files (`name=value`), for many captures hold one instead, and HarmonyOS
`param get` (`name = value`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError

# Where an entry begins. HarmonyOS tablets put blanks around the colon. A terminal writes
# `]ro.oplus.storage.super_size]: [` for OPPO's value that ends in a carriage return, and glues two
# lines where the first is exactly as wide as its window.
_ENTRY = re.compile(
    r"^[\[\]]([^\[\]\n]{1,200})\]\s{0,8}:\s{0,8}\[|(?<=\])\[([\w.@:-]{1,200})\]: \[", re.MULTILINE
)
# Windows consoles pad lines with blanks; a shell prompt may follow the last value.
_CLOSING = re.compile(r"\][ \t\r]{0,400}$", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^([A-Za-z_][\w.@:/-]{1,150})[ \t]{0,8}=[ \t]*(.*)$", re.MULTILINE)


def parse_getprop(text: str) -> Mapping[str, str]:
    """Read properties by name; the last of several entries of one name counts.

    Raises `ParseError` where there is not a single property. A cut-off head is accepted.
    """
    starts = list(_ENTRY.finditer(text))
    if not starts:
        return _parse_build_prop(text)
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return {
        (start[1] or start[2]).strip(): _value(text[start.end() : end])
        for start, end in zip(starts, ends, strict=True)
    }


def _value(chunk: str) -> str:
    """Everything up to the last closing bracket that ends a line of the chunk."""
    closings = [match.start() for match in _CLOSING.finditer(chunk)]
    end = closings[-1] if closings else chunk.rfind("]")
    return (chunk[:end] if end >= 0 else chunk).rstrip("\r\n")


def _parse_build_prop(text: str) -> Mapping[str, str]:
    found = {match[1]: match[2].strip() for match in _ASSIGNMENT.finditer(text)}
    if not found:
        raise ParseError("no property in the answer")
    return found

"""`getprop`: `[name]: [value]` lines; a value may run over several lines.

Also `build.prop` files (`name=value`), for many captures hold one instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError

# `persist.sys.boot.reason.history` ends its lines with "\n" inside the brackets; HarmonyOS tablets
# and padded captures put blanks around the colon or after the last bracket.
_ENTRY = re.compile(r"^\[([^\[\]\n]{1,200})\]\s{0,8}:\s{0,8}\[", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^([A-Za-z_][\w.@:/-]{1,150})\s{0,8}=[ \t]*(.*)$", re.MULTILINE)


def parse_getprop(text: str) -> Mapping[str, str]:
    """Read properties by name; the last of several entries of one name counts.

    Raises `ParseError` where there is not a single property. A cut-off head is accepted.
    """
    starts = list(_ENTRY.finditer(text))
    if not starts:
        return _parse_build_prop(text)
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return {
        start[1].strip(): _value(text[start.end() : end])
        for start, end in zip(starts, ends, strict=True)
    }


def _value(chunk: str) -> str:
    """Everything up to the last closing bracket of the chunk that ends a line."""
    end = chunk.rfind("]")
    return chunk[:end] if end >= 0 else chunk.rstrip("\n")


def _parse_build_prop(text: str) -> Mapping[str, str]:
    found = {match[1]: match[2].strip() for match in _ASSIGNMENT.finditer(text)}
    if not found:
        raise ParseError("no property in the answer")
    return found

"""`getprop`: `[name]: [value]` lines; a value may run over several lines.

Also `build.prop` files (`name=value`), for many captures hold one instead, and HarmonyOS
`param get` (`name = value`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.parsers.printed import quote

# Where an entry begins. HarmonyOS tablets put blanks around the colon. A terminal writes
# `]ro.oplus.storage.super_size]: [` for OPPO's value that ends in a carriage return, and glues two
# lines where the first is exactly as wide as its window.
_ENTRY = re.compile(
    r"^[\[\]]([^\[\]\n]{1,200})\]\s{0,8}:\s{0,8}\["
    # All in one line: glued, or put together by a shell or an editor with blanks, `;` or `\n`.
    r"|(?:(?<=\])|(?<=\] )|(?<=\]  )|(?<=\];)|(?<=\]; )|(?<=\],)|(?<=\], )|(?<=\]\\n))"
    r"\[([\w.@:-]{1,200})\]: ?\[",
    re.MULTILINE,
)
# Windows consoles pad lines with blanks; a shell prompt may follow the last value.
_CLOSING = re.compile(r"\][ \t\r]{0,400}$", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^([A-Za-z_][\w.@:/-]{1,150})[ \t]{0,8}=[ \t]*(.*)$", re.MULTILINE)


class Properties(dict[str, str]):
    """Properties by name, each with the words of the answer that state it."""

    def __init__(self, text: str, found: Mapping[str, tuple[str, int, int]]) -> None:
        super().__init__({name: value for name, (value, _, _) in found.items()})
        self._text = text
        self._places = {name: (start, end) for name, (_, start, end) in found.items()}

    def raw(self, name: str) -> str:
        """The words of the answer that state a property; nothing where it is not there."""
        place = self._places.get(name)
        return quote(self._text, *place) if place else ""


def parse_getprop(text: str) -> Mapping[str, str]:
    """Read properties by name; the last of several entries of one name counts.

    Raises `ParseError` where there is not a single property. A cut-off head is accepted.
    """
    starts = list(_ENTRY.finditer(text))
    if not starts:
        return _parse_build_prop(text)
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return Properties(
        text,
        {
            (start[1] or start[2]).strip(): _entry(text, start, end)
            for start, end in zip(starts, ends, strict=True)
        },
    )


def _entry(text: str, start: re.Match[str], end: int) -> tuple[str, int, int]:
    """The value: everything up to the last closing bracket that ends a line of the chunk."""
    chunk = text[start.end() : end]
    closings = [match.start() for match in _CLOSING.finditer(chunk)]
    closing = closings[-1] if closings else chunk.rfind("]")
    value = (chunk[:closing] if closing >= 0 else chunk).rstrip("\r\n")
    stop = start.end() + closing + 1 if closing >= 0 else end
    return value, start.start(), stop


def _parse_build_prop(text: str) -> Properties:
    found = {
        match[1]: (match[2].strip(), match.start(), match.end())
        for match in _ASSIGNMENT.finditer(text)
    }
    if not found:
        raise ParseError("no property in the answer")
    return Properties(text, found)

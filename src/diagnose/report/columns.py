"""Text in columns of a terminal: Chinese characters are two cells wide and break anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

# A wide character with the closing punctuation that must not begin a line, or a word, or blanks.
_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
)
_CLOSING = "，。、；：！？）》」』】”’…％"
_ATOMS = re.compile(rf"[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+[{_CLOSING}]*|\s+")


def cells(text: str) -> int:
    """How many cells a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_width, text))


def cut(text: str, width: int) -> str:
    """Cut a text to so many cells; what was left out shows as an ellipsis."""
    if cells(text) <= width:
        return text
    return next(_chop(text, max(width - 1, 1)), "").rstrip() + "…"


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many cells, without blanks at their ends."""
    lines, line = [], ""
    for atom in _pieces(text, max(width, 2)):
        if cells(line) + cells(atom.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += atom if line or atom.strip() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, width: int) -> Iterator[str]:
    for atom in _ATOMS.findall(text):
        if cells(atom) <= width:
            yield atom
        else:
            yield from _chop(atom, width)


def _chop(text: str, width: int) -> Iterator[str]:
    piece, used = "", 0
    for character in text:
        size = _width(character)
        if used + size > width:
            yield piece
            piece, used = "", 0
        piece += character
        used += size
    if piece:
        yield piece


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1

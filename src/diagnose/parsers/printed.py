"""A value as a phone said it, next to the words it stood in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Self

from diagnose.model.plain import dataclass

_LONGEST_LINE = 600
_MOST_LINES = 20_000
_INTEGER = re.compile(r"[+-]?\d{1,19}")
_DECIMAL = re.compile(r"[+-]?\d{1,19}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?")


class Quoted(str):
    """Words of an answer that know where they stand in it: the same words may stand there twice.

    Every change to them but `strip` loses their place.
    """

    __slots__ = ("at",)
    at: int

    def __new__(cls, words: str, at: int) -> Self:
        """Take words that stand at this place (characters of the decoded answer, from 0)."""
        made = super().__new__(cls, words)
        made.at = at
        return made

    def strip(self, chars: str | None = None, /) -> Quoted:
        """Take the blanks (or `chars`) off both ends; the place moves with the first word."""
        left = len(self) - len(self.lstrip(chars))
        return Quoted(super().strip(chars), self.at + left)


def quote(text: str, start: int, end: int) -> Quoted:
    """Quote a part of an answer without the blanks around it."""
    return Quoted(text[start:end], start).strip()


@dataclass(frozen=True)
class Printed:
    """A value and `raw`, the exact words of the reply that hold it (for the evidence)."""

    value: str
    raw: str

    @property
    def integer(self) -> int | None:
        """The value as a whole number, or None where it is none."""
        return int(self.value) if _INTEGER.fullmatch(self.value) else None

    @property
    def decimal(self) -> float | None:
        """The value as a finite number, or None (`NaN`, `Infinity`, words)."""
        if not _DECIMAL.fullmatch(self.value):
            return None
        number = float(self.value)
        return number if math.isfinite(number) else None

    @property
    def flag(self) -> bool | None:
        """The value as yes or no (`true`, `1`), or None where it is neither."""
        return {"true": True, "1": True, "false": False, "0": False}.get(self.value.lower())


def lines_of(text: str) -> Iterator[Quoted]:
    """Give the lines of an answer, bounded in number and length: a phone may say 10 MB in one."""
    start = 0
    for _ in range(_MOST_LINES):
        if start >= len(text):
            return
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Quoted(text[start : min(end, start + _LONGEST_LINE)], start)
        start = end + 1

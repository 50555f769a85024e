"""A value as a phone said it, next to the words it stood in."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_LINE = 600
_MOST_LINES = 20_000
_INTEGER = re.compile(r"[+-]?\d{1,19}")
_DECIMAL = re.compile(r"[+-]?\d{1,19}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?")


@dataclass(frozen=True)
class Said:
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


def lines_of(text: str) -> Iterator[str]:
    """Give the lines of an answer, bounded in number and length: a phone may say 10 MB in one."""
    start = 0
    for _ in range(_MOST_LINES):
        if start >= len(text):
            return
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start : min(end, start + _LONGEST_LINE)]
        start = end + 1

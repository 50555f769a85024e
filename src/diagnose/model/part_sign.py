"""Signs by which one unit of a part is told from another, before and after a repair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from diagnose.model.criterion import Value
from diagnose.model.plain import dataclass
from diagnose.model.text import Text


class Proves(StrEnum):
    """What a sign of a part can show when it is read before and after a repair."""

    IDENTITY = "identity"  # a number of its own: the same is the same part, another is another
    DIFFERENCE = "difference"  # another value is another part; the same may be one of its type
    DECREASE = "decrease"  # it only ever grows on one part: a smaller value is another part


@dataclass(frozen=True)
class Sign:
    """A measure that tells one unit of a part from another; `part` as in `case/rules/parts.toml`.

    `proves`: None where it tells no unit from another, and only `doubt` is asked.
    `software`: firmware says it too, so it is not compared where the phone's build has changed.
    `values`: only these words say something. `of_phone`: what it is called where another value
    shows that two reports are of different phones.
    `doubt`: what speaks against a fitted part being new, from the value before (None: not read),
    the value after and the day; pure, None where nothing does.
    """

    part: str
    proves: Proves | None = None
    software: bool = False
    values: tuple[str, ...] = ()
    of_phone: Text | None = None
    doubt: Callable[[Value | None, Value, date], Text | None] | None = None

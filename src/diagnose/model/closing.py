"""Closing: the shop ends a case that the customer neither accepted, refused nor withdrew."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from diagnose.model.frozen import Frozen


class Closing(Frozen):
    """Nothing can be agreed to or repaired after it. `reason` is free text: empty once erased."""

    at: AwareDatetime
    by: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=1000)

"""Criteria: structured limits, each with its source. Only this module judges a value.

`Basis` says how well a limit is founded. A guess may raise attention, it may never call a phone
faulty: the models refuse to be built otherwise.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from diagnose.model.frozen import Frozen
from diagnose.model.outcome import Outcome
from diagnose.model.text import Text

Value = bool | int | float | str | tuple[str, ...]


class Basis(StrEnum):
    """Where a limit or a fact comes from."""

    STANDARD = "standard"  # law, regulation or a published standard
    VENDOR = "vendor"  # the maker's own documentation or code
    MEASURED = "measured"  # measured on real units, with the capture
    GUESS = "guess"  # engineering judgement without proof


class Source(Frozen):
    """What stands behind a limit: words a reader can look up, and how far to trust them.

    What is a name or an address has no Chinese; a plain string is taken as a text in English.
    """

    text: Text = Field(json_schema_extra={"minLength": 3})
    basis: Basis

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: Text) -> Text:
        if len(text.en) < 3:
            raise ValueError("a source of fewer than three characters names nothing")
        return text


class Range(Frozen):
    """Limits on a number. A bound itself is still good: `fail_below=80` lets 80 pass."""

    kind: Literal["range"] = "range"
    fail_below: float | None = None
    attention_below: float | None = None
    attention_above: float | None = None
    fail_above: float | None = None
    source: Source

    @model_validator(mode="after")
    def _guess_never_fails(self) -> Self:
        bounds = [self.fail_below, self.attention_below, self.attention_above, self.fail_above]
        given = [bound for bound in bounds if bound is not None]
        if not given:
            raise ValueError("a range needs at least one bound")
        if given != sorted(given):
            raise ValueError("bounds are out of order")
        if self.source.basis is Basis.GUESS and (self.fail_below, self.fail_above) != (None, None):
            raise ValueError("a guess may say attention, never fail: give the limit a source")
        return self

    def judge(self, value: Value) -> Outcome:
        """Judge a number; a value that is no number has no outcome but `observed`."""
        if isinstance(value, bool | str | tuple) or value != value:  # noqa: PLR0124 - NaN
            return Outcome.OBSERVED
        if _outside(value, self.fail_below, self.fail_above):
            return Outcome.FAIL
        if _outside(value, self.attention_below, self.attention_above):
            return Outcome.ATTENTION
        return Outcome.PASS


class OneOf(Frozen):
    """Judged words: a value in none of the lists is `observed`, for it is unknown to us."""

    kind: Literal["one_of"] = "one_of"
    good: tuple[bool | int | str, ...] = ()
    attention: tuple[bool | int | str, ...] = ()
    fail: tuple[bool | int | str, ...] = ()
    source: Source

    @model_validator(mode="after")
    def _guess_never_fails(self) -> Self:
        if self.source.basis is Basis.GUESS and self.fail:
            raise ValueError("a guess may say attention, never fail: give the limit a source")
        return self

    def judge(self, value: Value) -> Outcome:
        """Judge a word, a yes/no or a code."""
        for outcome, values in (
            (Outcome.FAIL, self.fail),
            (Outcome.ATTENTION, self.attention),
            (Outcome.PASS, self.good),
        ):
            if any(value == known and type(value) is type(known) for known in values):
                return outcome
        return Outcome.OBSERVED


Criterion = Annotated[Range | OneOf, Field(discriminator="kind")]


def _outside(value: float, below: float | None, above: float | None) -> bool:
    return (below is not None and value < below) or (above is not None and value > above)

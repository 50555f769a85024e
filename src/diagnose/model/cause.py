"""Fault knowledge: what may be wrong with a phone, and which evidence speaks for or against it.

It is data (`probes/<area>/faults.toml`), never code: what is concluded can be read, checked and
changed by somebody who does not write Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from diagnose.model.bilingual import Bilingual
from diagnose.model.fault import Confidence, FaultKind
from diagnose.model.frozen import Frozen
from diagnose.model.outcome import Outcome
from diagnose.model.result import Measurement

READ = (Outcome.OBSERVED, Outcome.PASS, Outcome.ATTENTION, Outcome.FAIL)
"""Outcomes of a value that was really read."""

TELLING = (Outcome.ATTENTION, Outcome.FAIL)


class Strength(StrEnum):
    """How much one piece of evidence weighs."""

    STRONG = "strong"
    WEAK = "weak"


class Condition(Frozen):
    """A statement on one measure: `area.probe.measure`, or one place of it (`….zone.skin`).

    Without a place it holds where it holds for any place. `outcomes` (TOML: `is`) are attention
    and fail where nothing else is said; for a value that speaks against a cause, every outcome.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z0-9_]+\.[a-z0-9_]+(\.[A-Za-z0-9_-]+)?$")
    outcomes: tuple[Outcome, ...] = Field(default=(), alias="is")
    values: tuple[bool | int | str, ...] = ()
    below: float | None = None
    above: float | None = None
    strength: Strength = Strength.STRONG

    @model_validator(mode="after")
    def _names_outcomes_of_values(self) -> Self:
        if wrong := set(self.outcomes) - set(READ):
            raise ValueError(f"what was not read is evidence of nothing: {sorted(wrong)}")
        return self

    @property
    def measure(self) -> str:
        """The measure without a place: `area.probe.measure`."""
        return ".".join(self.id.split(".")[:3])

    def is_about(self, measurement: Measurement) -> bool:
        """Tell whether a measurement is the one it speaks of, or one of its places."""
        return measurement.id == self.id or measurement.id.startswith(f"{self.id}.")

    def holds(self, measurement: Measurement) -> bool:
        """Tell whether it holds for a measurement that was read."""
        return measurement.outcome in (self.outcomes or TELLING) and self._value_fits(measurement)

    def of_any_outcome(self) -> Condition:
        """The same, holding for a value whatever its outcome: what clears need not be a fault."""
        of_value = bool(self.values) or self.below is not None or self.above is not None
        wide = of_value and not self.outcomes
        return self.model_copy(update={"outcomes": READ}) if wide else self

    def _value_fits(self, measurement: Measurement) -> bool:
        value = measurement.value
        if self.values and not any(v == value and type(v) is type(value) for v in self.values):
            return False
        if self.below is None and self.above is None:
            return True
        if isinstance(value, bool | str | tuple | None):
            return False
        return (self.below is None or value < self.below) and (
            self.above is None or value > self.above
        )


class TestEntry(Bilingual):
    """The test that would settle a cause; `probe` is empty where a person does it by hand."""

    __test__ = False  # it is no test of pytest's

    probe: str = ""


class Cause(Frozen):
    """One possible cause.

    `suspected` says what it would be, `shown` what was measured of it: a page says the second only
    where a strong condition holds. A cause that no measure can show has no `shown`.
    `at_most` bounds a cause that is one of several explanations of the same reading. `hidden`: it
    may be there although everything that is measured is good (a cracked glass, a
    worn plug). `only_with_symptom`: a condition of the phone that is a cause only of a complaint
    (an old system). `innocent` says what brings the same readings about on a good phone: a cause
    that measures speak for has it, or names measures that speak against it. `implies` names causes
    that hold as well where this one does (a dead battery does not charge either): they are ranked
    after it, and say so. `repair` names actions of `profiles/actions.toml`, the mildest first.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9-]*$")
    kind: FaultKind
    title: Bilingual
    suspected: Bilingual
    shown: Bilingual | None = None
    consequence: Bilingual | None = None
    innocent: Bilingual | None = None
    symptoms: tuple[str, ...] = ()
    for_: tuple[Condition, ...] = Field(default=(), alias="for")
    against: tuple[Condition, ...] = ()
    excluded_by: tuple[Condition, ...] = ()
    at_most: Confidence = Confidence.CERTAIN
    implies: tuple[str, ...] = ()
    hidden: bool = False
    only_with_symptom: bool = False
    next_test: TestEntry
    repair: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_noticed(self) -> Self:
        if not self.for_ and not self.symptoms:
            raise ValueError(f"{self.code}: nothing can speak for it")
        if not self.for_ and not self.hidden:
            raise ValueError(f"{self.code}: without measures it is hidden")
        return self

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if self.for_ and not (self.against or self.excluded_by or self.innocent):
            raise ValueError(
                f"{self.code}: it accuses, and nothing speaks against it: add `against`, "
                "`excluded_by` or `innocent`"
            )
        return self

    @model_validator(mode="after")
    def _says_what_was_measured(self) -> Self:
        strong = any(condition.strength is Strength.STRONG for condition in self.for_)
        if strong is not (self.shown is not None):
            raise ValueError(f"{self.code}: `shown` belongs to a strong condition, and only to one")
        return self

    @model_validator(mode="after")
    def _good_values_prove_nothing(self) -> Self:
        for condition in self.for_:
            good = set(condition.outcomes) - set(TELLING)
            if good and condition.strength is Strength.STRONG:
                raise ValueError(f"{self.code}: {condition.id}: what no limit calls bad is weak")
        return self

    @property
    def conditions(self) -> Iterable[Condition]:
        """Every condition it names."""
        return (*self.for_, *self.against, *self.excluded_by)


class CareAdvice(Frozen):
    """Advice that follows from one measurement of this phone; `{value}` is filled in.

    The first one of a `topic` that holds is said, so the most serious stands first.
    """

    topic: str = Field(min_length=2, max_length=40)
    when: Condition
    advice: Bilingual


class FaultFile(Frozen):
    """A whole `faults.toml`."""

    cause: tuple[Cause, ...] = ()
    care: tuple[CareAdvice, ...] = ()

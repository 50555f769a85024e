"""Faults: what is concluded from the evidence, how surely, and what spoke against it."""

from __future__ import annotations

import operator
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text


class Confidence(StrEnum):
    """How sure a conclusion is: a word with reasons, never a percentage without a measurement."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class FaultKind(StrEnum):
    """Where the cause lies. Software is examined before a part is proposed."""

    SOFTWARE = "software"
    HARDWARE = "hardware"
    UNKNOWN = "unknown"


class FaultEvidence(Frozen):
    """What speaks for or against a cause. `measurement` is an id of the report's results.

    It is empty where the evidence is a symptom the customer told; `symptom` names it then.
    """

    measurement: str = ""
    symptom: str = ""
    text: Text

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not self.measurement and not self.symptom:
            raise ValueError("evidence names a measurement or a symptom")
        return self


class NextTest(Frozen):
    """The test that would settle it; `probe` is empty where a person does it by hand."""

    probe: str = ""
    text: Text


class Fault(Frozen):
    """One cause. `evidence` speaks for it, `against` against it, `excluded_by` rules it out.

    `shown`: a measurement shows it; else only the complaint or a hint points to it, and then
    `explanation` states nothing that was not measured. `innocent` is what brings the same readings
    about on a good phone, where readings speak for it. `repair` names actions of the price book.
    What is in `Report.faults` was concluded; a cause that was looked at and excluded is in
    `Report.ruled_out`, never among the faults.
    """

    code: str = Field(min_length=1)
    title: Text
    explanation: Text
    kind: FaultKind = FaultKind.UNKNOWN
    confidence: Confidence
    # Left out where it is not: reports of before it came keep their digest.
    shown: bool = Field(default=False, exclude_if=operator.not_)
    reasons: tuple[Text, ...] = ()
    evidence: tuple[FaultEvidence, ...] = ()
    against: tuple[FaultEvidence, ...] = ()
    excluded_by: tuple[FaultEvidence, ...] = ()
    innocent: Text | None = Field(default=None, exclude_if=operator.not_)
    next_test: NextTest | None = None
    repair: tuple[str, ...] = ()
    consequence: Text | None = None

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if not self.evidence and not self.excluded_by:
            raise ValueError(f"fault {self.code}: nothing speaks for it")
        return self

"""Acceptance: the customer tries the phone himself and says whether the problem is gone."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from diagnose.model.bill import Bill
from diagnose.model.consent import Statement
from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.model.verification import Verdict


class Origin(StrEnum):
    """Why a test is on the customer's list."""

    COMPLAINT = "complaint"
    WORK = "work"
    GENERAL = "general"


class AcceptanceTest(Frozen):
    """One thing the customer tries. `passed` None: it was not tried."""

    code: str = Field(min_length=1)
    title: Text
    origin: Origin
    passed: bool | None = None
    note: str = Field(default="", max_length=500)


class Acceptance(Frozen):
    """What the customer said at the end.

    `verdict` is that of the check after the repair; where there was none, `unchecked` says why (it
    is free text, and can be erased). `despite_check`: he was told that the check says otherwise.
    `bill` is what he was shown to pay. He says `solved` only after he tried everything he had
    complained of, and it worked.
    """

    solved: bool
    tests: tuple[AcceptanceTest, ...]
    verdict: Verdict | None = None
    unchecked: str = Field(default="", max_length=1000, exclude_if=lambda why: not why)
    despite_check: bool = Field(default=False, exclude_if=lambda despite: not despite)
    bill: Bill | None = Field(default=None, exclude_if=lambda bill: bill is None)
    remark: str = Field(default="", max_length=2000)
    statement: Statement

    @model_validator(mode="after")
    def _tried_before_signed(self) -> Self:
        own = [test for test in self.tests if test.origin is Origin.COMPLAINT]
        if self.solved and not all(test.passed is True for test in own):
            codes = ", ".join(test.code for test in own if test.passed is not True)
            raise ValueError(
                f"it is not solved while these did not work or were not tried: {codes}"
            )
        return self

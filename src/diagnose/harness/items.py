"""Test items: a probe on a phone, and what the whole run comes to."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from diagnose.api import Report, verdict_of
from diagnose.errors import DiagnoseError
from diagnose.harness.examined import ROOT, Examined
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.model.verdict import GROUNDS, VerdictReason
from diagnose.report.junit import evidence_of, why_not_run

VERDICT = "run.verdict"


class NeedsAttention(UserWarning):
    """A probe says `attention`: the test passes, unless `--diagnose-strict` is given."""


class PhoneItem(pytest.Item):
    """A test of one phone; its report is gathered when the first of them is set up."""

    def __init__(self, *, phone: Examined, probe: str, strict: bool = False, **more: Any) -> None:
        name = f"{probe}[{phone.label}]"
        super().__init__(name, nodeid=f"{ROOT}::{name}", **more)
        self.phone = phone
        self.probe = probe
        self.strict = strict

    def gathered(self) -> Report:
        """The report of the phone; where there is none, the test is an error."""
        try:
            report = self.phone.report()
        except DiagnoseError as problem:
            pytest.fail("\n".join(filter(None, (problem.message, problem.hint))), pytrace=False)
        self._describe(report)
        return report

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test is from: it has no line of a file."""
        return self.path, None, f"{self.probe} on {self.phone.label}"

    def _describe(self, report: Report) -> None:
        """Put into JUnit what the run was: once for each test, for tests are looked at alone."""
        known = {name for name, _ in self.user_properties}
        fields = {
            "diagnose.device": report.device.label,
            "diagnose.build": report.device.build,
            "diagnose.plan": report.plan.name,
            "diagnose.digest": report.digest,
        }
        self.user_properties += [pair for pair in fields.items() if pair[0] not in known]


class ProbeItem(PhoneItem):
    """One probe on one phone."""

    def setup(self) -> None:
        """Gather the evidence; a probe that broke down is an error, never a failure."""
        self.result = _result(self.gathered(), self.probe)
        if self.result is not None and self.result.outcome is Outcome.ERROR:
            pytest.fail(_told(self.result), pytrace=False)

    def runtest(self) -> None:
        """Say what the probe found in the words of pytest."""
        result = self.result
        if result is None:
            pytest.skip("not asked: this phone has no such channel")
        if result.outcome is Outcome.FAIL:
            pytest.fail(_told(result), pytrace=False)
        if result.outcome is Outcome.NOT_RUN and result.required:
            pytest.fail(f"a required probe gave no answer: {why_not_run(result)}", pytrace=False)
        if result.outcome in (Outcome.NOT_RUN, Outcome.NOT_APPLICABLE):
            pytest.skip(why_not_run(result))
        if result.outcome is Outcome.ATTENTION:
            self._attention(_told(result))

    def _attention(self, told: str) -> None:
        if self.strict:
            pytest.fail(told, pytrace=False)
        warnings.warn(told, NeedsAttention, stacklevel=2)


class VerdictItem(PhoneItem):
    """What the run comes to beside `told`, the probes that are tests of their own.

    It was whole, no cause was concluded, and no further probe found anything.
    """

    def __init__(self, *, told: frozenset[str], **more: Any) -> None:
        super().__init__(**more)
        self.told = told

    def setup(self) -> None:
        """A run that is incomplete is an error: nobody knows."""
        report = self.gathered()
        self.user_properties.append(("diagnose.exit_status", str(verdict_of(report).exit_status)))
        self.reasons = [r for r in verdict_of(report).reasons if r.about not in self.told]
        self._fail_for("incomplete")

    def runtest(self) -> None:
        """A cause that was concluded and an app that cannot run are failures."""
        self._fail_for("faulty")

    def _fail_for(self, says: str) -> None:
        reasons = [reason for reason in self.reasons if GROUNDS[reason.ground].says == says]
        if reasons:
            pytest.fail("\n".join(map(_reason, reasons)), pytrace=False)


def _reason(reason: VerdictReason) -> str:
    return ": ".join(filter(None, (reason.text.en, reason.about)))


def _result(report: Report, probe: str) -> ProbeResult | None:
    return next((result for result in report.results if result.probe == probe), None)


def _told(result: ProbeResult) -> str:
    """What was found: the finding, then each value with its limit, source and evidence."""
    sentences = [finding.text.en for finding in result.findings]
    if result.error:
        sentences = [f"{result.error.code}: {result.error.message}"]
    return "\n".join([*sentences, evidence_of(result)])

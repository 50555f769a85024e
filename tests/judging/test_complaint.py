"""Whether the complaint was found again: yes, hinted, no, not tested, or for a person alone."""

from __future__ import annotations

import pytest
from tests.judging.causes.bench import PROBES, report_of

from diagnose.judging.complaint import answer_complaint, as_reported, untestable
from diagnose.knowledge.symptoms import load_symptoms
from diagnose.knowledge.untestable import load_untestable
from diagnose.model.complaint import Reproduced
from diagnose.model.outcome import Outcome
from diagnose.report.wording import complaint_stands, shown_outcome, verdict_of

KINDS = tuple(load_untestable().values())


@pytest.mark.parametrize(
    ("faults", "symptom", "expected"),
    [
        (("camera-missing",), "camera", Reproduced.YES),
        (("battery-worn",), "drains-fast", Reproduced.YES),
        (("storage-full",), "slow", Reproduced.HINTED),
        ((), "drains-fast", Reproduced.NO),
        ((), "no-sound", Reproduced.UNTESTABLE),
        ((), "cracked-glass", Reproduced.UNTESTABLE),
    ],
)
def test_each_symptom_is_answered(
    faults: tuple[str, ...], symptom: str, expected: Reproduced
) -> None:
    (answer,) = report_of("pixel-9", faults, (symptom,)).complaint
    assert answer.reproduced is expected, answer.text.en
    assert bool(answer.because) == (expected in (Reproduced.YES, Reproduced.HINTED))


def test_what_gave_no_answer_is_not_called_absent() -> None:
    report = report_of("pixel-9")
    asked = [load_symptoms()["drains-fast"]]
    left = tuple(r for r in report.results if r.probe != "software.drainers")
    (answer,) = answer_complaint(asked, left, (), KINDS, PROBES)
    assert answer.reproduced is Reproduced.NOT_TESTED


def test_a_healthy_phone_that_is_complained_of_is_not_ticked_off() -> None:
    report = report_of("pixel-9", (), ("no-sound",))
    assert complaint_stands(report)
    assert shown_outcome(report) is Outcome.OBSERVED
    assert "complaint is not explained" in verdict_of(report).en
    assert not complaint_stands(report_of("pixel-9"))


def test_what_only_a_person_can_test_is_in_every_report_until_a_guided_test_did_it() -> None:
    report = report_of("pixel-9")
    assert [one.code for one in report.untestable] == [kind.code for kind in KINDS]
    guided = KINDS[0].model_copy(update={"tested_by": ("camera.*",)})
    assert as_reported(untestable((guided,), report.results)) == ()
    failed = tuple(
        r.model_copy(update={"outcome": Outcome.NOT_RUN})
        for r in report.results
        if r.area == "camera"
    )
    assert len(untestable((guided,), failed)) == 1


def test_every_symptom_that_is_named_there_exists() -> None:
    named = {symptom for kind in KINDS for symptom in kind.symptoms}
    assert named <= set(load_symptoms())

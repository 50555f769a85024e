"""A page says of a cause what was measured of it, and no more: two explanations for each."""

from __future__ import annotations

import html
import re

import pytest
from tests.judging.causes.bench import KNOWLEDGE, report_of

from diagnose.judging.causes.ranking import diagnose
from diagnose.knowledge.symptoms import load_symptoms
from diagnose.model.cause import Cause
from diagnose.model.fault import Confidence
from diagnose.report.html import render_html

SYMPTOMS = tuple(load_symptoms().values())
# Words that claim that somebody measured, found or recorded something.
MEASURED_EN = re.compile(
    r"\b(measure[sd]|read[s]?|found|finds|record(s|ed)|report(s|ed)|detect(s|ed)|reveal(s|ed)"
    r"|showed|shown|lists|listed|answered|failed a|says|was tested|were tested)\b"
)
MEASURED_ZH = re.compile(
    r"检测到|检测不到|测得|读取到|读数[为显]|记录显示|报告显示|显示为|已检出|未列出"
)
HEDGED_EN = re.compile(r"\b(may|can|might|could|if|whether|would)\b")
HEDGED_ZH = re.compile(r"可能|若|如果|都会|能否|是否")


@pytest.mark.parametrize("cause", KNOWLEDGE.causes.values(), ids=lambda cause: cause.code)
def test_what_is_only_suspected_claims_no_measurement(cause: Cause) -> None:
    english, chinese = cause.suspected.en, cause.suspected.zh
    assert not MEASURED_EN.search(english), english
    assert not MEASURED_ZH.search(chinese), chinese
    assert HEDGED_EN.search(english), english
    assert HEDGED_ZH.search(chinese), chinese


@pytest.mark.parametrize(
    "cause",
    [one for one in KNOWLEDGE.causes.values() if one.for_],
    ids=lambda cause: cause.code,
)
def test_a_cause_that_accuses_can_be_answered(cause: Cause) -> None:
    assert cause.against or cause.excluded_by or cause.innocent
    if cause.innocent:
        assert not MEASURED_ZH.search(cause.innocent.zh), "nobody measured that it is innocent"


def test_a_cause_without_an_answer_is_refused() -> None:
    given = KNOWLEDGE.causes["usb.port-hot"].model_dump(mode="json", by_alias=True)
    assert Cause.model_validate(given)
    with pytest.raises(ValueError, match="nothing speaks against it"):
        Cause.model_validate(given | {"innocent": None})


def test_the_innocent_explanation_stands_beside_the_cause_in_both_languages() -> None:
    """In the report, on the page, on the terminal; never where only the customer's words speak."""
    report = report_of("pixel-9", ("usb-moisture",), ("will-not-charge",))
    told = {fault.code: fault.innocent for fault in report.faults}
    innocent = KNOWLEDGE.causes["usb.port-dirty"].innocent
    assert innocent
    assert told["usb.port-dirty"] == innocent.text
    assert all(fault.innocent is None for fault in report.faults if fault.code == "usb.debris")
    for lang, words in (("en", innocent.en), ("zh-CN", innocent.zh)):
        assert words in html.unescape(render_html(report, lang=lang).annex)


def test_with_symptoms_alone_nothing_is_said_to_be_measured() -> None:
    """Every symptom there is, and not one answer of a phone."""
    found = diagnose((), SYMPTOMS, KNOWLEDGE)
    assert len(found.faults) >= 15
    for fault in found.faults:
        assert fault.confidence is Confidence.POSSIBLE
        assert not fault.shown
        assert fault.explanation == KNOWLEDGE.causes[fault.code].suspected.text
        assert fault.innocent is None, "nothing was measured that it would explain"
        assert fault.consequence is None, "what follows from it is not known either"
        assert all(one.symptom for one in fault.evidence)


@pytest.mark.parametrize("phone", ["pixel-9", "p30-pro", "galaxy-s23"])
def test_a_healthy_phone_complained_of_shows_no_cause(phone: str) -> None:
    report = report_of(phone, (), tuple(symptom.code for symptom in SYMPTOMS))
    shown = {fault.code for fault in report.faults if fault.shown}
    assert shown <= {"system.outdated"}, "an old phone is old"
    text = report.model_dump_json()
    for code, cause in KNOWLEDGE.causes.items():
        assert code in shown or cause.shown is None or cause.shown.en not in text


def test_a_measured_cause_says_what_was_measured() -> None:
    report = report_of("pixel-9", ("usb-moisture",), ("will-not-charge",))
    fault = next(f for f in report.faults if f.shown)
    shown = KNOWLEDGE.causes[fault.code].shown
    assert shown
    assert fault.explanation == shown.text

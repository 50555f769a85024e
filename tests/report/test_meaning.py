"""A page says what a value means, what must be known before a repair, and what was remarked."""

from __future__ import annotations

from html import unescape

import pytest
from tests.judging.causes.bench import NOW, TELLING, report_of

from diagnose.case.rules.quote import make_quote
from diagnose.knowledge.prices import load_price_book
from diagnose.model.report import Report
from diagnose.report.documents import build_documents
from diagnose.report.html import render_html
from diagnose.report.phrase import flat

LANGUAGES = ("en", "zh-CN", "both")


def _locked() -> Report:
    report = report_of("pixel-9", ("baseband-dead", "frp-locked"))
    quote = make_quote(report, load_price_book("example-shenzhen"), now=NOW)
    return report.model_copy(update={"quote": quote})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_finding_says_what_its_value_means(lang: str) -> None:
    report = report_of("pixel-9", ("baseband-dead", "crashes-one-app"))
    page = build_documents(report, lang=lang).annex
    meanings = [result.about.meaning for result in report.results if result.outcome in TELLING]
    wanted = {"en": ("en",), "zh-CN": ("zh",), "both": ("zh", "en")}[lang]
    expected = {tuple(getattr(one, language) for language in wanted) for one in meanings}
    assert len(expected) >= 2
    assert {tuple(span.text for span in found.meaning) for found in page.findings} == expected
    html = unescape(render_html(report, lang=lang).annex)
    assert all(text in html for texts in expected for text in texts)


def test_what_is_normal_bears_no_mark_and_every_value_is_there() -> None:
    report = report_of("pixel-9", ("baseband-dead",))
    annex = build_documents(report, lang="en").annex
    tested = {flat(one.title): one for area in annex.areas for one in area.tested}
    for result in report.results:
        shown = tested[result.title.en]
        assert (shown.mark is None) == (result.outcome in ("pass", "observed")), result.probe
        assert len(shown.readings) == len(result.measurements)


@pytest.mark.parametrize(("lang", "word"), [("en", "account"), ("zh-CN", "账号")])
def test_what_erases_a_locked_phone_says_so_on_the_customer_s_page(lang: str, word: str) -> None:
    page = build_documents(_locked(), lang=lang).annex
    assert page.plan
    warned = [flat(item.warning) for item in page.plan.items if item.warning]
    assert len(warned) == 1
    assert word in warned[0]
    assert warned[0] in unescape(render_html(_locked(), lang=lang).annex)


def test_what_was_remarked_without_a_fault_stands_among_the_advice() -> None:
    healthy = report_of("pixel-9")
    output = [flat(text) for text in build_documents(healthy, lang="en").annex.advice]
    assert any("Repair mode" in text for text in output)
    assert not build_documents(healthy, lang="en").annex.findings
    emulated = [
        flat(text) for text in build_documents(report_of("emulator-14"), lang="en").annex.advice
    ]
    assert not any("Repair mode" in text for text in emulated)

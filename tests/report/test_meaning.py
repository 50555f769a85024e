"""A page says what a value means, what must be known before a repair, and what was remarked."""

from __future__ import annotations

from html import unescape

import pytest
from tests.judging.causes.bench import NOW, TELLING, report_of

from diagnose.case.rules.quote import make_quote
from diagnose.knowledge.prices import load_price_book
from diagnose.model.report import Report
from diagnose.report.html import render_html
from diagnose.report.page.build import build_page
from diagnose.report.phrase import flat

LANGUAGES = ("en", "zh-CN", "both")


def _locked() -> Report:
    report = report_of("pixel-9", ("baseband-dead", "frp-locked"))
    quote = make_quote(report, load_price_book("example-shenzhen"), now=NOW)
    return report.model_copy(update={"quote": quote})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_finding_says_what_its_value_means(lang: str) -> None:
    report = report_of("pixel-9", ("baseband-dead", "crashes-one-app"))
    page = build_page(report, lang=lang)
    meanings = [result.about.meaning for result in report.results if result.outcome in TELLING]
    wanted = {"en": ("en",), "zh-CN": ("zh",), "both": ("zh", "en")}[lang]
    expected = {tuple(getattr(one, language) for language in wanted) for one in meanings}
    assert len(expected) >= 2
    assert {tuple(span.text for span in found.meaning) for found in page.findings} == expected
    html = unescape(render_html(report, lang=lang))
    assert all(text in html for texts in expected for text in texts)


def test_a_tested_point_says_it_once_and_a_point_without_a_value_does_not() -> None:
    report = report_of("pixel-9", ("baseband-dead",))
    page = build_page(report, lang="en")
    said = {flat(one.title): flat(one.tested) for area in page.areas for one in area.tested}
    for result in report.results:
        meaning = result.about.meaning.en
        is_read = result.outcome in ("pass", "observed")
        assert (meaning in said[result.title.en]) == is_read, result.probe


@pytest.mark.parametrize(("lang", "word"), [("en", "account"), ("zh-CN", "账号")])
def test_what_erases_a_locked_phone_says_so_on_the_customer_s_page(lang: str, word: str) -> None:
    page = build_page(_locked(), lang=lang)
    assert page.plan
    warned = [flat(item.warning) for item in page.plan.items if item.warning]
    assert len(warned) == 1
    assert word in warned[0]
    assert warned[0] in unescape(render_html(_locked(), lang=lang))


def test_what_was_remarked_without_a_fault_stands_among_the_advice() -> None:
    healthy = report_of("pixel-9")
    said = [flat(text) for text in build_page(healthy, lang="en").advice]
    assert any("Repair mode" in text for text in said)
    assert not build_page(healthy, lang="en").findings
    emulated = [flat(text) for text in build_page(report_of("emulator-14"), lang="en").advice]
    assert not any("Repair mode" in text for text in emulated)

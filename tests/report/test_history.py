"""What the customer had decided before stands on his page, and why it no longer counts."""

from __future__ import annotations

import pytest
from tests.case.rules import samples
from tests.case.rules.samples import AFTER, item, part, quote

from diagnose.case.record import entries
from diagnose.case.rules import decision, page
from diagnose.knowledge.prices import load_price_book
from diagnose.report.changes import change_lines
from diagnose.report.html import render_html
from diagnose.report.record import record_of
from diagnose.report.wording import PageWords


def test_a_voided_a_withdrawn_and_a_replaced_decision_are_said() -> None:
    counter = samples.agreed()
    counter.quote(quote(part(price="900.00"), item("battery-labour")))
    counter.decide(accept=("all",))
    withdrawal = decision.withdraw(counter.case, "thinks it over", samples.oral(counter.time))
    counter.add(entries.withdrawn(withdrawal))
    counter.decide(decline=("all",))
    counter.decide(accept=("battery-labour",), decline=("battery-part",))
    case = counter.case
    assert case.page is not None
    english = render_html(case.page, lang="en", record=record_of(case)).annex
    assert "Earlier decisions" in english
    assert "battery part: unit price: CNY 300.00 → CNY 900.00" in english
    assert "left out: reinstall system" in english
    assert ": thinks it over" in english
    assert english.count("replaced by a later decision") == 1
    chinese = render_html(case.page, lang="zh-CN", record=record_of(case)).annex
    assert "因所示内容有变化而失效：" in chinese
    assert "单价: 300.00 元 → 900.00 元" in chinese


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_what_changed_is_counted_whole(lang: str) -> None:
    counter = samples.agreed()
    counter.quote(quote(part(price="900.00"), item("battery-labour")))
    (voiding,) = counter.case.voidings
    output = change_lines(
        voiding, counter.case.page.quote if counter.case.page else None, PageWords(lang)
    )
    places = len(voiding.differences) + voiding.omitted
    assert str(places - len(output) + 1) in output[-1]
    assert not any("quote/" in line or "{" in line for line in output)


def test_before_and_after_are_those_of_the_repair() -> None:
    """The page of a case is the one from before: it must not be compared with itself."""
    counter = samples.agreed()
    counter.work("battery-part", serials={"battery-part": "S1"})
    case = counter.case
    assert case.page is not None
    after = page.after_page(samples.report(AFTER), case.intake)
    repaired = case.model_copy(update={"after": after})
    annex = render_html(case.page, lang="en", record=record_of(repaired)).annex
    assert "Before and after" in annex
    assert "No judged value has changed" not in annex


def test_the_chinese_form_says_what_was_done_and_by_whom() -> None:
    counter = samples.accepted_as(solved=True)
    case = counter.case
    assert case.page is not None
    shop = load_price_book("example-shenzhen").terms("example-shenzhen", fee_told=True)
    case = case.model_copy(update={"shop": shop})
    assert case.page is not None
    annex = render_html(case.page, lang="zh-CN", record=record_of(case)).annex
    for label in ("送修日期", "故障处理情况", "交验日期", "维修人员"):
        assert f"<dt>{label}</dt>" in annex

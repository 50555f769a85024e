"""A price that is not known yet: said everywhere, under a maximum or a ceiling, noted when done."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.case.rules.samples import Counter, item, part, quote

from diagnose.cli.case.view import quote_lines
from diagnose.errors import CaseRefused
from diagnose.model.quote import Quote
from diagnose.model.text import Text
from diagnose.report.html import render_html
from diagnose.report.wording import PageWords

METHOD = Text("The maker's list price plus tax.", "厂家标价加税。")


def bounded() -> Quote:
    return quote(part(price_known=False), item("battery-labour"), price_method=METHOD)


def unbounded() -> Quote:
    nothing = part(price="0", price_known=False)
    return quote(nothing, item("battery-labour"), price_method=METHOD)


def shown(made: Quote) -> Counter:
    counter = Counter()
    counter.diagnose()
    counter.quote(made)
    return counter


def html(made: Quote, lang: str) -> str:
    page = shown(made).case.page
    assert page is not None
    return render_html(page, lang=lang).sheet


def test_the_page_says_that_a_price_is_open_how_much_at_most_and_how_it_is_worked_out() -> None:
    english, chinese = html(bounded(), "en"), html(bounded(), "zh-CN")
    assert "Price not yet known: at most CNY 339.00 with tax." in english
    assert "How it is worked out: The maker&#39;s list price plus tax." in english
    assert "Total, open prices at their most" in english
    assert "价格待询：含税最高 339.00 元。" in chinese
    assert "计价方式: 厂家标价加税。" in chinese


def test_a_page_without_a_maximum_promises_none() -> None:
    english = html(unbounded(), "en")
    assert "Price not yet known: no maximum is named." in english
    assert "nothing above the ceiling that you name" in english
    assert "At most, without asking you again" not in english
    assert "is charged without your consent" not in english
    assert "待询" in html(unbounded(), "zh-CN")


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_the_terminal_names_the_part_and_says_that_its_price_is_open(lang: str) -> None:
    lines = "\n".join(quote_lines(bounded(), PageWords(lang)))
    known = "\n".join(quote_lines(quote(part()), PageWords(lang)))
    assert ("≤ CNY 339.00" if lang == "en" else "≤ 339.00 元") in lines
    assert "HB-1" in lines
    assert ("not yet known" in lines) == (lang == "en")
    assert ("价格待询" in lines) == (lang == "zh-CN")
    assert "≤" not in known
    assert "?" in "\n".join(quote_lines(unbounded(), PageWords(lang)))


def test_json_says_it_too() -> None:
    one = bounded().model_dump(mode="json")
    assert (one["items"][0]["price_known"], one["price_method"]) == (False, METHOD.en)


def test_a_known_maximum_can_be_agreed_to() -> None:
    consent = shown(bounded()).decide(accept=("all",)).consents[-1].consent
    assert consent.ceiling == bounded().max_total


def test_what_has_neither_price_nor_maximum_is_agreed_to_under_a_ceiling_only() -> None:
    counter = shown(unbounded())
    with pytest.raises(CaseRefused, match="no price and no maximum"):
        counter.decide(accept=("all",))
    with pytest.raises(CaseRefused, match="no price and no maximum"):
        counter.decide(accept=("battery-part",), decline=("all",))
    counter.decide(accept=("battery-labour",), decline=("battery-part",))
    consent = counter.decide(accept=("all",), ceiling=Decimal(500)).consents[-1].consent
    assert consent.ceiling == Decimal(500)


def test_what_it_cost_in_the_end_is_noted_and_stays_under_the_ceiling() -> None:
    counter = shown(unbounded())
    counter.decide(accept=("all",), ceiling=Decimal(500))
    with pytest.raises(CaseRefused, match="was not known"):
        counter.work("battery-part")
    with pytest.raises(CaseRefused, match=r"387\.0000 are left for it"):  # the labour has its price
        counter.work("battery-part", totals={"battery-part": Decimal(388)})
    done = counter.work("battery-part", totals={"battery-part": Decimal(300)})
    assert done.works[0].total == Decimal(300)

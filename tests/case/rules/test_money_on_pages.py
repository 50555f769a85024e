"""Every amount on a page can be derived from the items, and no two sentences contradict."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.case.rules.samples import Counter, item, oral, part, quote
from tests.thinning import examples, one_in

from diagnose.case.record import entries
from diagnose.case.rules.billing import bill_of
from diagnose.case.rules.handover import COMPLAINT, CustomerWord, accept
from diagnose.cli.case.view import lines, words_of
from diagnose.model.case import Case
from diagnose.model.consent import Consent
from diagnose.model.money import add_up
from diagnose.model.quote import (
    Alternative,
    AlternativeKind,
    DiagnosisFee,
    ItemKind,
    Quote,
    QuoteItem,
)
from diagnose.model.text import Text
from diagnose.report.html import render_html
from diagnose.report.pdf import render_pdf
from diagnose.report.record import record_of
from diagnose.report.slip import receipt, render_slip

AMOUNT = re.compile(r"CNY ([\d,]+\.\d\d)|([\d,]+\.\d\d) 元")
METHOD = Text("Minutes at the hourly rate.", "按工时计。")
PRICES = {"labour": "101.00", "part": "211.00", "second": "53.00", "third": "17.00"}


def items(part_price: str, *, has_fee: bool) -> tuple[QuoteItem, ...]:
    known = part_price == "fixed"
    price = "0" if part_price == "unbounded" else PRICES["part"]
    fee = item("diagnosis-fee", "29.00", kind=ItemKind.FEE)
    return (
        part(price=price, price_known=known),
        item("battery-labour", PRICES["labour"]),
        item("second", PRICES["second"]),
        item("third", PRICES["third"]),
        *((fee,) if has_fee else ()),
    )


def offered(part_price: str, fee: str) -> Quote:
    """A quote as a shop makes it; the fee is none, an item, or due without a repair only."""
    found = items(part_price, has_fee=fee == "item")
    due = Decimal("32.77") if fee != "none" else Decimal(0)
    fees = tuple(one for one in found if one.kind is ItemKind.FEE)
    return quote(
        *found,
        price_method=METHOD,
        diagnosis_fee=DiagnosisFee(amount=due, told_before=bool(due)),
        alternatives=(
            way(AlternativeKind.REPAIR, found),
            way(AlternativeKind.PARTIAL, (*found[:2], *fees)),
            Alternative(kind=AlternativeKind.DECLINE, title=Text("No repair"), total=due),
        ),
    )


def way(kind: AlternativeKind, of: Iterable[QuoteItem]) -> Alternative:
    found = tuple(of)
    total = add_up(one.total for one in found)
    return Alternative(
        kind=kind, title=Text(kind.value), items=tuple(one.code for one in found), total=total
    )


def derivable(made: Quote, case: Case, consent: Consent | None) -> set[Decimal]:
    """Every amount that follows from the items and from what was agreed and done."""
    found = {amount for one in made.items for amount in (one.unit_price, one.net, one.tax)}
    found |= {one.total for one in made.items}
    ways = [tuple(one.items) for one in made.alternatives]
    agreed = consent.accepted if consent else ()
    for codes in (tuple(one.code for one in made.items), agreed, *ways):
        named = [one for one in made.items if one.code in codes]
        found |= {add_up(one.total for one in named)}
        found |= {add_up(one.net for one in named), add_up(one.tax for one in named)}
    done = [one for work in case.works for one in work.items]
    found |= {one.total for one in done} | {add_up(one.total for one in done)}
    found |= {made.diagnosis_fee.amount}
    fees = add_up(one.total for one in made.items if one.kind is ItemKind.FEE)
    found |= {add_up(one.total for one in done) + fees}
    if consent and made.most is None:
        found |= {consent.ceiling}
    return {Decimal(f"{amount:.2f}") for amount in found}


def amounts(text: str) -> set[Decimal]:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return {Decimal((a or b).replace(",", "")) for a, b in AMOUNT.findall(plain)}


@settings(max_examples=examples(60), deadline=None)
@given(
    part_price=st.sampled_from(["fixed", "bounded", "unbounded"]),
    fee=st.sampled_from(["none", "item", "credited"]),
    accepted=st.sets(st.sampled_from(["battery-part", "battery-labour", "second", "third"])),
    done=st.integers(0, 4),
    decides=st.booleans(),
    lang=st.sampled_from(["en", "zh-CN"]),
)
def test_every_amount_follows_from_the_items_and_no_sentence_contradicts_another(
    part_price: str, fee: str, accepted: set[str], done: int, decides: bool, lang: str
) -> None:
    made = offered(part_price, fee)
    counter = Counter()
    counter.diagnose()
    counter.quote(made)
    if decides:
        ceiling = Decimal("733.00") if "battery-part" in accepted else None
        counter.decide(accept=tuple(sorted(accepted)), decline=("all",), ceiling=ceiling)
        if codes := sorted(accepted)[:done]:
            charged = {"battery-part": Decimal("97.00")} if "battery-part" in codes else {}
            counter.work(*codes, totals=charged)
    case = counter.case
    assert case.page is not None
    consent = case.standing.consent if case.standing else None
    made_html = render_html(case.page, lang=lang, record=record_of(case, bill=bill_of(case)))
    page = made_html.sheet
    terminal = "\n".join(lines(case, lang))
    allowed = derivable(made, case, consent)
    assert len(amounts(page)) > 5
    assert amounts(page) <= allowed, amounts(page) - allowed
    assert amounts(terminal) <= allowed, amounts(terminal) - allowed
    assert amounts(made_html.annex) <= allowed, amounts(made_html.annex) - allowed
    _contradictions(page, made, consent)


STAGES = {
    "offered": (),
    "agreed": ("decide",),
    "in part": ("decide in part",),
    "refused": ("refuse",),
    "worked": ("decide", "work"),
    "accepted": ("decide", "work", "accept"),
}


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("stage", one_in(3, STAGES))
def test_paper_names_no_other_amount_than_the_items(stage: str, lang: str) -> None:
    """Sheet and annex as PDF, and the receipt, at every stage: read as a reader of PDF does."""
    made = offered("bounded", "item")
    counter = Counter()
    counter.diagnose()
    counter.quote(made)
    for step in STAGES[stage]:
        _take(counter, step)
    case = counter.case
    assert case.page is not None
    bill = bill_of(case)
    allowed = derivable(made, case, case.standing.consent if case.standing else None)
    paper = render_pdf(case.page, lang=lang, record=record_of(case, bill=bill))
    words = words_of(case, lang)
    slip = render_slip(receipt(case, words, bill))
    for name, made_pdf in (("sheet", paper.sheet), ("annex", paper.annex), ("receipt", slip)):
        found = amounts(_text(made_pdf))
        assert found <= allowed, (name, found - allowed)
        assert found or name != "sheet"
    if bill:
        assert bill.total in {*amounts(_text(paper.sheet))} & {*amounts(_text(slip))}


def _take(counter: Counter, step: str) -> None:
    if step == "decide":
        counter.decide(accept=("all",))
    elif step == "decide in part":
        counter.decide(accept=("second", "third"), decline=("all",))
    elif step == "refuse":
        counter.decide(decline=("all",))
    elif step == "work":
        counter.work(
            "second", "battery-labour", "battery-part", totals={"battery-part": Decimal("97.00")}
        )
    else:
        word = CustomerWord(solved=True, tried={"complaint": True}, unchecked="in a hurry")
        accepted = accept(counter.case, (COMPLAINT,), word, oral(counter.time))
        counter.add(entries.accepted(accepted))


def _text(made: bytes) -> str:
    pages = PdfReader(io.BytesIO(made)).pages
    return " ".join(
        re.sub(r"\s+", " ", page.extract_text().replace("\u200b", "")) for page in pages
    )


def _contradictions(page: str, made: Quote, consent: Consent | None) -> None:
    named = consent.accepted if consent and consent.accepted else [one.code for one in made.items]
    fixed = all(one.price_known for one in made.items if one.code in named)
    says_no_extra = "no extra charge" in page or "无额外收费" in page
    refused = consent is not None and not consent.accepted
    assert says_no_extra == (fixed and not refused), "who declined everything is promised no price"
    if not made.open_items:
        assert "at most CNY" not in page
        assert "最高" not in page
    if made.diagnosis_fee.amount:
        assert "or charged before you agree" not in page
        assert "不维修、不收费" not in page
        assert "pay nothing" not in page
        assert "无需付费" not in page


def test_what_is_to_pay_is_what_was_done_and_the_fee_that_was_told() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote(offered("fixed", "item"))
    counter.decide(accept=("battery-labour", "second"), decline=("all",))
    counter.work("battery-labour")
    bill = bill_of(counter.case)
    assert bill is not None
    answers = {one.code: (one.state.value, f"{one.charged:.2f}") for one in bill.charges}
    assert answers == {
        "battery-labour": ("done", "114.13"),
        "battery-part": ("declined", "0.00"),
        "second": ("not_done", "0.00"),
        "third": ("declined", "0.00"),
        "diagnosis-fee": ("fee", "32.77"),
    }
    assert bill.total == Decimal("146.9000")
    agreed = {one.code: one.agreed for one in bill.charges if one.state.value != "fee"}
    quoted = {item.code: item.total for item in offered("fixed", "item").items}
    assert agreed == {
        "battery-labour": quoted["battery-labour"],
        "battery-part": None,
        "second": quoted["second"],  # agreed to and left out: still what was agreed
        "third": None,
    }


def test_who_declines_pays_the_fee_he_was_told_and_nothing_else() -> None:
    for fee, due in (("none", "0"), ("item", "32.77"), ("credited", "32.77")):
        counter = Counter()
        counter.diagnose()
        counter.quote(offered("fixed", fee))
        counter.decide(decline=("all",))
        bill = bill_of(counter.case)
        assert bill is not None
        assert bill.total == Decimal(due)
        assert counter.case.stage.value == "refused"
        _nothing_is_offered_any_more(counter.case)


def _nothing_is_offered_any_more(case: Case) -> None:
    """After a refusal no price and no warranty stand on the sheet; no fee is said to be agreed."""
    assert case.page is not None
    sheet = render_html(case.page, lang="en", record=record_of(case, bill=bill_of(case))).sheet
    sheet = sheet[: sheet.index('<details class="annex"')]
    assert amounts(sheet) <= {Decimal("32.77"), Decimal("0.00")}
    for offered_still in (
        "before you agree",
        "accept or decline each",
        "prices are fixed",
        "If you decline",
        "agreed ",
    ):
        assert offered_still not in html.unescape(re.sub(r"<[^>]+>", " ", sheet)), offered_still
    terminal = "\n".join(lines(case, "en"))
    for promised_still in ("If you decline", "no extra charge", "without your consent"):
        assert promised_still not in terminal, promised_still

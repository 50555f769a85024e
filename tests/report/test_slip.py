"""Slips of 62 mm: on one page, with what a person and a scanner need; the label names nobody."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pytest
from pypdf import PdfReader
from tests.case.rules.samples import Counter, agreed

from diagnose.case.rules.billing import bill_of
from diagnose.model.case import Case
from diagnose.model.terms import ShopTerms
from diagnose.report.slip import Slip, initials, label, receipt, render_slip
from diagnose.report.wording import PageWords

TERMS = ShopTerms(
    shop="example-shenzhen",
    name="示例手机维修店",
    country="CN",
    time_zone="Asia/Shanghai",
    currency="CNY",
    fee=Decimal("53.00"),
    fee_told=True,
)


def at_a_shop(counter: Counter) -> Case:
    return counter.case.model_copy(update={"shop": TERMS})


def read(slip: Slip) -> tuple[float, int, str]:
    pdf = PdfReader(io.BytesIO(render_slip(slip)))
    width_mm = float(pdf.pages[0].mediabox.width) / 72 * 25.4
    text = "".join(page.extract_text() for page in pdf.pages)
    return width_mm, len(pdf.pages), re.sub(r"\s", "", text)


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_the_label_is_62_mm_and_names_nobody(lang: str) -> None:
    width_mm, pages, text = read(label(at_a_shop(agreed()), PageWords(lang)))
    assert width_mm == pytest.approx(62, abs=0.1)
    assert pages == 1
    assert "20261122-TEST1" in text
    assert "王*" in text
    assert "17:01UTC+08:00" in text  # the shop's time
    for private in ("王小明", "13800138000"):
        assert private not in text


def test_the_receipt_says_what_was_handed_over_and_what_it_costs() -> None:
    counter = agreed()
    before = read(receipt(at_a_shop(counter), PageWords("zh-CN"), bill_of(counter.case)))[2]
    assert "约定金额：452.00元" in before
    assert "应付" not in before
    counter.work("battery-part")
    after = read(receipt(at_a_shop(counter), PageWords("zh-CN"), bill_of(counter.case)))[2]
    assert "应付：339.00元" in after
    assert "RepairCorner" in after
    assert "电池不耐用" in after


def test_before_the_quote_it_says_the_fee_he_was_told() -> None:
    text = read(receipt(at_a_shop(Counter()), PageWords("en")))[2]
    assert "Diagnosis:CNY53.00ifnothingisrepaired" in text


def test_a_hostile_complaint_stays_text() -> None:
    counter = Counter()
    intake = counter.case.intake.model_copy(update={"complaint": '#panic("x") \x1b[2J $x$ ' * 12})
    case = at_a_shop(counter).model_copy(update={"intake": intake})
    assert "#panic" in read(receipt(case, PageWords("en")))[2]


@pytest.mark.parametrize(
    ("name", "short"),
    [("王小明", "王*"), ("Ada Lovelace", "A.L."), ("ada", "A."), ("", ""), ("  ", "")],
)
def test_a_person_is_shortened(name: str, short: str) -> None:
    assert initials(name) == short

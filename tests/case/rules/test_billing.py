"""What is charged: only what was done or agreed, never above what was agreed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.case.rules.samples import Counter, agreed, item, part, quote

from diagnose.case.rules.billing import bill_of
from diagnose.errors import CaseRefused
from diagnose.model.bill import ChargeState
from diagnose.model.quote import DiagnosisFee, ItemKind, Quote
from diagnose.model.text import Text

PART, LABOUR, WIPE = Decimal("339.0000"), Decimal("113.0000"), Decimal("90.4000")
METHOD = Text("Purchase price and a tenth.", "进价加一成。")
FEE = DiagnosisFee(amount=Decimal("29.00"), told_before=True)
EVERYTHING = ("battery-part", "battery-labour", "reinstall-system")


def quoted(offer: Quote | None = None) -> Counter:
    counter = Counter()
    counter.diagnose()
    counter.quote(offer)
    return counter


def rows(counter: Counter) -> list[tuple[str, str, Decimal | None, Decimal]]:
    bill = bill_of(counter.case)
    assert bill is not None
    return [(one.code, one.state.value, one.agreed, one.charged) for one in bill.charges]


def test_before_anything_was_decided_or_done_there_is_no_bill() -> None:
    assert bill_of(Counter().case) is None
    assert bill_of(quoted().case) is None
    assert bill_of(agreed().case) is None, "it was agreed to and is still to be done"


def test_what_was_done_is_charged_and_what_was_not_is_named() -> None:
    counter = agreed()
    counter.work("battery-part", totals={"battery-part": Decimal("300.00")})
    assert rows(counter) == [
        ("battery-part", ChargeState.DONE.value, PART, Decimal("300.00")),
        ("battery-labour", ChargeState.NOT_DONE.value, LABOUR, Decimal(0)),
        ("reinstall-system", ChargeState.DECLINED.value, None, Decimal(0)),
    ]
    bill = bill_of(counter.case)
    assert bill is not None
    assert (bill.currency, bill.agreed) == ("CNY", PART + LABOUR)


def test_who_declines_everything_pays_the_fee_he_was_told() -> None:
    counter = quoted(quote(diagnosis_fee=FEE))
    counter.decide(decline=EVERYTHING)
    assert rows(counter)[-1] == ("diagnosis-fee", "fee", FEE.amount, FEE.amount)
    assert {state for _, state, _, _ in rows(counter)[:-1]} == {"declined"}
    bill = bill_of(counter.case)
    assert bill is not None
    assert bill.agreed == FEE.amount


def test_who_has_something_done_pays_no_fee_beside_it() -> None:
    counter = quoted(quote(diagnosis_fee=FEE))
    counter.decide(accept=EVERYTHING[:2], decline=EVERYTHING[2:])
    counter.work("battery-part")
    assert not [row for row in rows(counter) if row[1] == "fee"]


def test_a_fee_that_is_an_item_is_charged_once_whatever_is_done() -> None:
    fee = item("diagnosis-fee", "29.00", kind=ItemKind.FEE)
    counter = quoted(quote(part(), item("battery-labour"), fee, diagnosis_fee=FEE))
    counter.decide(decline=EVERYTHING[:2])
    assert [row for row in rows(counter) if row[1] == "fee"] == [
        ("diagnosis-fee", "fee", fee.total, fee.total)
    ]


def test_a_known_price_is_fixed_and_a_lower_one_is_no_matter() -> None:
    counter = agreed()
    with pytest.raises(CaseRefused, match=r"the price is fixed at 339\.0000 CNY, not 339\.01"):
        counter.work("battery-part", totals={"battery-part": Decimal("339.01")})
    counter.work("battery-part", totals={"battery-part": PART})
    assert rows(counter)[0][3] == PART


OPEN: dict[str, Any] = {"price": "300.00", "price_known": False}


def test_an_open_price_stays_below_its_own_maximum() -> None:
    counter = quoted(quote(part(**OPEN), item("battery-labour"), price_method=METHOD))
    counter.decide(accept=EVERYTHING[:2])
    with pytest.raises(CaseRefused, match=r"its maximum was agreed at 339\.0000 CNY"):
        counter.work("battery-part", totals={"battery-part": Decimal("339.01")})
    with pytest.raises(CaseRefused, match="its price was not known"):
        counter.work("battery-part")


def unbounded() -> Counter:
    """Two parts without any price of their own: 100 is left for both under the ceiling."""
    none: dict[str, Any] = {"price": "0", "price_known": False}
    items = part(**none), part("screen-part", **none), item("battery-labour")
    offer = quote(*items, slack="100.00", price_method=METHOD)
    counter = quoted(offer)
    counter.decide(
        accept=("battery-part", "screen-part", "battery-labour"), ceiling=Decimal("213.00")
    )
    return counter


def test_a_price_that_was_open_is_marked_as_open_whether_it_was_done_or_not() -> None:
    counter = quoted(quote(part(**OPEN), item("battery-labour"), price_method=METHOD))
    counter.decide(accept=EVERYTHING[:2])
    counter.work("battery-labour")
    bill = bill_of(counter.case)
    assert bill is not None
    assert {one.code: one.is_open for one in bill.charges} == {
        "battery-part": True,
        "battery-labour": False,
    }


def test_what_has_no_maximum_stays_below_what_the_ceiling_leaves() -> None:
    totals = {"battery-part": Decimal("60.00"), "screen-part": Decimal("40.00")}
    counter = unbounded()
    with pytest.raises(CaseRefused, match=r"100.0{2,4} are left for it"):
        counter.work("battery-part", totals={"battery-part": Decimal("100.01")})
    counter.work("battery-part", "screen-part", totals=totals)
    assert [row[2] for row in rows(counter)[:2]] == [None, None]


def test_what_was_spent_before_is_not_left_any_more() -> None:
    counter = unbounded()
    counter.work("battery-part", totals={"battery-part": Decimal("60.00")})
    with pytest.raises(CaseRefused, match=r"40.0{2,4} are left for it"):
        counter.work("screen-part", totals={"screen-part": Decimal("40.01")})
    both = {"battery-part": Decimal("60.00"), "screen-part": Decimal("40.01")}
    with pytest.raises(CaseRefused, match="are left for it"):
        unbounded().work("battery-part", "screen-part", totals=both)


def test_an_offer_that_is_over_is_still_billed_as_it_was_agreed() -> None:
    counter = quoted(quote(valid_until=date(2026, 11, 22)))
    counter.decide(accept=EVERYTHING[:2], decline=EVERYTHING[2:])
    counter.work("battery-part")
    assert rows(counter)[0][1] == "done"

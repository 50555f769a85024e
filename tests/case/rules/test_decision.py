"""Consent: bound to exactly what was shown, item by item, with a ceiling; refusals count too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.case.rules.samples import ACCEPT, T0, Counter, agreed, item, part, quote, report

from diagnose.case.record import entries
from diagnose.case.rules import decision
from diagnose.case.rules.decision import state, torn_items
from diagnose.case.rules.page import quote_digest
from diagnose.errors import CaseRefused, UnknownName
from diagnose.model.case import ConsentState, Stage
from diagnose.model.consent import Choice, DataHandling
from diagnose.model.quote import ItemKind, Quote

WIPE = DataHandling(backup_done=True, wipe_agreed=True)


@pytest.fixture
def shown() -> Counter:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    return counter


def test_a_consent_is_bound_to_the_page_and_its_quote(shown: Counter) -> None:
    page = shown.case.page
    assert page is not None
    assert page.quote is not None
    case = shown.decide(accept=("all",), data=WIPE)
    consent = case.consents[-1].consent
    assert consent.report_digest == page.digest
    assert consent.quote_digest == quote_digest(page.quote)
    assert consent.choice is Choice.ACCEPT
    assert consent.agreed_total == page.quote.total == Decimal("542.4000")
    assert consent.ceiling == page.quote.max_total
    assert case.stage is Stage.AGREED


def test_part_of_it_can_be_accepted(shown: Counter) -> None:
    consent = shown.decide(**ACCEPT).consents[-1].consent
    assert consent.choice is Choice.PARTIAL
    assert consent.accepted == ("battery-part", "battery-labour")
    assert consent.agreed_total == consent.ceiling == Decimal("452.00")


def test_all_stands_for_the_rest(shown: Counter) -> None:
    first = shown.decide(accept=("battery-part",), decline=("all",)).consents[-1].consent
    assert first.accepted == ("battery-part",)
    second = shown.decide(accept=("all",), decline=("reinstall-system",)).consents[-1].consent
    assert second.accepted == ("battery-part", "battery-labour")


def test_a_refusal_is_recorded_as_properly(shown: Counter) -> None:
    case = shown.decide(decline=("all",), reason="太贵")
    consent = case.consents[-1].consent
    assert consent.choice is Choice.REFUSE
    assert (consent.accepted, consent.ceiling, consent.reason) == ((), Decimal(0), "太贵")
    assert consent.statement.signer is not None
    assert case.stage is Stage.REFUSED
    with pytest.raises(CaseRefused, match="refused"):
        shown.work("battery-part")


@pytest.mark.parametrize(
    ("answers", "error", "answer"),
    [
        ({"accept": ("battery-part",)}, CaseRefused, "not decided"),
        ({}, CaseRefused, "not decided"),
        ({"accept": ("all",), "decline": ("all",)}, CaseRefused, "both"),
        ({"accept": ("battery",)}, UnknownName, "battery"),
        ({"accept": ("all",)}, CaseRefused, "erases"),
        ({"accept": ("all",), "data": DataHandling(wipe_agreed=False)}, CaseRefused, "erases"),
        ({**ACCEPT, "ceiling": Decimal(400)}, CaseRefused, "ceiling"),
        ({**ACCEPT, "shown": "0" * 64}, CaseRefused, "changed after"),
    ],
)
def test_what_is_no_clear_decision_is_not_recorded(
    shown: Counter, answers: dict[str, Any], error: type[Exception], answer: str
) -> None:
    with pytest.raises(error, match=answer):
        shown.decide(**answers)
    assert shown.case.consents == ()


def test_nothing_can_be_agreed_to_before_there_is_a_page_with_a_price() -> None:
    counter = Counter()
    with pytest.raises(CaseRefused, match="not been diagnosed"):
        counter.decide(accept=("all",))
    counter.diagnose()
    with pytest.raises(CaseRefused, match="no quote"):
        counter.decide(accept=("all",))


def test_a_quote_that_has_run_out_cannot_be_accepted_but_refused(shown: Counter) -> None:
    shown.time = T0 + timedelta(days=40)
    with pytest.raises(CaseRefused, match="valid until"):
        shown.decide(**ACCEPT)
    assert shown.decide(decline=("all",)).stage is Stage.REFUSED


def test_a_quote_is_valid_to_the_end_of_its_last_day(shown: Counter) -> None:
    shown.quote(quote(valid_until=date(2026, 11, 22)))
    assert shown.decide(**ACCEPT).stage is Stage.AGREED


def test_a_quote_cannot_be_accepted_on_the_day_after_its_last(shown: Counter) -> None:
    shown.quote(quote(valid_until=date(2026, 11, 22)))
    shown.time = datetime(2026, 11, 23, 0, 0, 1, tzinfo=UTC)
    with pytest.raises(CaseRefused, match="valid until"):
        shown.decide(**ACCEPT)


@pytest.mark.parametrize("moment", ["2026-11-23T03:00:00+08:00", "2026-11-22T20:00:00-05:00"])
def test_a_shop_of_an_unknown_place_has_the_day_that_is_best_for_the_customer(
    shown: Counter, moment: str
) -> None:
    shown.quote(quote(valid_until=date(2026, 11, 22)))
    shown.time = datetime.fromisoformat(moment)
    assert shown.decide(**ACCEPT).stage is Stage.AGREED


def test_a_consent_can_be_withdrawn_and_given_again() -> None:
    counter = agreed()
    statement = counter.case.consents[-1].consent.statement
    taken_back = decision.withdraw(counter.case, "想换新机", statement)
    case = counter.add(entries.withdrawn(taken_back))
    assert (case.stage, case.standing) == (Stage.CONSENT_NEEDED, None)
    assert case.consents[-1].state is ConsentState.WITHDRAWN
    assert case.withdrawals[-1].reason == "想换新机"
    with pytest.raises(CaseRefused, match="withdrawn"):
        counter.work("battery-part")
    with pytest.raises(CaseRefused):
        decision.withdraw(case, "", statement)
    assert counter.decide(**ACCEPT).stage is Stage.AGREED


def test_a_later_decision_takes_the_place_of_the_one_before() -> None:
    counter = agreed()
    case = counter.decide(decline=("all",))
    assert [one.state for one in case.consents] == [
        ConsentState.SUPERSEDED,
        ConsentState.STANDS,
    ]
    assert case.stage is Stage.REFUSED


@pytest.mark.parametrize(
    ("method", "signer", "missing"),
    [
        ("oral", {"person": "王小明"}, "phone number"),
        ("oral", {"phone": "138"}, "person"),
        ("signature", {"person": "王小明"}, "strokes"),
        ("pin_pad", {"person": "王小明"}, "receipt"),
    ],
)
def test_a_statement_without_its_mark_is_none(
    method: str, signer: dict[str, str], missing: str
) -> None:
    with pytest.raises(CaseRefused, match=missing):
        state(method=method, at=T0, language="en", receiver="li", signer=signer)


def test_who_decided_is_not_in_the_chain() -> None:
    counter = agreed()
    assert counter.case.consents[-1].consent.statement.signer is not None
    for event in counter.chain.events:
        assert "王小明".encode() not in event.body
        assert b"13800138000" not in event.body


def test_work_is_recorded_for_what_was_agreed_only() -> None:
    counter = agreed()
    with pytest.raises(CaseRefused, match="declined"):
        counter.work("reinstall-system")
    with pytest.raises(UnknownName):
        counter.work("camera-part")
    case = counter.work("battery-part", serials={"battery-part": "SN-9"}, care=("cleaning",))
    assert case.stage is Stage.WORKED
    assert case.works[-1].items[0].part_serial == "SN-9"
    assert case.works[-1].total == Decimal("339.00")
    with pytest.raises(CaseRefused, match="already"):
        counter.work("battery-part")
    counter.work("battery-labour")


def test_nothing_is_done_before_the_customer_agreed() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    with pytest.raises(CaseRefused, match="has not agreed"):
        counter.work("battery-part")


def test_a_known_price_never_rises_and_may_fall() -> None:
    counter = agreed()
    with pytest.raises(CaseRefused, match=r"fixed at 339\.0000 CNY, not 339\.01"):
        counter.work("battery-part", totals={"battery-part": Decimal("339.01")})
    counter.work("battery-part", totals={"battery-part": Decimal("300.00")})
    with pytest.raises(CaseRefused, match="the price is fixed"):  # what was saved is not to spend
        counter.work("battery-labour", totals={"battery-labour": Decimal("152.00")})
    assert counter.work("battery-labour").stage is Stage.WORKED


def test_a_higher_ceiling_allows_nothing_where_every_price_is_fixed() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    consent = counter.decide(**ACCEPT, ceiling=Decimal(5000)).consents[-1].consent
    assert consent.ceiling == consent.agreed_total == Decimal("452.00")


@pytest.mark.parametrize(
    "other",
    [{"part_numbers": {"battery-part": "HB-2"}}, {"conditions": {"battery-part": "used"}}],
)
def test_another_part_than_was_agreed_needs_a_new_consent(other: dict[str, Any]) -> None:
    with pytest.raises(CaseRefused, match="another part"):
        agreed().work("battery-part", **other)


def test_a_price_of_something_that_was_not_done_is_a_slip() -> None:
    with pytest.raises(CaseRefused, match="not done"):
        agreed().work("battery-part", totals={"battery-labour": Decimal(1)})


def test_a_quote_that_does_not_add_up_is_none() -> None:
    with pytest.raises(ValueError, match="sum of the items"):
        quote(net=Decimal(1))
    with pytest.raises(ValueError, match="not net plus tax"):
        part(total=Decimal(1))
    with pytest.raises(ValueError, match="not unique"):
        quote(item("a"), item("a"))
    with pytest.raises(ValueError, match="condition"):
        part(part_condition=None)
    with pytest.raises(ValueError, match="floating"):
        item("a", unit_price=1.1)


def test_a_part_without_its_labour_is_said_aloud() -> None:
    made = quote(part(), item("battery-labour", action="replace_battery"), item("other"))
    assert torn_items(made, {"battery-part", "other"}) == ("battery-labour",)
    assert torn_items(made, {"battery-labour"}) == ("battery-part",)
    assert torn_items(made, {"battery-part", "battery-labour"}) == ()
    assert torn_items(made, {"other"}) == ()


def test_a_yes_to_an_empty_quote_is_no_refusal() -> None:
    for fees in ((), (item("diagnosis-fee", "29.00", kind=ItemKind.FEE),)):
        counter = Counter()
        counter.diagnose(report())
        counter.quote(quote(*fees).model_copy(update={"items": fees}) if fees else nothing())
        case = counter.decide(accept=("all",))
        assert case.stage is Stage.NOTHING_TO_REPAIR
        assert case.ended_at is not None
        with pytest.raises(CaseRefused, match="nothing was to be repaired"):
            counter.work("diagnosis-fee")
        assert counter.decide(decline=("all",)).stage is Stage.REFUSED


def nothing() -> Quote:
    return quote(item("a")).model_copy(
        update={name: Decimal(0) for name in ("net", "tax", "total", "max_total")} | {"items": ()}
    )


def test_a_fee_that_was_told_before_is_no_decision() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote(quote(part(), item("diagnosis-fee", "29.00", kind=ItemKind.FEE)))
    with pytest.raises(CaseRefused, match="no decision"):
        counter.decide(accept=("battery-part",), decline=("diagnosis-fee",))
    consent = counter.decide(accept=("battery-part",)).consents[-1].consent
    assert consent.choice is Choice.ACCEPT
    assert consent.agreed_total == Decimal("371.77")


@pytest.mark.parametrize("typo", ["aa", "alll", "zz"])
def test_a_code_that_nobody_offered_is_a_slip_of_the_keyboard(shown: Counter, typo: str) -> None:
    with pytest.raises(UnknownName, match=typo):
        shown.decide(accept=(typo,), decline=("all",))

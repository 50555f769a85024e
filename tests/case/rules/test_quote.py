"""Quotes: exact sums, a maximum that holds, no silent zero, no repair on a guess."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judging.causes.bench import NOW, report_of
from tests.thinning import examples

from diagnose.case.rules.quote import make_quote
from diagnose.errors import UnknownName
from diagnose.knowledge.prices import DiagnosisPrice, PriceBook, Rounding, load_price_book
from diagnose.model.fault import Confidence
from diagnose.model.money import rounded
from diagnose.model.quote import AlternativeKind, DataRisk, ItemKind, Quote
from diagnose.model.report import Report

SHENZHEN = load_price_book("example-shenzhen")
BERLIN = load_price_book("example-berlin")
FAULTS = ("battery-worn", "camera-missing", "memory-module-missing", "touch-dead", "storage-full")
money = st.decimals("0.0001", "9999", places=4)
rates = st.decimals("0", "1", places=4)


def _report(*faults: str, symptoms: tuple[str, ...] = ()) -> Report:
    return report_of("galaxy-s23", faults, symptoms)


@settings(max_examples=examples(80), deadline=None)
@given(
    faults=st.sets(st.sampled_from(FAULTS), min_size=1, max_size=3),
    book=st.sampled_from([SHENZHEN, BERLIN]),
    rate=money,
    tax=rates,
    rounding=st.sampled_from(list(Rounding)),
    currency=st.sampled_from(["EUR", "CNY", "JPY", "KWD"]),
    told=st.booleans(),
)
def test_every_sum_is_exact_and_the_maximum_is_never_below_the_total(
    faults: set[str],
    book: PriceBook,
    rate: Decimal,
    tax: Decimal,
    rounding: Rounding,
    currency: str,
    told: bool,
) -> None:
    book = book.model_copy(
        update={
            "labour_rate_per_hour": rate,
            "tax_rate": tax,
            "rounding": rounding,
            "currency": currency,
        }
    )
    quote = make_quote(_report(*sorted(faults)), book, now=NOW, fee_told_before=told)
    assert quote.currency == currency
    assert quote.total == sum(item.total for item in quote.items)
    assert quote.net == sum(item.net for item in quote.items)
    assert quote.max_total == quote.total == quote.net + quote.tax
    for item in quote.items:
        assert item.total == item.net + item.tax
        assert item.tax_rate == tax
        assert rounded(item.tax, currency) == item.tax
    for alternative in quote.alternatives:
        if alternative.items:
            costs = sum(i.total for i in quote.items if i.code in alternative.items)
            assert alternative.total == costs
    assert Quote.model_validate_json(quote.model_dump_json()).model_dump_json() == (
        quote.model_dump_json()
    )


def test_halves_go_to_the_even_coin_unless_the_book_says_up() -> None:
    prices = {"labour_rate_per_hour": Decimal("0.05"), "tax_rate": Decimal(0)}  # 30 min: 0.025
    even = SHENZHEN.model_copy(update=prices)
    up = even.model_copy(update={"rounding": Rounding.HALF_UP})
    report = _report("battery-worn")
    nets = [make_quote(report, book, now=NOW).items[0].net for book in (even, up)]
    assert nets == [Decimal("0.02"), Decimal("0.03")]


def test_a_worn_battery_is_work_and_an_original_part_at_the_shop_s_price() -> None:
    quote = make_quote(_report("battery-worn"), SHENZHEN, now=NOW)
    labour, part = quote.items
    assert (labour.kind, labour.labour_minutes, labour.net) == (ItemKind.LABOUR, 30, Decimal(60))
    assert (part.kind, part.part, part.part_no) == (ItemKind.PART, "battery", "EB-ORIG")
    assert (part.unit_price, part.price_known) == (Decimal(189), True)
    assert {item.cause for item in quote.items} == {"battery.worn"}
    assert quote.total == Decimal("263.94")
    assert quote.max_total == Decimal("263.94")
    assert quote.valid_until == NOW.date() + timedelta(days=30)
    assert quote.price_method
    assert quote.shop.address


def test_an_unknown_price_is_the_most_it_may_be_and_says_so() -> None:
    quote = make_quote(_report("camera-missing"), SHENZHEN, now=NOW)
    part = next(item for item in quote.items if item.kind is ItemKind.PART)
    assert not part.price_known
    assert part.unit_price == Decimal(899)
    assert [text for text in quote.additional if "not yet known" in text.en]


def test_a_part_is_named_as_a_part_and_its_line_of_work_as_work() -> None:
    labour, battery = make_quote(_report("battery-worn"), SHENZHEN, now=NOW).items
    assert (labour.title.en, labour.title.zh) == ("Replace the battery", "更换电池")
    assert (battery.title.en, battery.title.zh) == ("Part: Battery", "配件：电池")
    camera = make_quote(_report("camera-missing"), SHENZHEN, now=NOW).items[-1]
    assert camera.title.en == "Part: Rear camera"


def test_a_price_that_is_not_known_needs_the_way_it_is_worked_out() -> None:
    quote = make_quote(_report("camera-missing"), SHENZHEN, now=NOW)
    body = quote.model_dump(mode="json") | {"price_method": None}
    with pytest.raises(ValueError, match="price_method is missing"):
        Quote.model_validate(body)


def test_what_the_customer_said_is_not_in_the_quote() -> None:
    """It is the intake's, where it can be erased; the quote says what was found."""
    report = _report("battery-worn")
    output = report.intake.model_copy(update={"complaint": "my name is Wang"})
    quote = make_quote(report.model_copy(update={"intake": output}), SHENZHEN, now=NOW)
    assert quote.defect
    assert quote.defect.zh == "电池老化"
    assert "Wang" not in quote.model_dump_json()


def test_no_item_costs_nothing_without_saying_that_it_is_free() -> None:
    for faults in (("camera-missing",), ("imei-lost",), ("baseband-dead",)):
        for book in (SHENZHEN, BERLIN):
            quote = make_quote(report_of("xiaomi-13", faults), book, now=NOW)
            for item in quote.items:
                free = [t for t in quote.additional if t.en == f"Without charge: {item.title.en}"]
                assert bool(free) == (item.total == 0), item.code


def test_a_repair_stops_at_its_first_real_step() -> None:
    quote = make_quote(report_of("pixel-9", ("baseband-dead",)), SHENZHEN, now=NOW)
    assert [item.code for item in quote.items] == ["restart", "reinstall-system"]
    assert quote.items[1].data_risk is DataRisk.ERASES


def _warned(quote: Quote) -> set[str]:
    return {item.code for item in quote.items if item.warning}


def test_of_a_locked_phone_what_erases_it_says_that_the_account_is_needed() -> None:
    quote = make_quote(report_of("pixel-9", ("baseband-dead", "frp-locked")), SHENZHEN, now=NOW)
    assert [item.code for item in quote.items if item.action] == ["restart", "reinstall-system"]
    assert _warned(quote) == {"reinstall-system"}
    warning = quote.items[1].warning
    assert warning
    assert "account" in warning.en
    assert "账号" in warning.zh
    assert Quote.model_validate_json(quote.model_dump_json()).items[1].warning


def test_of_a_locked_phone_another_board_says_so_once() -> None:
    quote = make_quote(report_of("pixel-9", ("storage-eol", "frp-locked")), SHENZHEN, now=NOW)
    codes = [item.code for item in quote.items if item.action == "replace-mainboard"]
    assert codes == ["replace-mainboard", "replace-mainboard.part"]
    assert _warned(quote) == {"replace-mainboard"}


@pytest.mark.parametrize("faults", [("baseband-dead",), ("battery-worn", "frp-locked")])
def test_no_other_work_and_no_other_phone_is_warned_of(faults: tuple[str, ...]) -> None:
    quote = make_quote(report_of("pixel-9", faults), SHENZHEN, now=NOW)
    assert quote.items
    assert not _warned(quote)
    assert '"warning"' not in quote.model_dump_json(), "older quotes keep their digest"


def test_a_lock_is_no_setting_to_be_put_back() -> None:
    report = report_of("pixel-9", ("frp-locked",))
    (lock,) = [fault for fault in report.faults if fault.code == "tradein.account-lock"]
    assert lock.repair == ("ask-owner",)
    quote = make_quote(report, SHENZHEN, now=NOW, causes=[lock.code])
    assert [item.code for item in quote.items if item.action] == ["ask-owner"]
    assert quote.items[0].total == 0


def test_what_the_shop_does_not_offer_is_said_not_priced() -> None:
    quote = make_quote(_report("cpu-core-missing"), BERLIN, now=NOW)
    assert quote.items == ()
    assert quote.additional[0].en.startswith("This shop does not offer")
    assert [a.kind for a in quote.alternatives] == [AlternativeKind.DECLINE]


def test_possible_causes_are_not_repaired_but_may_be_diagnosed_further() -> None:
    report = _report("animations-slow")
    assert report.faults[0].confidence is Confidence.POSSIBLE
    quote = make_quote(report, SHENZHEN, now=NOW)
    assert [item.code for item in quote.items] == ["reset-settings", "further-diagnosis"]
    assert [bool(item.total) for item in quote.items] == [False, True]  # the free one comes first
    named = make_quote(report, SHENZHEN, now=NOW, causes=["software.slow-animations"])
    assert [item.code for item in named.items] == ["reset-settings"]
    with pytest.raises(UnknownName):
        make_quote(report, SHENZHEN, now=NOW, causes=["software.slow-animation"])


def test_a_healthy_phone_is_offered_no_repair() -> None:
    quote = make_quote(_report(), SHENZHEN, now=NOW)
    assert (quote.items, quote.total) == ((), Decimal(0))
    assert quote.repair
    assert quote.repair.en == "No repair is proposed."


def test_repair_partial_and_decline_stand_side_by_side() -> None:
    quote = make_quote(_report("battery-worn", "camera-missing"), SHENZHEN, now=NOW)
    whole, first, partly, none = quote.alternatives
    assert first.items == (*partly.items, "reseat-connectors")
    assert whole.total == quote.total
    assert partly.items == ("replace-battery", "replace-battery.part")
    assert (none.items, none.total) == ((), Decimal(0))
    assert none.consequence
    assert none.consequence.zh


def test_a_diagnosis_fee_is_charged_only_where_it_was_told_before() -> None:
    report = _report("battery-worn")
    untold = make_quote(report, BERLIN, now=NOW)
    told = make_quote(report, BERLIN, now=NOW, fee_told_before=True)
    assert untold.diagnosis_fee.amount == 0
    assert untold.item("diagnosis-fee") is None
    assert told.diagnosis_fee.amount == Decimal("22.61")
    assert told.alternatives[-1].total == Decimal("22.61")


def test_a_credited_fee_falls_due_only_without_a_repair() -> None:
    quote = make_quote(_report("battery-worn"), SHENZHEN, now=NOW, fee_told_before=True)
    assert quote.item("diagnosis-fee") is None
    assert quote.alternatives[0].total == Decimal("263.94")
    assert quote.alternatives[-1].total == Decimal("53.00")


def test_two_causes_that_need_the_same_work_pay_it_once() -> None:
    book = SHENZHEN.model_copy(update={"diagnosis": DiagnosisPrice()})
    quote = make_quote(_report("battery-worn", "battery-dead"), book, now=NOW)
    paid = [item.code for item in quote.items if item.total]
    assert paid == ["replace-battery", "replace-battery.part"]


def test_the_same_report_prices_and_time_give_the_same_quote() -> None:
    first, again = (make_quote(_report("battery-worn"), BERLIN, now=NOW) for _ in range(2))
    later = make_quote(_report("battery-worn"), BERLIN, now=NOW + timedelta(seconds=1))
    assert first == again
    assert later.quote_id != first.quote_id


def test_a_report_read_back_from_json_gives_the_same_words_in_chinese() -> None:
    report = _report("battery-worn", "camera-missing", symptoms=("drains-fast",))
    read = Report.model_validate_json(report.model_dump_json())
    quote = make_quote(read, SHENZHEN, now=NOW)
    assert quote.cause
    assert quote.cause.zh == "电池老化；检测不到后置摄像头"


def test_what_costs_nothing_comes_before_a_diagnosis_that_costs() -> None:
    quote = make_quote(_report(symptoms=("blurry", "camera")), SHENZHEN, now=NOW)
    lens, further = quote.items
    assert (lens.action, lens.total, lens.only_if) == ("clean-lenses", Decimal(0), None)
    assert further.code == "further-diagnosis"
    assert further.only_if
    assert "Clean lenses" in further.only_if.en
    assert "不收费" in further.only_if.zh
    first = next(one for one in quote.alternatives if one.kind is AlternativeKind.FIRST_STEP)
    assert (first.items, first.total) == (("clean-lenses",), Decimal(0))


def test_what_is_cheap_comes_first_where_a_measurement_points_to_it() -> None:
    quote = make_quote(_report("storage-full", symptoms=("slow",)), SHENZHEN, now=NOW)
    assert [item.code for item in quote.items] == ["free-storage", "further-diagnosis"]
    assert quote.items[0].total < quote.items[1].total


def test_where_reseating_helps_only_that_is_paid() -> None:
    quote = make_quote(_report("camera-missing"), SHENZHEN, now=NOW)
    reseat, *rest = quote.items
    assert reseat.only_if is None
    assert all(item.only_if and "reseat" in item.only_if.en for item in rest)
    first = next(one for one in quote.alternatives if one.kind is AlternativeKind.FIRST_STEP)
    assert first.total == reseat.total


def test_where_most_is_untested_testing_again_is_the_first_offer() -> None:
    report = _report("battery-worn")
    coverage = report.coverage.model_copy(update={"answered": report.coverage.asked // 3})
    quote = make_quote(report.model_copy(update={"coverage": coverage}), SHENZHEN, now=NOW)
    again = quote.items[0]
    assert (again.code, again.total) == ("test-again", Decimal(0))
    missing = coverage.asked - coverage.answered
    assert f"{missing} of {coverage.asked} points could not be tested" in again.title.en


@pytest.mark.parametrize(
    ("in_warranty", "repairs_for_maker", "says", "costs"),
    [
        (None, False, "was not shown", True),
        (False, True, "out of warranty", True),
        (True, False, "does not repair for them", True),
        (True, True, "The maker pays", False),
    ],
)
def test_it_is_said_who_pays_and_why(
    in_warranty: bool | None, repairs_for_maker: bool, says: str, costs: bool
) -> None:
    report = _report("battery-worn")
    warranty = report.intake.warranty.model_copy(update={"in_warranty": in_warranty})
    intake = report.intake.model_copy(update={"warranty": warranty})
    book = SHENZHEN.model_copy(update={"warranty_repairs": repairs_for_maker})
    quote = make_quote(report.model_copy(update={"intake": intake}), book, now=NOW)
    assert quote.who_pays
    assert says in quote.who_pays.en
    assert quote.who_pays.zh
    assert bool(quote.total) is costs


@pytest.mark.parametrize("book", [SHENZHEN, BERLIN])
def test_what_is_mild_and_free_comes_before_the_repair_and_what_is_not_after_it(
    book: PriceBook,
) -> None:
    quote = make_quote(_report("battery-worn", "animations-slow", "storage-full"), book, now=NOW)
    codes = [item.code for item in quote.items]
    assert codes[:2] == ["reset-settings", "replace-battery"]
    assert codes.index("free-storage") > codes.index("replace-battery.part")
    assert [item.total == 0 for item in quote.items][:2] == [True, False]


def test_only_a_repair_has_a_day_on_which_it_is_ready() -> None:
    repaired = make_quote(_report("battery-worn"), SHENZHEN, now=NOW)
    assert repaired.ready_on is not None
    assert repaired.ready_on >= NOW.date()
    assert make_quote(_report(), SHENZHEN, now=NOW).ready_on is None

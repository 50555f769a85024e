"""Work needs a consent that stands, and is about the page there is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.case.rules.samples import Counter, agreed, item, part, quote

from diagnose.case.rules.repair import standing_consent
from diagnose.errors import CaseRefused, UnknownName
from diagnose.model.quote import PartCondition

NOTHING = ("battery-part", "battery-labour", "reinstall-system")


def quoted() -> Counter:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    return counter


def test_what_he_agreed_to_stands() -> None:
    assert standing_consent(agreed().case).consent.accepted == ("battery-part", "battery-labour")


def test_who_has_not_agreed_yet_agreed_to_nothing() -> None:
    with pytest.raises(CaseRefused, match="has not agreed to anything yet"):
        standing_consent(quoted().case)


def test_who_refused_agreed_to_nothing() -> None:
    with pytest.raises(CaseRefused, match="refused the repair"):
        standing_consent(quoted().decide(decline=NOTHING))


def test_a_consent_to_another_page_is_none() -> None:
    case = agreed().case
    assert case.page is not None
    other = case.model_copy(update={"page": case.page.model_copy(update={"digest": "9" * 64})})
    with pytest.raises(CaseRefused, match="another page"):
        standing_consent(other)


def test_a_dearer_offer_voids_what_he_agreed_to() -> None:
    counter = agreed()
    with pytest.raises(CaseRefused, match="needs a new one"):
        standing_consent(counter.quote(quote(slack="500.00")))


@pytest.mark.parametrize("digest", ["0" * 64, "f" * 64])
def test_a_page_with_any_other_digest_is_another_page(digest: str) -> None:
    case = agreed().case
    assert case.page is not None
    other = case.model_copy(update={"page": case.page.model_copy(update={"digest": digest})})
    with pytest.raises(CaseRefused, match="another page"):
        standing_consent(other)


@pytest.mark.parametrize("number", ["HA-1", "HC-1", "HB-1x"])
def test_another_part_number_than_was_agreed_is_refused(number: str) -> None:
    with pytest.raises(CaseRefused, match=f"another part .{number}, original"):
        agreed().work("battery-part", part_numbers={"battery-part": number})


@pytest.mark.parametrize(
    "condition", [one for one in PartCondition if one is not PartCondition.ORIGINAL]
)
def test_another_condition_than_was_agreed_is_refused(condition: PartCondition) -> None:
    with pytest.raises(CaseRefused, match=f"another part .HB-1, {condition}"):
        agreed().work("battery-part", conditions={"battery-part": condition})


def test_a_part_agreed_without_a_number_may_have_any() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote(quote(part(part_no=""), item("battery-labour")))
    counter.decide(accept=("battery-part", "battery-labour"))
    counter.work("battery-part", part_numbers={"battery-part": "Z-9"})
    (done,) = counter.case.works[0].items
    assert (done.part_no, done.part_condition) == ("Z-9", PartCondition.ORIGINAL)


def test_what_he_says_twice_or_did_before_is_refused() -> None:
    counter = agreed()
    with pytest.raises(CaseRefused, match="recorded as done already"):
        counter.work("battery-part", "battery-part")
    counter.work("battery-part")
    with pytest.raises(CaseRefused, match="recorded as done already"):
        counter.work("battery-part")


def test_what_the_customer_declined_or_nobody_offered_is_refused() -> None:
    with pytest.raises(CaseRefused, match="the customer declined reinstall-system"):
        agreed().work("reinstall-system")
    with pytest.raises(UnknownName, match="batery-part"):
        agreed().work("batery-part")


@pytest.mark.parametrize(
    "more",
    [
        {"totals": {"battery-labour": Decimal(1)}},
        {"serials": {"battery-labour": "S"}},
        {"part_numbers": {"battery-labour": "P"}},
        {"conditions": {"battery-labour": PartCondition.NEW}},
    ],
)
def test_a_word_about_an_item_that_was_not_done_is_a_slip(more: dict[str, Any]) -> None:
    with pytest.raises(CaseRefused, match="not done: battery-labour"):
        agreed().work("battery-part", **more)


def test_what_is_recorded_of_an_item() -> None:
    counter = agreed()
    counter.work(
        "battery-part",
        "battery-labour",
        serials={"battery-part": "S1"},
        care=("film",),
        old_parts_returned=True,
        note="dry",
    )
    (work,) = counter.case.works
    fitted, labour = work.items
    assert (fitted.part, fitted.part_no, fitted.part_serial) == ("battery", "HB-1", "S1")
    assert (fitted.old_part_returned, labour.old_part_returned) == (True, None)
    assert (fitted.agreed, fitted.price_was_open) == (fitted.total, False)
    assert (work.currency, work.engineer, work.note) == ("CNY", "li", "dry")
    assert [one.title.en for one in work.care] == ["Protective film applied"]
    with pytest.raises(UnknownName, match="flim"):
        agreed().work("battery-part", care=("flim",))


def test_the_state_of_the_last_consent_is_told_not_of_an_earlier_one() -> None:
    counter = agreed()
    counter.decide(accept=("battery-part", "battery-labour"), decline=("reinstall-system",))
    states = [one.state.value for one in counter.quote(quote(slack="500.00")).consents]
    assert states == ["superseded", "voided"]
    with pytest.raises(CaseRefused, match="consent was voided"):
        standing_consent(counter.case)

"""An intake is corrected until the customer has agreed to a page with it."""

from __future__ import annotations

import pytest
from tests.case.rules.samples import Counter, agreed

from diagnose.case.rules.correction import changes, corrected_page, refuse_after_consent
from diagnose.errors import CaseRefused
from diagnose.model.intake import Contact, Identifiers, Intake, Seal


def test_before_he_agreed_it_is_corrected() -> None:
    counter = Counter()
    refuse_after_consent(counter.case)
    counter.diagnose()
    refuse_after_consent(counter.quote())


def test_one_who_declined_everything_agreed_to_nothing() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    refuse_after_consent(
        counter.decide(decline=("battery-part", "battery-labour", "reinstall-system"))
    )


def test_after_he_agreed_it_stays() -> None:
    with pytest.raises(CaseRefused, match="agreed to a page with this intake"):
        refuse_after_consent(agreed().case)


def test_only_what_would_be_other_is_a_change() -> None:
    case = Counter().case
    contact, none = Contact(name="王小明", phone="13800138000"), Identifiers()
    assert not changes(case, case.intake, contact, none)
    assert changes(case, case.intake, Contact(name="王大明", phone="13800138000"), none)
    assert changes(case, case.intake, Contact(name="一", phone="1"), none)
    assert changes(case, case.intake, contact, Identifiers(serial="R58M123ABCD"))
    other: Intake = case.intake.model_copy(update={"symptoms": ()})
    assert changes(case, other, contact, none)


def test_a_new_seal_of_the_same_words_is_no_change() -> None:
    case = Counter().case
    again = case.intake.model_copy(update={"seal": Seal(salt="0" * 64, commitment="1" * 64)})
    assert not changes(case, again, Contact(name="王小明", phone="13800138000"), Identifiers())


def test_a_corrected_page_keeps_its_quote_unless_its_causes_were_ranked_anew() -> None:
    counter = Counter()
    intake = counter.case.intake.model_copy(update={"complaint": "屏幕不亮"})
    assert corrected_page(counter.case, intake, None) is None, "there is no page yet"
    counter.diagnose()
    case = counter.quote()
    page = corrected_page(case, intake, None)
    assert page is not None
    assert page.intake.complaint == "屏幕不亮"
    assert page.quote is not None
    assert case.page is not None
    ranked = corrected_page(case, intake, case.page)
    assert ranked is not None
    assert ranked.quote is None, "what was quoted for other causes is no quote for these"

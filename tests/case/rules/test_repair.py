"""Work needs a consent that stands, and is about the page there is."""

from __future__ import annotations

import pytest
from tests.case.rules.samples import Counter, agreed, quote

from diagnose.case.rules.repair import standing_consent
from diagnose.errors import CaseRefused

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

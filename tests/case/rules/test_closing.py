"""A case is closed once, for a reason, and not where its customer has accepted the repair."""

from __future__ import annotations

import pytest
from tests.case.rules.samples import T0, Counter, accepted_as, agreed

from diagnose.case.record import entries
from diagnose.case.rules.closing import close, refuse_closed
from diagnose.errors import CaseRefused


def test_an_open_case_is_closed_with_its_reason() -> None:
    closing = close(agreed().case, "  the phone was fetched ", at=T0, by="li")
    assert (closing.reason, closing.by, closing.at) == ("the phone was fetched", "li", T0)


def test_an_accepted_case_is_closed_already() -> None:
    with pytest.raises(CaseRefused, match="the customer accepted the repair"):
        close(accepted_as(solved=True).case, "why not", at=T0, by="li")


def test_a_case_that_is_not_solved_may_be_closed() -> None:
    assert close(accepted_as(solved=False).case, "given back", at=T0, by="li").reason


@pytest.mark.parametrize(("reason", "why"), [(" \n", "for a reason"), ("x" * 1001, "longer")])
def test_a_reason_is_words_and_not_a_book(reason: str, why: str) -> None:
    with pytest.raises(CaseRefused, match=why):
        close(Counter().case, reason, at=T0, by="li")


def test_nothing_comes_after_a_closing() -> None:
    counter = Counter()
    refuse_closed(counter.case)
    counter.add(entries.closed(close(counter.case, "a double", at=counter.time, by="li")))
    with pytest.raises(CaseRefused, match=f"was closed on {T0:%Y-%m-%d}"):
        refuse_closed(counter.case)
    with pytest.raises(CaseRefused, match="nothing more is added"):
        close(counter.case, "again", at=T0, by="li")

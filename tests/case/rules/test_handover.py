"""What the customer says at the end: neither a missing check nor a contrary one is passed over."""

from __future__ import annotations

import pytest
from tests.case.rules.samples import agreed, oral

from diagnose.case.record import entries
from diagnose.case.rules.handover import COMPLAINT, CustomerWord, accept
from diagnose.errors import CaseRefused, UnknownName
from diagnose.model.acceptance import Acceptance
from diagnose.model.text import Text
from diagnose.model.verification import Verdict, Verification

DIGEST = "3" * 64


def accepted(verdict: Verdict | None, word: CustomerWord) -> Acceptance:
    counter = agreed()
    counter.work("battery-part", serials={"battery-part": "S1"})
    if verdict:
        check = Verification(
            verdict=verdict,
            reasons=(Text("it is as it was"),),
            before_digest=counter.case.page.digest if counter.case.page else DIGEST,
            after_digest=DIGEST,
            probes=(),
            parts=(),
            checked_at=counter.time,
        )
        page = counter.case.page
        assert page is not None
        counter.add(entries.verified(check, page))
    return accept(counter.case, (COMPLAINT,), word, oral(counter.time))


def word(*, solved: bool, **more: object) -> CustomerWord:
    return CustomerWord(solved=solved, tried={"complaint": solved}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("unchecked", ["", " "])
def test_without_a_check_it_is_said_why(unchecked: str) -> None:
    with pytest.raises(CaseRefused, match="was not checked"):
        accepted(None, word(solved=True, unchecked=unchecked))
    assert accepted(None, word(solved=True, unchecked="he would not wait")).verdict is None


def test_a_check_that_says_otherwise_is_told_to_him_first() -> None:
    with pytest.raises(CaseRefused, match="not solved: it is as it was"):
        accepted(Verdict.NOT_SOLVED, word(solved=True))
    assert accepted(Verdict.NOT_SOLVED, word(solved=True, despite_check=True)).despite_check


@pytest.mark.parametrize("verdict", [Verdict.SOLVED, Verdict.NOT_PROVEN])
def test_a_check_that_does_not_contradict_him_needs_no_word(verdict: Verdict) -> None:
    assert accepted(verdict, word(solved=True)).verdict is verdict


def test_one_who_says_that_it_is_not_solved_agrees_with_the_check() -> None:
    assert not accepted(Verdict.NOT_SOLVED, word(solved=False)).despite_check


def test_a_test_that_is_not_on_the_list_is_refused() -> None:
    strange = CustomerWord(solved=False, tried={"singing": True}, unchecked="x")
    with pytest.raises(UnknownName, match="singing"):
        accepted(None, strange)

"""The customer's words: sealed into the page's digest, and erasable without touching it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.case.rules.samples import Counter, report

from diagnose.case.rules.page import case_page
from diagnose.model.digest import digest_of, is_intact
from diagnose.model.intake import Intake, Warranty
from diagnose.model.words import sealed, without_words, words_of

SALT, OTHER = "ab" * 32, "cd" * 32
WORDS = st.text(max_size=40)
INTAKES = st.builds(
    Intake,
    complaint=WORDS,
    condition=st.tuples(WORDS),
    accessories=st.tuples(WORDS),
    warranty=st.builds(Warranty, reason=WORDS, seller=WORDS),
)


@given(INTAKES)
def test_the_digest_of_a_page_fits_before_and_after_its_words_are_erased(intake: Intake) -> None:
    page = case_page(report(), sealed(intake, SALT))
    bare = page.model_copy(update={"intake": without_words(page.intake)})
    assert is_intact(page)
    assert is_intact(bare)
    assert not words_of(bare.intake).has_words


@given(INTAKES, INTAKES)
def test_other_words_under_the_same_seal_are_found(intake: Intake, other: Intake) -> None:
    page = case_page(report(), sealed(intake, SALT))
    forged = page.model_copy(update={"intake": other.model_copy(update={"seal": page.intake.seal})})
    assert is_intact(forged) == (words_of(other) == words_of(intake.model_copy()))


def test_words_put_where_they_were_erased_are_found() -> None:
    page = case_page(report(), sealed(Intake(complaint="drains"), SALT))
    bare = without_words(page.intake).model_copy(update={"complaint": "never said"})
    assert not is_intact(page.model_copy(update={"intake": bare}))


def test_the_digest_tells_nothing_to_who_guesses_the_words() -> None:
    """Another salt, another digest: without the salt no guess can be tried."""
    intake = Intake(complaint="my name is Wang, 13800138000")
    digests = {digest_of(case_page(report(), sealed(intake, salt))) for salt in (SALT, OTHER)}
    assert len(digests) == 2


def test_no_event_holds_what_a_person_wrote_freely() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    counter.decide(decline=("all",), reason="my brother Wang Li repairs it")
    bodies = b"".join(event.body for event in counter.chain.events).decode()
    for output in ("电池不耐用", "Wang Li", "王小明", "13800138000"):
        assert output not in bodies
    assert counter.case.intake.complaint == "电池不耐用"
    assert counter.case.consents[0].consent.reason == "my brother Wang Li repairs it"

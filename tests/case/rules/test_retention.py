"""Retention: an open case is never due, an ended one when its days are over, and not before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.case.rules.samples import ACCEPT, Counter, accepted_as, agreed, oral, report

from diagnose.case.record import entries
from diagnose.case.record.entries import erased
from diagnose.case.record.events import Chain, Entry, EventKind
from diagnose.case.rules.decision import withdraw
from diagnose.case.rules.page import case_page
from diagnose.case.rules.retention import Due, due
from diagnose.model.case import Case
from diagnose.model.digest import is_intact
from diagnose.model.intake import Intake, Warranty

LATER = timedelta(days=3000)


def refused() -> Counter:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    counter.decide(decline=("all",))
    return counter


def withdrawn() -> Counter:
    counter = agreed()
    counter.add(entries.withdrawn(withdraw(counter.case, "", oral(counter.time))))
    return counter


def accepted() -> Counter:
    return accepted_as(solved=True)


@pytest.mark.parametrize(
    ("made", "days"), [(refused, 90), (withdrawn, 90), (accepted, 731)], ids=lambda x: str(x)[:24]
)
def test_an_ended_case_is_due_on_its_day_and_not_before(made: Any, days: int) -> None:
    counter = made()
    case: Case = counter.case
    assert case.ended_at == counter.time
    assert case.kept_until == counter.time + timedelta(days=days)
    assert due(case, case.kept_until - timedelta(milliseconds=1)) is Due.NOT_YET
    assert due(case, case.kept_until) is Due.DUE


@pytest.mark.parametrize("steps", range(4))
def test_a_case_that_is_open_is_never_due(steps: int) -> None:
    counter = Counter()
    go_on: tuple[Callable[[], Case], ...] = (
        counter.diagnose,
        counter.quote,
        lambda: counter.decide(**ACCEPT),
    )
    for step in go_on[:steps]:
        step()
    assert due(counter.case, counter.time + LATER) is Due.OPEN


def test_a_customer_who_says_that_it_is_not_solved_keeps_his_case_open() -> None:
    assert (
        due(accepted_as(solved=False).case, datetime.max.replace(tzinfo=accepted().time.tzinfo))
        is Due.OPEN
    )


def test_a_case_that_goes_on_is_open_again() -> None:
    counter = refused()
    counter.quote()
    assert due(counter.case, counter.time + LATER) is Due.OPEN
    counter.decide(**ACCEPT)
    assert counter.case.kept_until is None


def test_a_copy_that_leaves_the_house_changes_no_date() -> None:
    counter = refused()
    before = counter.case.kept_until
    counter.add(entries.exported(with_private=False))
    assert counter.case.kept_until == before


def test_where_the_clock_was_set_back_nothing_is_due() -> None:
    counter = refused()
    counter.time += timedelta(days=400)
    counter.add(entries.exported(with_private=False))
    kept_until = counter.case.kept_until
    assert kept_until is not None
    assert due(counter.case, kept_until) is Due.CLOCK
    assert due(counter.case, counter.time) is Due.DUE


def test_an_end_recorded_by_a_clock_that_was_set_back_counts_from_the_latest_event() -> None:
    counter = Counter()
    counter.diagnose()
    counter.quote()
    latest = counter.time
    counter.time -= timedelta(days=5000)
    counter.decide(decline=("all",))
    assert counter.case.ended_at == latest


def test_what_is_erased_is_not_due_again() -> None:
    counter = refused()
    entry = erased(counter.chain, "time is up", ended_at=counter.case.ended_at, days=90)
    counter.add(entry)
    bare = counter.case.model_copy(update={"private_values": 0})
    assert due(bare, counter.time + LATER) is Due.EMPTY
    assert bare.erasure is not None
    assert bare.erasure.by_rule


def test_a_case_of_an_earlier_version_is_read_as_it_was() -> None:
    """Its words stand in its events, and it carries no rule: the default one holds."""
    counter = Counter()
    counter.chain = Chain(counter.chain.case)
    intake = Intake(complaint="drains", warranty=Warranty(reason="dropped"))
    counter.add(Entry(EventKind.OPENED, {"intake": intake.model_dump(mode="json")}))
    made = case_page(report(), intake)
    payload = {"page": made.model_dump(mode="json"), "source_digest": report().digest}
    case = counter.add(Entry(EventKind.DIAGNOSED, payload))
    assert case.page is not None
    assert case.page.intake == case.intake == intake
    assert is_intact(case.page)
    assert case.retention.days == 731

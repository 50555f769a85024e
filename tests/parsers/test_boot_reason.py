"""Starts: how often a battery switched the phone off, whatever the order and the clock."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diagnose.parsers.stability.boot_reason import (
    Start,
    classify_boot_reason,
    count_emptied,
    parse_boot_history,
)
from diagnose.parsers.stability.boot_words import BootClass

DAY = datetime(2026, 11, 1, tzinfo=UTC)
HOURS = st.lists(st.one_of(st.none(), st.integers(0, 700)), max_size=12)


def emptied(hours: list[int | None]) -> list[Start]:
    times = [None if h is None else DAY + timedelta(hours=h) for h in hours]
    return [Start("shutdown,battery", BootClass.BATTERY, at, "") for at in times]


@given(HOURS, st.randoms())
def test_order_does_not_matter(hours: list[int | None], chance: random.Random) -> None:
    starts = emptied(hours)
    mixed = starts.copy()
    chance.shuffle(mixed)
    assert count_emptied(mixed) == count_emptied(starts)


@given(HOURS)
def test_never_more_than_there_are_and_never_none_of_some(hours: list[int | None]) -> None:
    count = count_emptied(emptied(hours))
    assert bool(count) == bool(hours)
    assert count <= max(1, len({h for h in hours if h is not None}))


@given(st.lists(st.integers(0, 100), max_size=8, unique=True))
def test_days_apart_count_each(days: list[int]) -> None:
    assert count_emptied(emptied([day * 24 for day in days])) == len(days)


def test_other_starts_do_not_count() -> None:
    lines = "shutdown,battery,1762000000\nreboot,userrequested,1761000000\nreboot,uvlo,1760000000"
    assert count_emptied(parse_boot_history(lines)) == 1
    assert classify_boot_reason("shutdown,charger,low-battery") is BootClass.BATTERY


@given(st.text(max_size=300))
def test_arbitrary_words_are_counted_without_an_error(text: str) -> None:
    assert count_emptied(parse_boot_history(text)) <= 50

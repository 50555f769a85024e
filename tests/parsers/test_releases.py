"""Names of system releases, and how old an update is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.parsers.system.operating_system import OperatingSystem
from diagnose.parsers.system.release import named_release, release_of
from diagnose.parsers.system.update_age import build_day, months_between, promised_month

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("HarmonyOS 2.0", "HarmonyOS 4.2"),
        ("HarmonyOS 4.2", "HarmonyOS 4.10"),
        ("HarmonyOS 4.2.0", "HarmonyOS NEXT 5.0.0"),
        ("Android 9", "Android 10"),
        ("8.1", "Android 9"),
        ("One UI 6.1", "One UI 6.1.1"),
    ],
)
def test_order(older: str, newer: str) -> None:
    one, other = named_release(older), named_release(newer)
    assert one
    assert other
    assert one.family == other.family
    assert one.version < other.version


def test_trailing_zeros_say_nothing() -> None:
    one, other = named_release("HarmonyOS 4"), named_release("HarmonyOS 4.0.0")
    assert one
    assert other
    assert one.version == other.version


@pytest.mark.parametrize("words", ["", "HarmonyOS", "Tiramisu 13 beta", "Android 13; rm"])
def test_what_names_no_release(words: str) -> None:
    assert named_release(words) is None


def test_a_system_without_a_version_is_no_release() -> None:
    assert release_of(OperatingSystem("MIUI", "", "11")) is None


@given(st.text())
def test_any_words(words: str) -> None:
    found = named_release(words)
    assert found is None or all(part >= 0 for part in found.version)


@given(st.dates(), st.dates())
def test_months_are_never_negative_and_agree_with_days(since: date, until: date) -> None:
    months = months_between(since, until)
    assert months >= 0
    assert abs(months - max(0, (until - since).days) / 30.436875) < 2


@pytest.mark.parametrize(
    ("words", "month"),
    [("2031-08", date(2031, 8, 1)), ("2031-13", None), ("soon", None), ("2031-08-05", None)],
)
def test_a_promised_month(words: str, month: date | None) -> None:
    assert promised_month(words) == month


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        ("1757315690", date(2025, 9, 8)),
        ("1230768000", date(2009, 1, 1)),
        ("0", None),
        ("99999999999", None),
        ("", None),
        ("soon", None),
    ],
)
def test_the_day_of_the_build(seconds: str, day: date | None) -> None:
    assert build_day({"ro.build.date.utc": seconds}, NOW) == day

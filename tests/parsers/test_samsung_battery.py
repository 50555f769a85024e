"""Samsung's record of the battery: any words give values that are whole, or none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.battery.samsung import parse_samsung_battery

DUMP = """  level: 50
LLB CAL: {day}
LLB MAN: {day}
11-20 08:11:09.121  [SS][BattInfo]DischargeLevelData efsValue:{number}
  mSavedBatteryMaxTemp: [{number}]
  mSavedBatteryMaxCurrent: {number}
"""
NUMBERS = {"max_temperature", "max_current", "discharged"}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["", ".", "-"]))
def test_every_day_of_the_calendar_is_read(day: date, between: str) -> None:
    parsed = parse_samsung_battery(
        DUMP.format(day=day.strftime(f"%Y{between}%m{between}%d"), number=1)
    )
    assert parsed["made"].value == parsed["radio_calibrated"].value == day.isoformat()


@given(st.text("0123456789.-[]", max_size=12))
def test_a_day_is_a_day_of_the_calendar_or_none(words: str) -> None:
    parsed = parse_samsung_battery(DUMP.format(day=words, number=1))
    assert ("made" in parsed) == ("radio_calibrated" in parsed)
    if "made" in parsed:
        assert date.fromisoformat(parsed["made"].value)


@given(st.integers(-(2**63), 2**63))
def test_numbers_are_positive_and_small_or_none(number: int) -> None:
    parsed = parse_samsung_battery(DUMP.format(day="", number=number))
    known = {name for name in NUMBERS if name in parsed}
    assert known == (NUMBERS if 0 < number < 10_000_000 else set())
    assert {parsed[name].integer for name in known} <= {number}


@given(st.text(max_size=300))
def test_arbitrary_words_raise_only_parse_errors(text: str) -> None:
    try:
        parsed = parse_samsung_battery(text)
    except ParseError:
        return
    assert all(one.raw and one.raw in text for one in parsed.values())


@pytest.mark.parametrize("piece", ["DischargeLevelData efsValue:", "level: 1\nLLB CAL: ", " 1"])
def test_ten_megabytes_are_bounded(piece: str) -> None:
    text = "  level: 5\n" + piece * (5_000_000 // len(piece))
    assert set(parse_samsung_battery(text)) <= NUMBERS | {"made", "radio_calibrated"}

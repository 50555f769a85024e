"""Writing to the storage: added up, never judged, never invented."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError, Reason
from diagnose.model.outcome import Outcome
from diagnose.parsers.storage.storaged import parse_storaged
from diagnose.testing import absent, denied, interpret_probe, measurement

COMMAND = "dumpsys storaged"
TWO_HOURS = "1000,4600\n0 1 100 0 200 5 300 0 400 9\n4600,8200\nshared:a 0 0 0 0 0 1000 0 0\n"


def test_bytes_of_all_periods_and_users_are_added() -> None:
    use = parse_storaged(TWO_HOURS)
    assert (use.seconds, use.written_bytes, use.read_bytes) == (7200, 2000, 6)


def test_a_rate_is_observed_and_has_its_evidence() -> None:
    result = interpret_probe(
        "storage.writes", {COMMAND: TWO_HOURS.replace("1000\n", "9000000000\n")}
    )
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "recorded").value == 2.0
    assert measurement(result, "recorded").evidence[0].line == 1


def test_minutes_give_no_rate() -> None:
    result = interpret_probe("storage.writes", {COMMAND: "100,160\n0 0 5 0 0 0 0 0 0\n"})
    assert measurement(result, "written_per_day").value is None


@pytest.mark.parametrize("text", ["100,100\n", "200,100\n", "0,1578497533\n", "words\n"])
def test_a_clock_that_was_set_makes_no_period(text: str) -> None:
    with pytest.raises(ParseError):
        parse_storaged(text)


def test_what_is_refused_or_absent_is_not_run() -> None:
    for output in (denied(COMMAND), absent("storaged")):
        result = interpret_probe("storage.writes", {COMMAND: output})
        assert result.outcome is Outcome.NOT_RUN
        assert result.reason in (Reason.DENIED, Reason.UNSUPPORTED)


@given(text=st.text(alphabet="0123456789, \nabc:.", max_size=300))
def test_nothing_but_a_parse_error_is_raised(text: str) -> None:
    with suppress(ParseError):
        assert parse_storaged(text).seconds > 0

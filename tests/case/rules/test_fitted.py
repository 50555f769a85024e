"""What was put in is compared with what a new part would say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from diagnose.knowledge.probes import measures_known
from diagnose.model.criterion import Value

TODAY = date(2026, 11, 26)


def doubt(measure: str, after: Value, before: Value | None = None) -> str:
    sign = measures_known()[measure].sign
    assert sign is not None
    assert sign.doubt is not None
    found = sign.doubt(before, after, TODAY)
    return found.en if found else ""


@pytest.mark.parametrize(("days", "is_told"), [(732, False), (733, True)])
def test_a_battery_is_new_until_it_is_too_old_to_be(days: int, *, is_told: bool) -> None:
    made = str(TODAY - timedelta(days=days))
    assert ("it was made on" in doubt("battery.health.manufactured", made)) == is_told


def test_a_date_that_is_none_says_nothing() -> None:
    assert doubt("battery.health.manufactured", "2024-13-40") == ""


@pytest.mark.parametrize(
    ("measure", "edge", "beyond"),
    [("battery.health.cycles", 20, 21), ("battery.health.state_of_health", 95, 94)],
)
def test_the_edge_itself_is_still_new(measure: str, edge: float, beyond: float) -> None:
    assert doubt(measure, edge) == ""
    assert doubt(measure, beyond)


def test_a_counter_that_went_on_is_told_apart_from_another_used_battery() -> None:
    assert "its counter was not reset" in doubt("battery.health.cycles", 703, before=703)
    assert "charged 703 times already" in doubt("battery.health.cycles", 703, before=704)
    assert "charged 703 times already" in doubt("battery.health.cycles", 703)


@pytest.mark.parametrize("measure", ["display.panel.resolution", "display.panel.refresh_max"])
def test_another_kind_of_screen_is_named_only_where_the_first_was_read(measure: str) -> None:
    assert doubt(measure, 60.0) == doubt(measure, 60.0, before=60.0) == ""
    assert "120, now 60" in doubt(measure, 60.0, before=120.0)

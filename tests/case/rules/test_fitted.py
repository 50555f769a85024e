"""What was put in is compared with what a new part would say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from diagnose.case.rules import fitted

TODAY = date(2026, 11, 26)
OLDEST_DAYS = fitted.OLDEST_NEW_YEARS * 366


@pytest.mark.parametrize(("days", "is_told"), [(OLDEST_DAYS, False), (OLDEST_DAYS + 1, True)])
def test_a_battery_is_new_until_it_is_too_old_to_be(days: int, *, is_told: bool) -> None:
    after = {"battery.health.manufactured": str(TODAY - timedelta(days=days))}
    output = [text.en for text in fitted._battery({}, after, TODAY)]
    assert any("it was made on" in sentence for sentence in output) == is_told


@pytest.mark.parametrize(
    ("name", "edge", "beyond"),
    [
        ("battery.health.cycles", fitted.MOST_CYCLES_OF_NEW, fitted.MOST_CYCLES_OF_NEW + 1),
        (
            "battery.health.state_of_health",
            fitted.LEAST_HEALTH_OF_NEW_PERCENT,
            fitted.LEAST_HEALTH_OF_NEW_PERCENT - 1,
        ),
    ],
)
def test_the_edge_itself_is_still_new(name: str, edge: float, beyond: float) -> None:
    assert list(fitted._battery({}, {name: edge}, TODAY)) == []
    assert len(list(fitted._battery({}, {name: beyond}, TODAY))) == 1

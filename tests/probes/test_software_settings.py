"""Animations, developer options and accessibility services."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.replies import Reply
from diagnose.testing import denied, interpret_probe, measurement

SCALES = [
    f"settings get global {name}"
    for name in ("window_animation_scale", "transition_animation_scale", "animator_duration_scale")
]
SERVICES = "settings get secure enabled_accessibility_services"
ACTIVITIES = "settings get global always_finish_activities"
SAVER = "settings get global low_power"


@pytest.mark.parametrize(
    ("scales", "outcome"),
    [
        (("null", "null", "null"), Outcome.PASS),
        (("1.0", "1", "0.5"), Outcome.PASS),
        (("0.0", "0.0", "0.0"), Outcome.PASS),
        (("1.0", "1.0", "1.5"), Outcome.ATTENTION),
        (("10.0", "null", "null"), Outcome.ATTENTION),
    ],
)
def test_longest_scale_counts(scales: tuple[str, ...], outcome: Outcome) -> None:
    said = {command: f"{scale}\n" for command, scale in zip(SCALES, scales, strict=True)}
    assert interpret_probe("software.animations", said).outcome is outcome


def test_scales_that_are_refused_are_not_run() -> None:
    said = {command: denied(command) for command in SCALES}
    result = interpret_probe("software.animations", said)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


@pytest.mark.parametrize(
    ("count", "outcome"), [(0, Outcome.PASS), (3, Outcome.PASS), (4, Outcome.ATTENTION)]
)
def test_services_are_counted_and_never_named(count: int, outcome: Outcome) -> None:
    words = ":".join(f"com.secret{at}/.Service" for at in range(count)) or "null"
    result = interpret_probe("software.accessibility", {SERVICES: words + "\n"})
    assert result.outcome is outcome
    assert measurement(result, "services").value == count
    assert "secret" not in result.model_dump_json()


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("null", Outcome.PASS), ("0", Outcome.PASS), ("1", Outcome.ATTENTION)],
)
def test_activities_that_are_not_kept(value: str, outcome: Outcome) -> None:
    said = {ACTIVITIES: f"{value}\n", SAVER: "0\n"}
    assert interpret_probe("software.developer_options", said).outcome is outcome


def test_battery_saver_is_shown_and_not_judged() -> None:
    result = interpret_probe("software.developer_options", {ACTIVITIES: "0\n", SAVER: "1\n"})
    assert measurement(result, "battery_saver").value is True
    assert result.outcome is Outcome.PASS


def test_settings_that_are_refused_are_no_pass() -> None:
    said: dict[str, str | bytes | Reply] = {ACTIVITIES: denied(ACTIVITIES), SAVER: "0\n"}
    assert interpret_probe("software.developer_options", said).outcome is Outcome.NOT_RUN

"""Developer options and battery saver: settings that make a sound phone behave oddly."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

ENABLED = "settings get global development_settings_enabled"
ACTIVITIES = "settings get global always_finish_activities"
SAVER = "settings get global low_power"


def settings(
    *, activities: str | Reply = "0\n", saver: str | Reply = "0\n", enabled: str | Reply = "1\n"
) -> ProbeResult:
    answers: dict[str, str | bytes | Reply] = {
        ENABLED: enabled,
        ACTIVITIES: activities,
        SAVER: saver,
    }
    return interpret_probe("software.developer_options", answers)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("null", Outcome.PASS), ("0", Outcome.PASS), ("1", Outcome.ATTENTION)],
)
def test_activities_that_are_not_kept(value: str, outcome: Outcome) -> None:
    assert settings(activities=f"{value}\n").outcome is outcome


def test_developer_options_are_on_and_nobody_is_blamed() -> None:
    result = settings(enabled="1\n")
    assert measurement(result, "enabled").value is True
    assert measurement(result, "enabled").outcome is Outcome.OBSERVED
    assert result.outcome is Outcome.PASS


def test_battery_saver_is_shown_and_not_judged() -> None:
    result = settings(saver="1\n")
    assert measurement(result, "battery_saver").value is True
    assert result.outcome is Outcome.PASS


def test_refused_setting_is_no_pass() -> None:
    result = settings(activities=denied(ACTIVITIES))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)
    assert measurement(result, "battery_saver").value is False


def test_refused_setting_beside_the_judged_one_does_not_matter() -> None:
    assert settings(saver=denied(SAVER)).outcome is Outcome.PASS


@pytest.mark.parametrize("value", ["2\n", "-1\n", "yes\n"])
def test_value_that_is_neither_on_nor_off_is_neither(value: str) -> None:
    result = settings(activities=value)
    assert result.outcome not in (Outcome.PASS, Outcome.ATTENTION)
    assert measurement(result, "always_finish_activities").value is None

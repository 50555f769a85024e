"""battery.forced: values set by hand are a finding of their own."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.testing import absent, interpret_probe


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("", Outcome.PASS),
        ("  (UPDATES STOPPED -- use 'reset' to restart)\n", Outcome.ATTENTION),
        ("  USE_FAKE_BATTERY: true\n", Outcome.ATTENTION),
        ("  USE_FAKE_BATTERY: false\n", Outcome.PASS),
    ],
)
def test_forced(line: str, outcome: Outcome) -> None:
    answers = {"dumpsys battery": f"Current Battery Service state:\n{line}  level: 50\n"}
    assert interpret_probe("battery.forced", answers).outcome is outcome


def test_absent_service_is_not_run() -> None:
    answers = {"dumpsys battery": absent("battery")}
    assert interpret_probe("battery.forced", answers).outcome is Outcome.NOT_RUN

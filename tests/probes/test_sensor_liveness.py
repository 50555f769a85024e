"""Sensor readings."""

from __future__ import annotations

import pytest
from tests.probes.senses_words import EMULATOR, RELEASE, events, sensors

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

STILL = ("0.10, 0.20, 9.80", "0.12, 0.19, 9.81")


def judged(*values: str, count: int = 50, properties: str = RELEASE) -> ProbeResult:
    said = sensors("accelerometer", events=events("accelerometer", *values, count=count))
    answers = {"dumpsys sensorservice": said, "getprop": properties}
    return interpret_probe("sensor.liveness", answers)


def test_a_live_sensor_at_rest() -> None:
    result = judged(*STILL)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "gravity").value == pytest.approx(9.81, abs=0.02)


@pytest.mark.parametrize("reading", ["0.10, 0.20, 9.80", "0.00, 0.00, 0.00", "nan, nan, nan"])
def test_readings_that_cannot_be_true_are_pointed_out(reading: str) -> None:
    result = judged(reading)
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "accelerometer").value in ("stuck", "impossible")


def test_a_few_equal_readings_prove_nothing() -> None:
    assert judged("0.10, 0.20, 9.80", count=8).outcome is not Outcome.ATTENTION


def test_an_emulator_repeats_itself() -> None:
    assert judged("0.00, 9.78, 0.81", properties=EMULATOR).outcome is Outcome.PASS


def test_gravity_that_is_not() -> None:
    result = judged("2.10, 3.20, 12.80", "2.11, 3.20, 12.81")
    assert measurement(result, "gravity").outcome is Outcome.ATTENTION


def test_a_moving_phone_is_not_weighed() -> None:
    result = judged("0.10, 0.20, 9.80", "5.10, 3.20, 14.80")
    assert result.outcome is Outcome.PASS
    assert not any(m.id.endswith("gravity") for m in result.measurements)


def test_nothing_was_in_use() -> None:
    answers = {"dumpsys sensorservice": sensors("accelerometer"), "getprop": RELEASE}
    result = interpret_probe("sensor.liveness", answers)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_refused() -> None:
    said = denied("dumpsys sensorservice")
    result = interpret_probe("sensor.liveness", {"dumpsys sensorservice": said})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

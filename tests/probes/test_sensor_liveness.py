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
    dump = sensors("accelerometer", events=events("accelerometer", *values, count=count))
    answers = {"dumpsys sensorservice": dump, "getprop": properties}
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


def beside(
    kind: str, *values: str, rest: tuple[str, ...] = STILL, properties: str = RELEASE
) -> ProbeResult:
    """Ten readings of a kind, as Android keeps them, beside the acceleration of these seconds."""
    kept = events("accelerometer", *rest) if rest else ""
    dump = sensors("accelerometer", kind, events=kept + events(kind, *values, count=10))
    answers = {"dumpsys sensorservice": dump, "getprop": properties}
    return interpret_probe("sensor.liveness", answers)


AT_REST = {
    "gyroscope": ("rotation_rate", "0.02, -0.01, 0.03", "0.01, -0.01, 0.02"),
    "magnetic_field": ("magnetic_field", "18.40, -6.20, -38.90", "18.20, -6.10, -38.70"),
}
OFF = {
    "gyroscope": ("rotation_rate", "1.41, -2.12, 1.63", "1.40, -2.10, 1.62"),
    "magnetic_field": ("magnetic_field", "640.0, -212.0, 590.0", "641.0, -213.0, 588.0"),
}
SWUNG = ("0.10, 0.20, 9.80", "3.10, 2.20, 8.80")


@pytest.mark.parametrize("kind", AT_REST)
def test_what_gyroscope_and_compass_read_of_a_phone_that_lies_still(kind: str) -> None:
    name, *values = AT_REST[kind]
    assert measurement(beside(kind, *values), name).outcome is Outcome.PASS
    name, *values = OFF[kind]
    result = beside(kind, *values)
    assert measurement(result, name).outcome is Outcome.ATTENTION
    assert result.outcome is Outcome.ATTENTION


@pytest.mark.parametrize("kind", OFF)
@pytest.mark.parametrize("rest", [SWUNG, (), ("0.10, 0.20, 9.80",), ("nan, 0.20, 9.80",)])
def test_a_phone_not_known_to_rest_is_only_read(kind: str, rest: tuple[str, ...]) -> None:
    name, *values = OFF[kind]
    assert measurement(beside(kind, *values, rest=rest), name).outcome is Outcome.OBSERVED


def test_rest_at_another_time_is_no_rest_now() -> None:
    name, *values = OFF["gyroscope"]
    later = events("gyroscope", *values, count=10).replace("ts=10", "ts=70")
    dump = sensors("accelerometer", "gyroscope", events=events("accelerometer", *STILL) + later)
    answers = {"dumpsys sensorservice": dump, "getprop": RELEASE}
    result = interpret_probe("sensor.liveness", answers)
    assert measurement(result, name).outcome is Outcome.OBSERVED


def test_a_phone_that_somebody_turns_on_the_table_is_not_accused() -> None:
    result = beside("gyroscope", "0.01, 0.02, 0.60", "0.01, 0.02, 1.10")
    assert measurement(result, "rotation_rate").outcome is Outcome.OBSERVED


@pytest.mark.parametrize("rate", ["0.10, -0.10, 0.10", "0.05, 0.05, 0.05"])
def test_the_zero_error_of_a_good_gyroscope_is_no_fault(rate: str) -> None:
    assert measurement(beside("gyroscope", rate), "rotation_rate").outcome is Outcome.PASS


@pytest.mark.parametrize("kind", OFF)
def test_a_row_of_zeros_is_no_pass(kind: str) -> None:
    result = beside(kind, "0.00, -0.00, 0.00")
    assert measurement(result, OFF[kind][0]).outcome is Outcome.OBSERVED


def test_light_and_proximity_are_only_read() -> None:
    kept = events("light", "153.00, 0.00, 0.00", "0.00, 0.00, 0.00")
    for near, word in (("0.00", "covered"), ("5.00", "free")):
        kinds = kept + events("proximity", f"{near}, 0.00, 0.00", count=1)
        dump = sensors("light", "proximity", events=kinds)
        result = interpret_probe("sensor.liveness", {"dumpsys sensorservice": dump})
        assert measurement(result, "light").value == 0
        assert measurement(result, "proximity").value == word
        assert result.outcome is Outcome.NOT_RUN


def test_masked_readings_are_unread_and_no_pass() -> None:
    masked = "acme gyroscope: last 1 events\n\t 1 (ts=1.0, wall=10:00:00.000) [value masked]\n"
    dump = sensors("gyroscope", events=masked)
    answers = {"dumpsys sensorservice": dump, "getprop": RELEASE}
    result = interpret_probe("sensor.liveness", answers)
    assert measurement(result, "gyroscope").reason is Reason.PERMISSION
    assert result.outcome is Outcome.NOT_RUN


def test_a_moving_phone_is_not_weighed() -> None:
    result = judged("0.10, 0.20, 9.80", "5.10, 3.20, 14.80")
    assert result.outcome is Outcome.PASS
    assert not any(m.id.endswith("gravity") for m in result.measurements)


def test_nothing_was_in_use() -> None:
    answers = {"dumpsys sensorservice": sensors("accelerometer"), "getprop": RELEASE}
    result = interpret_probe("sensor.liveness", answers)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_refused() -> None:
    output = denied("dumpsys sensorservice")
    result = interpret_probe("sensor.liveness", {"dumpsys sensorservice": output})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

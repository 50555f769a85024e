"""Makers of the sensors."""

from __future__ import annotations

from tests.probes.senses_words import sensors

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement

DUMP = "dumpsys sensorservice"


def test_parts_are_kept_with_their_maker() -> None:
    result = interpret_probe("sensor.vendors", {DUMP: sensors("accelerometer", "light")})
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "light").value == "acme light (Acme)"


def test_a_part_not_seen_before_is_a_hint() -> None:
    answers = {DUMP: sensors("accelerometer", "light")}
    known = {"sensor_parts": ("acme accelerometer", "ACME light")}
    assert interpret_probe("sensor.vendors", answers, facts=known).outcome is Outcome.PASS
    other = interpret_probe("sensor.vendors", answers, facts={"sensor_parts": ("acme light",)})
    assert other.outcome is Outcome.ATTENTION


def test_a_list_without_types_says_nothing() -> None:
    old = "Sensor List:\nACME acc | Acme | 0x00000000 | maxRate= 0Hz | last=<>\n1 h/w sensors:\n"
    result = interpret_probe("sensor.vendors", {DUMP: old})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_refused() -> None:
    result = interpret_probe("sensor.vendors", {DUMP: denied(DUMP)})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

"""Sensors present."""

from __future__ import annotations

import pytest
from tests.probes.senses_words import CUSTOM, EMULATOR, RELEASE, features, sensors

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

BOTH = features("sensor.accelerometer", "sensor.gyroscope")


def judged(
    answer: str | Reply, declared: str | None = BOTH, properties: str = RELEASE
) -> ProbeResult:
    answers = {"dumpsys sensorservice": answer, "getprop": properties}
    return interpret_probe(
        "sensor.census", answers | ({"pm list features": declared} if declared else {})
    )


def test_all_that_is_declared_answers() -> None:
    result = judged(sensors("accelerometer", "gyroscope"))
    assert result.outcome is Outcome.PASS
    assert measurement(result, "count").value == 2


def test_a_declared_sensor_is_missing() -> None:
    result = judged(sensors("accelerometer", "light"))
    assert result.outcome is Outcome.FAIL
    assert measurement(result, "gyroscope").outcome is Outcome.FAIL
    assert measurement(result, "light").outcome is Outcome.OBSERVED
    assert "gyroscope" in result.findings[0].text.en


@pytest.mark.parametrize("properties", [CUSTOM, EMULATOR])
def test_other_images_only_hint(properties: str) -> None:
    assert judged(sensors("accelerometer"), properties=properties).outcome is Outcome.ATTENTION


def test_no_sensor_at_all() -> None:
    result = judged("No Sensors on the device\ndevInitCheck : -19\n")
    assert result.outcome is Outcome.FAIL
    assert any(finding.id.endswith("all_silent") for finding in result.findings)


def test_no_sensor_where_nothing_is_known_of_the_phone_is_no_verdict() -> None:
    result = judged("No Sensors on the device\ndevInitCheck : -19\n", declared=None)
    assert result.outcome is Outcome.OBSERVED


def test_a_cut_list_misses_nothing() -> None:
    result = judged(sensors("accelerometer", whole=False))
    assert measurement(result, "gyroscope").value is None
    assert result.outcome is not Outcome.FAIL


def test_the_virtual_accelerometer_does_not_stand_in() -> None:
    virtual = "0x5f676273) Gyroscope Bias (debug) | AOSP | ver: 1 | type: a.accelerometer(1) | x\n"
    dump = sensors("gyroscope").replace("Recent Sensor", f"{virtual}Recent Sensor")
    assert measurement(judged(dump), "accelerometer").outcome is Outcome.FAIL


def test_the_profile_knows_more_than_the_image() -> None:
    result = interpret_probe(
        "sensor.census",
        {
            "dumpsys sensorservice": sensors("accelerometer"),
            "pm list features": features(),
            "getprop": RELEASE,
        },
        facts={"sensor_types": ("accelerometer", "magnetometer")},
    )
    assert measurement(result, "magnetometer").outcome is Outcome.FAIL
    assert measurement(result, "accelerometer").outcome is Outcome.PASS


def test_refused() -> None:
    result = judged(denied("dumpsys sensorservice"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_a_service_that_is_gone_is_said() -> None:
    result = judged(absent("sensorservice"))
    assert result.outcome is Outcome.ATTENTION
    assert "service" in result.findings[0].text.en

"""thermal.sensors: parts without a reading, where a reading must be."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

HEALTHY = (("CPU0", 0, "38.5"), ("skin", 3, "31.0"), ("battery", 2, "28.0"), ("vbat", 6, "3.98"))


def dump(sensors: tuple[tuple[str, int, str], ...] = HEALTHY, *, thresholds: str = "") -> str:
    lines = "".join(
        f"\tTemperature{{mValue={value}, mType={kind}, mName={name}, mStatus=0}}\n"
        for name, kind, value in sensors
    )
    return (
        f"Thermal Status: 0\nCurrent temperatures from HAL:\n{lines}"
        f"Current cooling devices from HAL:\n{thresholds}"
    )


def judge(answer: str) -> ProbeResult:
    return interpret_probe("thermal.sensors", {"dumpsys thermalservice": answer})


def test_refused_is_not_run() -> None:
    answers = {"dumpsys thermalservice": denied("dumpsys thermalservice")}
    assert interpret_probe("thermal.sensors", answers).outcome is Outcome.NOT_RUN


def test_sensors_that_answer() -> None:
    result = judge(dump())
    assert result.outcome is Outcome.PASS
    assert measurement(result, "reading").value == 3


@pytest.mark.parametrize("value", ["NaN", "-274.0", "0.0"])
def test_silent_sensor(value: str) -> None:
    result = judge(dump((("CPU0", 0, "38.0"), ("skin", 3, value))))
    assert measurement(result, "sensor.skin").value == "silent"
    assert result.outcome is Outcome.ATTENTION


def test_second_sensor_that_is_not_fitted_is_no_finding() -> None:
    sensors = (("BATTERY", 2, "28.0"), ("SUBBAT", 2, "0.0"))
    assert judge(dump(sensors)).outcome is Outcome.PASS


def test_missing_sensor_that_the_hal_has_limits_for() -> None:
    limits = (
        "Temperature static thresholds from HAL:\n\tTemperatureThreshold{mType=3, mName=skin, "
        "mHotThrottlingThresholds=[NaN, 39.0]}\n"
    )
    result = judge(dump((("CPU0", 0, "38.0"),), thresholds=limits))
    assert measurement(result, "sensor.skin").value == "missing"


def test_missing_sensor_that_the_profile_knows() -> None:
    result = interpret_probe(
        "thermal.sensors",
        {"dumpsys thermalservice": dump((("CPU0", 0, "38.0"),))},
        facts={"zones": ("battery",)},
    )
    assert measurement(result, "sensor.battery").value == "missing"


def test_dump_cut_before_the_live_block_is_not_run() -> None:
    assert judge("Thermal Status: 0\n").outcome is Outcome.NOT_RUN

"""thermal.temperatures: live readings only, and only those that are temperatures."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

HEALTHY = (("CPU0", 0, "38.5"), ("skin", 3, "31.0"), ("battery", 2, "28.0"), ("vbat", 6, "3.98"))


def dump(
    sensors: tuple[tuple[str, int, str], ...] = HEALTHY,
    *,
    status: int = 0,
    override: bool = False,
) -> str:
    lines = "".join(
        f"\tTemperature{{mValue={value}, mType={kind}, mName={name}, mStatus=0}}\n"
        for name, kind, value in sensors
    )
    return (
        f"IsStatusOverride: {str(override).lower()}\nThermal Status: {status}\n"
        "Cached temperatures:\n\tTemperature{mValue=99.0, mType=3, mName=skin, mStatus=4}\n"
        f"Current temperatures from HAL:\n{lines}Current cooling devices from HAL:\n"
    )


def judge(answer: str) -> ProbeResult:
    return interpret_probe("thermal.temperatures", {"dumpsys thermalservice": answer})


def test_cool_phone_passes_and_the_cache_is_ignored() -> None:
    result = judge(dump())
    assert result.outcome is Outcome.PASS
    assert measurement(result, "zone.skin").value == 31.0
    assert {m.id.rpartition(".")[2] for m in result.measurements} == {
        "status",
        "skin",
        "battery",
        "cpu",
    }


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(1, Outcome.PASS), (2, Outcome.ATTENTION), (3, Outcome.ATTENTION), (4, Outcome.FAIL)],
)
def test_throttling_status(status: int, outcome: Outcome) -> None:
    assert judge(dump(status=status)).outcome is outcome


def test_overridden_status_is_no_evidence() -> None:
    result = judge(dump(status=5, override=True))
    assert measurement(result, "status").simulated
    assert result.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("sensor", "outcome"),
    [
        (("skin", 3, "44.0"), Outcome.ATTENTION),
        (("battery", 2, "46.0"), Outcome.ATTENTION),
        (("CPU7", 0, "97.0"), Outcome.ATTENTION),
        (("ibat", 7, "97.0"), Outcome.PASS),
        (("socd", 8, "97.0"), Outcome.PASS),
        (("skin2", 3, "NaN"), Outcome.PASS),
        (("skin2", 3, "-274.0"), Outcome.PASS),
        (("skin2", 3, "3000.0"), Outcome.PASS),
    ],
)
def test_hot_parts_and_what_is_no_temperature(
    sensor: tuple[str, int, str], outcome: Outcome
) -> None:
    assert judge(dump((*HEALTHY, sensor))).outcome is outcome


def test_older_android_tells_by_hardware_properties() -> None:
    answers: dict[str, str | bytes | Reply] = {
        "dumpsys thermalservice": absent("thermalservice"),
        "dumpsys hardware_properties": "Skin temperatures: [30.2]\nGPU temperatures: []\n",
    }
    result = interpret_probe("thermal.temperatures", answers)
    assert measurement(result, "zone.skin").value == 30.2


def test_refused_is_not_run() -> None:
    answers = {"dumpsys thermalservice": denied("dumpsys thermalservice")}
    assert interpret_probe("thermal.temperatures", answers).outcome is Outcome.NOT_RUN

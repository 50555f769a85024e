"""Hinge."""

from __future__ import annotations

import json

import pytest
from tests.probes.senses_words import features

from diagnose.errors import ParseError
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.parsers.display.device_state import is_fold_state, parse_device_state
from diagnose.testing import interpret_probe, measurement

FOLDS = features("sensor.hinge_angle")


def judged(declared: str, *folds: int, rated: int = 200_000) -> ProbeResult:
    hinges = [{"num_times_folded": count, "rated_lifespan": rated} for count in folds]
    report = json.dumps({"product": {"brand": "acme"}, "hinge": {"hinges": hinges}})
    answers = {"tradeinmode getstatus": report, "pm list features": declared}
    return interpret_probe("display.hinge", answers)


def test_within_its_rating() -> None:
    result = judged(FOLDS, 50_000)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "used.0").value == 25.0


def test_folded_more_often_than_rated() -> None:
    assert judged(FOLDS, 50_000, 210_000).outcome is Outcome.ATTENTION


def test_a_count_of_zero_means_nobody_counts() -> None:
    result = judged(FOLDS, 0)
    assert result.outcome is Outcome.NOT_RUN


def test_a_phone_that_does_not_fold() -> None:
    assert judged(features()).outcome is Outcome.NOT_APPLICABLE


def test_a_foldable_that_does_not_tell() -> None:
    result = interpret_probe("display.hinge", {"pm list features": FOLDS})
    assert result.outcome is Outcome.NOT_RUN


@pytest.mark.parametrize(
    ("folds", "outcome"),
    [(199_999, Outcome.PASS), (200_000, Outcome.ATTENTION), (200_001, Outcome.ATTENTION)],
)
def test_the_rating_itself_is_worn(folds: int, outcome: Outcome) -> None:
    result = judged(FOLDS, folds)
    assert result.outcome is outcome
    assert measurement(result, "used.0").value == (99.9 if folds < 200_000 else 100.0)


MAKERS = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n"
PHONE = features("sensor.hinge_angle", "telephony")
LISTED = (
    "Total 1 h/w sensors, 1 running 0 disabled clients:\nSensor List:\n"
    "0x00000001) {name:<25} | Samsung         | ver: 1 | type: {kind} | perm: n/a | flags: 0x0\n"
    "\ton-change | minRate=10.00Hz | maxRate=50.00Hz | no batching | wakeUp |\n"
    "Fusion States:\nRecent Sensor events:\n"
)
HINGE = LISTED.format(name="hinge_angle  Wakeup", kind="android.sensor.hinge_angle(36)")
OTHER = LISTED.format(name="Light", kind="android.sensor.light(5)")


@pytest.mark.parametrize(
    ("dump", "properties", "value", "outcome"),
    [
        (HINGE, MAKERS, True, Outcome.PASS),
        (OTHER, MAKERS, False, Outcome.FAIL),
        (OTHER, "[ro.build.type]: [userdebug]\n", False, Outcome.ATTENTION),
    ],
)
def test_the_sensor_is_owed_where_it_is_declared(
    dump: str, properties: str, value: bool, outcome: Outcome
) -> None:
    answers = {"dumpsys sensorservice": dump, "pm list features": PHONE, "getprop": properties}
    sensor = measurement(interpret_probe("display.hinge", answers), "sensor")
    assert (sensor.value, sensor.outcome) == (value, outcome)


def test_a_sensor_list_that_is_cut_off_says_nothing() -> None:
    answers = {
        "dumpsys sensorservice": OTHER.partition("Fusion")[0],
        "pm list features": PHONE,
        "getprop": MAKERS,
    }
    result = interpret_probe("display.hinge", answers)
    assert not [m for m in result.measurements if m.id.endswith("sensor")]


STATES = "DEVICE STATE MANAGER (dumpsys device_state)\n  mCommittedState={0}\n  mBaseState={0}\n"


@pytest.mark.parametrize(
    ("answer", "folds"),
    [
        ("Optional[DeviceState{identifier=3, name='OPENED', app_accessible=true}]", True),
        ("Optional[DeviceState{identifier=0, name='CLOSED', app_accessible=true}]", True),
        ("DeviceState{identifier=1, name='HALF_FOLDED'}", True),
        ("DeviceState{ identifier = 1 , name = 'TENT' }", True),
        ("Optional[DeviceState{identifier=0, name='DEFAULT', app_accessible=true}]", False),
    ],
)
def test_the_state_tells_what_folds(answer: str, folds: bool) -> None:
    assert is_fold_state(parse_device_state(STATES.format(answer))) is folds
    answers = {"dumpsys device_state": STATES.format(answer), "pm list features": features()}
    result = interpret_probe("display.hinge", answers)
    assert (result.outcome is Outcome.NOT_APPLICABLE) is not folds


@pytest.mark.parametrize("answer", ["", "Optional.empty", "DeviceState{identifier=99999999}"])
def test_no_state_is_a_parse_error(answer: str) -> None:
    with pytest.raises(ParseError):
        parse_device_state(STATES.format(answer))

"""Vibration motor."""

from __future__ import annotations

from tests.probes.senses_words import EMULATOR, RELEASE, audio, features

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

LIST = "cmd vibrator_manager list"


def judged(motors: str | Reply, sound: str | Reply, properties: str = RELEASE) -> ProbeResult:
    answers = {
        LIST: motors,
        "dumpsys audio": sound,
        "pm list features": features(),
        "getprop": properties,
    }
    return interpret_probe("haptic.vibrator", answers)


def test_a_motor_is_known() -> None:
    result = judged("0\n", audio())
    assert result.outcome is Outcome.PASS
    assert len(measurement(result, "present").readings) == 2


def test_no_motor_on_a_phone() -> None:
    none = ("No vibrator found\n", audio(vibrator=False))
    assert judged(*none).outcome is Outcome.ATTENTION
    assert judged(*none, EMULATOR).outcome is Outcome.OBSERVED


def test_older_androids_tell_it_in_the_sound_settings() -> None:
    assert judged(absent("vibrator_manager"), audio()).outcome is Outcome.PASS
    assert judged(absent("vibrator_manager"), audio(vibrator=False)).outcome is Outcome.ATTENTION


def test_refused() -> None:
    result = judged(denied(LIST), denied("dumpsys audio"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

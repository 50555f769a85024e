"""Face unlock."""

from __future__ import annotations

from tests.probes.senses_words import biometric, features

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

FACE = features("biometrics.face")


def judged(answer: str | Reply, declared: str = FACE) -> ProbeResult:
    answers = {"dumpsys face": answer, "pm list features": declared}
    return interpret_probe("biometric.face", answers)


def test_it_knows_its_owner() -> None:
    assert judged(biometric(30, 9)).outcome is Outcome.PASS


def test_it_refuses_its_owner() -> None:
    result = judged(biometric(9, 30))
    assert measurement(result, "rejected").outcome is Outcome.ATTENTION


def test_a_few_tries_prove_nothing() -> None:
    assert judged(biometric(1, 9)).outcome is Outcome.OBSERVED


def test_readings_pauses_and_the_hardware_service_are_only_read() -> None:
    answers = {
        "dumpsys face": biometric(9, 2, acquire=50, lockout=1, permanentLockout=0),
        "pm list features": FACE,
        "service list": "0\tandroid.hardware.biometrics.face.IFace/default: [x]\n",
    }
    result = interpret_probe("biometric.face", answers)
    names = ("acquired", "lockouts", "permanent_lockouts", "hardware_service")
    assert [measurement(result, name).value for name in names] == [50, 1, 0, True]
    assert result.outcome is Outcome.OBSERVED


def test_a_phone_without_one() -> None:
    assert judged(absent("face"), features()).outcome is Outcome.NOT_APPLICABLE


def test_refused() -> None:
    result = judged(denied("dumpsys face"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

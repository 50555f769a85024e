"""Fingerprint reader."""

from __future__ import annotations

import pytest
from tests.probes.senses_words import CUSTOM, RELEASE, biometric, features

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

READER = features("fingerprint")


def judged(
    answer: str | Reply,
    declared: str = READER,
    properties: str = RELEASE,
    lists: tuple[str | Reply, str | Reply] = ("", ""),
) -> ProbeResult:
    services, interfaces = lists
    answers = {
        "dumpsys fingerprint": answer,
        "pm list features": declared,
        "getprop": properties,
        "service list": services,
        "lshal": interfaces,
    }
    return interpret_probe("biometric.fingerprint", answers)


def test_a_good_reader() -> None:
    result = judged(biometric(30, 4))
    assert result.outcome is Outcome.PASS
    assert measurement(result, "tries").value == 34


def test_many_refused_tries() -> None:
    result = judged(biometric(12, 13))
    assert measurement(result, "rejected").outcome is Outcome.ATTENTION


def test_readings_and_pauses_are_only_counted() -> None:
    result = judged(biometric(30, 4, acquire=99, lockout=7, permanentLockout=2))
    counted = {name: measurement(result, name) for name in ("acquired", "lockouts")}
    assert [m.value for m in counted.values()] == [99, 7]
    assert measurement(result, "permanent_lockouts").value == 2
    assert {m.outcome for m in counted.values()} == {Outcome.OBSERVED}
    assert result.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("services", "lshal", "is_listed"),
    [
        ("0\tandroid.hardware.biometrics.fingerprint.IFingerprint/default: [x]\n", "", True),
        ("0\tfingerprint: []\n", "Y a.hardware.biometrics.fingerprint@2.1::IB/default\n", True),
        ("0\tfingerprint: []\n", "Y android.hardware.health@2.1::IHealth/default\n", False),
        ("0\tfingerprint: []\n", denied("lshal"), None),
    ],
)
def test_the_hardware_service_is_read_from_the_lists_of_services(
    services: str, lshal: str | Reply, is_listed: bool | None
) -> None:
    result = judged(biometric(30, 4), lists=(services, lshal))
    assert measurement(result, "hardware_service").value is is_listed
    assert result.outcome is Outcome.PASS


def test_a_few_tries_prove_nothing() -> None:
    result = judged(biometric(2, 9))
    assert measurement(result, "rejected").outcome is Outcome.OBSERVED
    assert result.outcome is Outcome.PASS


def test_its_process_keeps_dying() -> None:
    assert judged(biometric(1, 0, deaths=9)).outcome is Outcome.ATTENTION


def test_declared_but_silent() -> None:
    for silent in ("", absent("fingerprint")):
        assert judged(silent).outcome is Outcome.ATTENTION
        assert judged(silent, properties=CUSTOM).outcome is Outcome.OBSERVED


def test_a_phone_without_one() -> None:
    result = judged(absent("fingerprint"), declared=features())
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_nothing_known_is_no_verdict() -> None:
    result = interpret_probe("biometric.fingerprint", {"dumpsys fingerprint": ""})
    assert result.outcome is Outcome.NOT_RUN


def test_refused() -> None:
    result = judged(denied("dumpsys fingerprint"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

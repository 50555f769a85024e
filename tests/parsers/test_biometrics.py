"""Counters of fingerprint and face, and the list of motors."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parsers.senses_mutation import mutated

from diagnose.errors import ParseError
from diagnose.parsers.biometric.biometrics import find_hal, parse_biometrics
from diagnose.parsers.haptic.vibrator import parse_vibrators

ENTRY = {"id": 10, "count": 2, "accept": 8, "reject": 2, "acceptCrypto": 1, "rejectCrypto": 1}
OLD = json.dumps({"service": "Fingerprint Manager", "prints": [ENTRY, ENTRY]}) + "\nHAL Deaths: 3\n"
NEW = (
    "Dumping for sensorId: 0, provider: FingerprintProvider/default\n"
    + json.dumps({"service": "FingerprintProvider/default", "prints": [ENTRY]})
    + "\nHAL deaths since last reboot: 0\n---Scheduler---\n"
)


def test_users_are_added_up_and_crypto_tries_count() -> None:
    use = parse_biometrics(OLD)
    assert (use.enrolled, use.accepted, use.rejected, use.tries) == (4, 18, 6, 24)
    assert use.rejected_percent == pytest.approx(25)
    assert use.hal_deaths == 3


def test_only_what_the_version_counts_is_a_count() -> None:
    assert parse_biometrics(OLD).counts == {"enrolled": 4, "tries": 24}
    entry = {**ENTRY, "acquire": 40, "lockout": 1, "lockoutCrypto": 1, "permanentLockout": 0}
    assert parse_biometrics(json.dumps({"prints": [entry, ENTRY]})).counts == {
        "enrolled": 4,
        "tries": 24,
        "acquired": 40,
        "lockouts": 2,
        "permanent_lockouts": 0,
    }


AIDL = "android.hardware.biometrics.fingerprint.IFingerprint/default"
HIDL = "vendor.acme.hardware.biometrics.fingerprint@2.1::IAcmeFingerprint"


@pytest.mark.parametrize(
    ("services", "interfaces", "found"),
    [
        ({AIDL, "battery"}, None, AIDL),
        ({"fingerprint"}, {HIDL}, HIDL),
        ({"fingerprint"}, {"android.hardware.health@2.1::IHealth"}, ""),
        ({"fingerprint"}, None, None),
        (None, None, None),
    ],
)
def test_the_service_of_the_hardware(
    services: set[str] | None, interfaces: set[str] | None, found: str | None
) -> None:
    assert find_hal("fingerprint", services, interfaces) == found


def test_android_12_counts_too() -> None:
    use = parse_biometrics(NEW)
    assert (use.tries, use.hal_deaths) == (12, 0)


def test_no_tries_give_no_share() -> None:
    use = parse_biometrics('{"prints":[{"id":0,"accept":0,"reject":0}]}\n')
    assert (use.has_counters, use.rejected_percent) == (True, None)


def test_counts_no_phone_can_have_count_as_nothing() -> None:
    entry = {"accept": -1, "reject": True, "count": 10**40, "acceptCrypto": None}
    use = parse_biometrics(json.dumps({"prints": [entry, "x", 3]}))
    assert (use.tries, use.enrolled) == (0, 0)


def test_motors() -> None:
    assert parse_vibrators("0\n1\n") == (0, 1)
    assert parse_vibrators("No vibrator found\n") == ()


@pytest.mark.parametrize("text", ["", "{}", "[1]", "{" * 50_000, '{"prints": 3}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_biometrics(text)
    with pytest.raises(ParseError):
        parse_vibrators(text + "x")


@given(st.one_of(st.text(max_size=400), mutated((OLD, NEW, "0\n1\n"))))
def test_only_parse_errors(text: str) -> None:
    with contextlib.suppress(ParseError):
        assert parse_biometrics(text).tries >= 0
    with contextlib.suppress(ParseError):
        parse_vibrators(text)

"""radio.nfc: off is no fault; gone or never settled is."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.testing import absent, denied, interpret_probe, measurement

PHONE = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n"
DECLARED = "feature:android.hardware.telephony\nfeature:android.hardware.nfc\n"


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("on", Outcome.PASS),
        ("off", Outcome.PASS),
        ("turning on", Outcome.ATTENTION),
        ("turning off", Outcome.ATTENTION),
    ],
)
def test_states(state: str, outcome: Outcome) -> None:
    result = interpret_probe("radio.nfc", {"dumpsys nfc": f"mState={state}\nmTechMask: null\n"})
    assert result.outcome is outcome
    assert measurement(result, "state").value == state


@pytest.mark.parametrize(
    ("features", "properties", "outcome"),
    [
        (DECLARED, PHONE, Outcome.ATTENTION),
        (DECLARED, "[ro.build.type]: [eng]\n", Outcome.OBSERVED),
        ("feature:android.hardware.wifi\n", PHONE, Outcome.NOT_APPLICABLE),
        ("", PHONE, Outcome.NOT_RUN),
    ],
)
def test_no_service(features: str, properties: str, outcome: Outcome) -> None:
    answers: dict[str, str | bytes | Reply] = {
        "dumpsys nfc": absent("nfc"),
        "pm list features": features,
        "getprop": properties,
    }
    assert interpret_probe("radio.nfc", answers).outcome is outcome


def test_refused_is_not_run() -> None:
    answers: dict[str, str | bytes | Reply] = {
        "dumpsys nfc": denied("dumpsys nfc"),
        "pm list features": DECLARED,
    }
    assert interpret_probe("radio.nfc", answers).outcome is Outcome.NOT_RUN


def test_another_form_is_our_error() -> None:
    assert interpret_probe("radio.nfc", {"dumpsys nfc": "hello\n"}).outcome is Outcome.ERROR

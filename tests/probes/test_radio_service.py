"""radio.service: registration counts only where a card is ready and flight mode is off."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

TELEPHONY = "feature:android.hardware.telephony\n"
NAMES = {0: "IN_SERVICE", 1: "OUT_OF_SERVICE", 3: "POWER_OFF"}


def registry(voice: int, data: int, *, emergency: bool = False) -> str:
    return (
        "last known state:\n  Phone Id=0\n    mCallIncomingNumber=\n"
        f"    mServiceState={{mVoiceRegState={voice}({NAMES[voice]}),"
        f" mDataRegState={data}({NAMES[data]}), mIsEmergencyOnly={str(emergency).lower()}}}\n"
    )


def judge(answer: str, *, sim: str = "LOADED", airplane: str = "0") -> ProbeResult:
    return interpret_probe(
        "radio.service",
        {
            "dumpsys telephony.registry": answer,
            "getprop": f"[gsm.sim.state]: [{sim}]\n",
            "pm list features": TELEPHONY,
            "settings get global airplane_mode_on": airplane,
        },
    )


@pytest.mark.parametrize(
    ("answer", "state", "outcome"),
    [
        (registry(0, 0), "in_service", Outcome.PASS),
        (registry(1, 0), "in_service", Outcome.PASS),
        (registry(1, 1), "out_of_service", Outcome.ATTENTION),
        (registry(1, 1, emergency=True), "emergency_only", Outcome.ATTENTION),
        (registry(3, 3), "power_off", Outcome.ATTENTION),
    ],
)
def test_with_a_card(answer: str, state: str, outcome: Outcome) -> None:
    result = judge(answer)
    assert measurement(result, "state.1").value == state
    assert result.outcome is outcome


@pytest.mark.parametrize(("sim", "airplane"), [("ABSENT", "0"), ("LOADED", "1"), ("", "null")])
def test_without_a_card_or_in_flight_mode_it_is_only_read(sim: str, airplane: str) -> None:
    assert judge(registry(1, 1), sim=sim, airplane=airplane).outcome is Outcome.OBSERVED


def test_refused_and_absent() -> None:
    command = "dumpsys telephony.registry"
    refused = interpret_probe("radio.service", {command: denied(command)})
    assert (refused.outcome, refused.reason) == (Outcome.NOT_RUN, Reason.DENIED)
    gone = interpret_probe("radio.service", {command: absent("telephony.registry")})
    assert (gone.outcome, gone.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
    tablet = interpret_probe("radio.service", {"pm list features": "feature:a.b.c\n"})
    assert tablet.outcome is Outcome.NOT_APPLICABLE


def test_a_registry_that_knows_no_modem_is_no_error() -> None:
    assert judge("last known state:\n  mDefaultSubId=-1\n").outcome is Outcome.NOT_RUN


def test_another_form_is_our_error_not_the_phones() -> None:
    assert judge("last known state:\n  Phone Id=0\n    nothing\n").outcome is Outcome.ERROR

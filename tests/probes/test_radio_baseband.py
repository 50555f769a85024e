"""radio.baseband: an answer of the modem, and when its silence counts."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

PHONE = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n"
TELEPHONY = "feature:android.hardware.telephony\nfeature:android.hardware.wifi\n"
DEAD = "[gsm.version.baseband]: [,]\n[gsm.sim.state]: [UNKNOWN,UNKNOWN]\n"
OFF = (
    "  Phone Id=0\n    mServiceState={mVoiceRegState=3(POWER_OFF), mDataRegState=3(POWER_OFF), x\n"
)
SEARCHING = OFF.replace("3(POWER_OFF)", "1(OUT_OF_SERVICE)")


def judge(
    properties: str, *, features: str = TELEPHONY, airplane: str = "0", registry: str = OFF
) -> ProbeResult:
    return interpret_probe(
        "radio.baseband",
        {
            "getprop": PHONE + properties,
            "pm list features": features,
            "settings get global airplane_mode_on": f"{airplane}\n",
            "dumpsys telephony.registry": registry,
        },
    )


def test_a_modem_that_states_its_firmware_answers() -> None:
    result = judge("[gsm.version.baseband]: [M1.2,M1.2]\n")
    assert result.outcome is Outcome.PASS
    assert measurement(result, "version").value == "M1.2"


def test_a_silent_modem_fails_on_the_makers_image() -> None:
    result = judge(DEAD)
    assert result.outcome is Outcome.FAIL
    assert "modem does not answer" in result.findings[0].text.en


def test_a_silent_modem_of_a_changed_system_asks_for_attention() -> None:
    result = judge(DEAD.replace("UNKNOWN", "NOT_READY") + "[ro.build.type]: [userdebug]\n")
    assert result.outcome is Outcome.ATTENTION


@pytest.mark.parametrize("airplane", ["1", "null"])
def test_flight_mode_or_its_doubt_is_no_fault(airplane: str) -> None:
    result = judge(DEAD, airplane=airplane)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DEPENDENCY)


@pytest.mark.parametrize("state", ["LOADED,ABSENT", "PIN_REQUIRED"])
def test_an_answer_about_a_slot_is_a_living_modem(state: str) -> None:
    assert judge(f"[gsm.sim.state]: [{state}]\n").outcome is Outcome.PASS


@pytest.mark.parametrize("state", ["ABSENT,ABSENT", "ABSENT", "SOMETHING_NEW"])
def test_no_card_and_no_firmware_prove_nothing(state: str) -> None:
    assert judge(f"[gsm.sim.state]: [{state}]\n").outcome is Outcome.NOT_RUN


def test_a_modem_that_searches_is_alive_though_it_publishes_nothing() -> None:
    assert judge(DEAD, registry=SEARCHING).outcome is Outcome.PASS


def test_hidden_properties_are_no_silence() -> None:
    """HUAWEI CLS-AL00 shows an app no `gsm.` property at all."""
    result = judge("[ro.baseband]: [unknown]\n", registry="")
    assert result.outcome is Outcome.NOT_RUN


def test_a_wifi_tablet_has_none() -> None:
    result = judge("[ro.radio.noril]: [yes]\n", features="feature:android.hardware.wifi\n")
    assert result.outcome is Outcome.NOT_APPLICABLE


def test_refused_properties_are_not_run() -> None:
    result = interpret_probe("radio.baseband", {"getprop": denied("getprop")})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

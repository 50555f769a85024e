"""radio.bluetooth: off on purpose is no fault, off though switched on is."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

COMMAND = "dumpsys bluetooth_manager"


def dump(state: str = "ON", *, address: str = "<mac:12ab>", crashes: int = 0) -> str:
    return (
        f"Bluetooth Status\n  enabled: {str(state == 'ON').lower()}\n  state: {state}\n"
        f"  address: {address}\n  name: <name:12ab>\n\nBluetooth crashed {crashes} times\n"
    )


def judge(answer: str, *, switch: str = "1", airplane: str = "0") -> ProbeResult:
    return interpret_probe(
        "radio.bluetooth",
        {
            COMMAND: answer,
            "settings get global bluetooth_on": switch,
            "settings get global airplane_mode_on": airplane,
            "getprop": "[a.b]: [c]\n",
        },
    )


def test_on_passes() -> None:
    result = judge(dump())
    assert result.outcome is Outcome.PASS
    assert measurement(result, "state").value == "ON"


@pytest.mark.parametrize(("switch", "airplane"), [("0", "0"), ("1", "1"), ("null", "0")])
def test_off_on_purpose_is_no_fault(switch: str, airplane: str) -> None:
    result = judge(dump("OFF", address="null"), switch=switch, airplane=airplane)
    assert result.outcome in (Outcome.PASS, Outcome.OBSERVED)


@pytest.mark.parametrize("state", ["OFF", "BLE_TURNING_ON", "TURNING_ON"])
def test_switched_on_but_not_on(state: str) -> None:
    assert judge(dump(state)).outcome is Outcome.ATTENTION


def test_many_crashes_and_a_lost_address_ask_for_attention() -> None:
    assert judge(dump(crashes=1)).outcome is Outcome.PASS
    assert judge(dump(crashes=9)).outcome is Outcome.ATTENTION
    assert judge(dump(address="00:00:00:00:00:00")).outcome is Outcome.ATTENTION


def test_hidden_bytes_of_the_address_are_an_address() -> None:
    result = judge(dump(address="XX:XX:XX:XX:00:00"))
    assert measurement(result, "address").value is True


def test_refused_absent_and_not_declared() -> None:
    refused = interpret_probe("radio.bluetooth", {COMMAND: denied(COMMAND)})
    assert (refused.outcome, refused.reason) == (Outcome.NOT_RUN, Reason.DENIED)
    gone = interpret_probe("radio.bluetooth", {COMMAND: absent("bluetooth_manager")})
    assert (gone.outcome, gone.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
    none = interpret_probe("radio.bluetooth", {"pm list features": "feature:a.b.c\n"})
    assert none.outcome is Outcome.NOT_APPLICABLE


def test_another_form_is_our_error() -> None:
    assert judge("Something else\n").outcome is Outcome.ERROR

"""radio.sim: an empty slot is no fault, a card that cannot be read asks for attention."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

TELEPHONY = "feature:android.hardware.telephony\n"


def judge(states: str, *, airplane: str = "0", features: str = TELEPHONY) -> ProbeResult:
    return interpret_probe(
        "radio.sim",
        {
            "getprop": f"[gsm.sim.state]: [{states}]\n",
            "pm list features": features,
            "settings get global airplane_mode_on": f"{airplane}\n",
        },
    )


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        ("LOADED,ABSENT", Outcome.PASS),
        ("READY", Outcome.PASS),
        ("ABSENT,ABSENT", Outcome.OBSERVED),
        ("PIN_REQUIRED,ABSENT", Outcome.OBSERVED),
        ("UNKNOWN", Outcome.OBSERVED),
        ("CARD_IO_ERROR,ABSENT", Outcome.ATTENTION),
        ("PERM_DISABLED", Outcome.ATTENTION),
        ("NOT_READY,LOADED", Outcome.PASS),  # the owner switched the other slot off
        ("NOT_READY,ABSENT", Outcome.ATTENTION),
    ],
)
def test_states(states: str, outcome: Outcome) -> None:
    assert judge(states).outcome is outcome


@pytest.mark.parametrize("airplane", ["1", "null"])
def test_not_ready_in_flight_mode_is_no_fault(airplane: str) -> None:
    assert judge("NOT_READY,NOT_READY", airplane=airplane).outcome is Outcome.OBSERVED


@pytest.mark.parametrize(
    "also",
    [
        "[gsm.sim.operator.numeric]: [26201,]\n",
        "[init.svc.vendor.ril-daemon]: [restarting]\n",
        "[vendor.peripheral.modem.state]: [OFFLINE]\n",
    ],
)
def test_a_card_that_was_read_or_a_modem_that_restarts_is_no_broken_reader(also: str) -> None:
    output = f"[gsm.sim.state]: [NOT_READY,ABSENT]\n{also}"
    result = interpret_probe(
        "radio.sim", {"getprop": output, "settings get global airplane_mode_on": "0\n"}
    )
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "slot.1").note is not None


def test_slots_are_counted_and_bounded() -> None:
    result = judge(",".join(["LOADED"] * 5000))
    assert measurement(result, "cards").value == 4
    assert len(result.measurements) == 5


def test_no_state_is_not_run_and_no_modem_not_applicable() -> None:
    assert judge("").outcome is Outcome.NOT_RUN
    assert judge("", features="feature:android.hardware.wifi\n").outcome is Outcome.NOT_APPLICABLE


def test_refused() -> None:
    result = interpret_probe("radio.sim", {"getprop": denied("getprop")})
    assert result.outcome is Outcome.NOT_RUN

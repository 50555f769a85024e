"""startup.state: what answers is alive, and no sentence says more."""

from __future__ import annotations

import json

import pytest

from diagnose.ladder.state import State, words_for
from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

PROBE = "startup.state"


def faces(state: str) -> str:
    return json.dumps({"faces": [{"channel": "usb", "state": state}], "state": state})


@pytest.mark.parametrize("state", State)
def test_every_state_gives_its_rung_and_its_words(state: State) -> None:
    found = interpret_probe(PROBE, {"host:faces": faces(state)})
    rung = measurement(found, "rung")
    assert rung.value == words_for(state).rung.value
    unjudged = {"system": Outcome.OBSERVED, "system_closed": Outcome.OBSERVED}
    expected = unjudged | {"unknown": Outcome.OBSERVED}
    assert rung.outcome is expected.get(str(rung.value), Outcome.ATTENTION)
    (output,) = found.findings
    assert words_for(state).title.zh in output.text.zh
    assert output.advice == (None if state is State.DEVICE else words_for(state).next_step)


def test_android_behind_a_black_screen() -> None:
    found = interpret_probe(PROBE, {"host:faces": faces("debugging_off"), "usb:aoa-protocol": "2"})
    assert measurement(found, "android_alive").value is True


@pytest.mark.parametrize("answer", ["0", "", "65535", "noise"])
def test_another_answer_says_nothing(answer: str) -> None:
    found = interpret_probe(PROBE, {"host:faces": faces("charge_only"), "usb:aoa-protocol": answer})
    assert "startup.state.android_alive" not in [m.id for m in found.measurements]


def test_fastboot_of_the_recovery_is_told_apart() -> None:
    found = interpret_probe(
        PROBE, {"host:faces": faces("fastboot"), "fastboot:getvar is-userspace": "yes"}
    )
    assert measurement(found, "state").value == "fastbootd"
    assert measurement(found, "rung").value == "recovery"


@pytest.mark.parametrize(
    "answer", ["", "{}", '{"state": "flying"}', "[]", '{"state": null}', "\x1b["]
)
def test_what_is_no_list_of_faces_gives_no_verdict(answer: str) -> None:
    found = interpret_probe(PROBE, {"host:faces": answer})
    assert found.outcome in (Outcome.ERROR, Outcome.NOT_RUN)

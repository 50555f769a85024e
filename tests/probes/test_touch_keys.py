"""Keys and switches."""

from __future__ import annotations

import pytest
from tests.probes.senses_words import EMULATOR, RELEASE, TABLET, features, getevent

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

ALL = ("KEY_POWER", "KEY_VOLUMEUP", "KEY_VOLUMEDOWN")
CABLE = ("KEY_MEDIA", "KEY_VOLUMEUP", "KEY_VOLUMEDOWN")


def judged(answer: str | Reply, properties: str = RELEASE) -> ProbeResult:
    answers = {"getevent -lp": answer, "pm list features": features(), "getprop": properties}
    return interpret_probe("touch.keys", answers)


def test_all_keys_are_there() -> None:
    result = judged(getevent(*ALL, jack=CABLE))
    assert result.outcome is Outcome.PASS
    assert measurement(result, "headphones").value is False


def test_the_keys_of_a_headset_are_not_the_phones() -> None:
    result = judged(getevent("KEY_POWER", jack=CABLE))
    assert measurement(result, "volume_up").outcome is Outcome.ATTENTION


def test_the_keys_of_a_joined_keyboard_are_not_the_phones_and_hide_what_is_missing() -> None:
    """No word of `getevent` says what a device hangs on: a key that only it bears is not known."""
    healthy = judged(getevent(*ALL, keyboard=("KEY_VOLUMEUP", "KEY_VOLUMEDOWN*")))
    assert healthy.outcome is Outcome.PASS
    assert measurement(healthy, "state.volume_down").value == "released"
    broken = judged(getevent("KEY_POWER", "KEY_VOLUMEDOWN", keyboard=("KEY_VOLUMEUP",)))
    assert measurement(broken, "volume_up").value is None
    assert measurement(broken, "volume_down").outcome is Outcome.PASS
    alone = judged(getevent("KEY_POWER", keyboard=ALL), EMULATOR)
    assert measurement(alone, "volume_up").value is True, "an emulator has no other keys"


@pytest.mark.parametrize("properties", [TABLET, EMULATOR])
def test_what_is_no_phone_owes_no_keys(properties: str) -> None:
    assert measurement(judged(getevent("KEY_POWER"), properties), "volume_up").outcome is (
        Outcome.OBSERVED
    )


def test_a_key_that_is_held() -> None:
    result = judged(getevent("KEY_POWER", "KEY_VOLUMEUP", "KEY_VOLUMEDOWN*"))
    assert measurement(result, "state.volume_down").outcome is Outcome.ATTENTION
    assert measurement(result, "state.power").outcome is Outcome.PASS


def test_refused() -> None:
    result = judged(denied("getevent -lp"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

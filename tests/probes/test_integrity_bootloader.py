"""The bootloader's lock: several statements, the most trusted counts."""

from __future__ import annotations

import pytest
from tests.probes.property_words import EMULATOR, getprop

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

UNLOCKED = {
    "ro.boot.vbmeta.device_state": "unlocked",
    "ro.boot.verifiedbootstate": "orange",
    "ro.boot.flash.locked": "0",
}


def test_locked() -> None:
    result = interpret_probe("integrity.bootloader", {"getprop": getprop()})
    assert result.outcome is Outcome.PASS
    assert len(measurement(result, "locked").readings) == 3


def test_unlocked_is_attention_never_a_fault() -> None:
    result = interpret_probe("integrity.bootloader", {"getprop": getprop({**UNLOCKED})})
    assert result.outcome is Outcome.ATTENTION


def test_vbmeta_outweighs_a_contradicting_older_property() -> None:
    words = getprop({"ro.boot.flash.locked": "0"})
    locked = measurement(interpret_probe("integrity.bootloader", {"getprop": words}), "locked")
    assert locked.value is True
    assert [str(r.note) for r in locked.readings if r.chosen] == ["ro.boot.vbmeta.device_state"]
    assert locked.evidence[0].raw == "[ro.boot.vbmeta.device_state]: [locked]"


@pytest.mark.parametrize(("bit", "outcome"), [("0", Outcome.PASS), ("1", Outcome.ATTENTION)])
def test_samsung_warranty_fuse(bit: str, outcome: Outcome) -> None:
    words = getprop({"ro.boot.warranty_bit": bit})
    result = interpret_probe("integrity.bootloader", {"getprop": words})
    assert measurement(result, "warranty_bit_set").outcome is outcome


def test_phone_that_says_nothing_is_not_run() -> None:
    words = getprop(dict.fromkeys(UNLOCKED))
    result = interpret_probe("integrity.bootloader", {"getprop": words})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_emulator() -> None:
    words = getprop({**EMULATOR, **UNLOCKED})
    result = interpret_probe("integrity.bootloader", {"getprop": words})
    assert result.outcome is Outcome.NOT_APPLICABLE

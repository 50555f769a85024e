"""Slots and unfinished updates."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

SLOTS: dict[str, str | None] = {"ro.build.ab_update": "true", "ro.boot.slot_suffix": "_b"}


def test_slots() -> None:
    result = interpret_probe("system.update", {"getprop": getprop(SLOTS)})
    assert measurement(result, "two_slots").value is True
    assert measurement(result, "slot").value == "b"
    assert result.outcome is Outcome.OBSERVED


def test_phone_with_one_slot() -> None:
    result = interpret_probe("system.update", {"getprop": getprop()})
    assert measurement(result, "two_slots").value is False
    assert measurement(result, "unfinished").value is None


@pytest.mark.parametrize(
    ("state", "outcome"), [("stopped", Outcome.PASS), ("running", Outcome.ATTENTION)]
)
def test_merge_of_an_update(state: str, outcome: Outcome) -> None:
    words = getprop({**SLOTS, "init.svc.snapuserd": state})
    result = interpret_probe("system.update", {"getprop": words})
    assert measurement(result, "unfinished").outcome is outcome

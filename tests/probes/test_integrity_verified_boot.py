"""Verified boot: green, yellow, orange, red, and phones older than it."""

from __future__ import annotations

import pytest
from tests.probes.property_words import EMULATOR, getprop

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("green", Outcome.PASS),
        ("yellow", Outcome.ATTENTION),
        ("orange", Outcome.ATTENTION),
        ("red", Outcome.FAIL),
        ("violet", Outcome.OBSERVED),
    ],
)
def test_state(state: str, outcome: Outcome) -> None:
    words = getprop({"ro.boot.verifiedbootstate": state})
    result = interpret_probe("integrity.verified_boot", {"getprop": words})
    assert measurement(result, "state").outcome is outcome


def test_refusing_damaged_data_is_protection() -> None:
    result = interpret_probe(
        "integrity.verified_boot", {"getprop": getprop({"ro.boot.veritymode": "eio"})}
    )
    found = measurement(result, "verity_mode")
    assert (found.outcome, found.note is not None) == (Outcome.OBSERVED, True)
    assert result.findings == ()


@pytest.mark.parametrize("mode", ["logging", "disabled"])
def test_unprotected_system_partition(mode: str) -> None:
    words = getprop({"ro.boot.veritymode": mode})
    result = interpret_probe("integrity.verified_boot", {"getprop": words})
    assert result.outcome is Outcome.ATTENTION


def test_old_phone_without_verified_boot_is_not_run() -> None:
    words = getprop({"ro.boot.verifiedbootstate": None, "ro.boot.veritymode": None})
    result = interpret_probe("integrity.verified_boot", {"getprop": words})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_emulator() -> None:
    words = getprop({**EMULATOR, "ro.boot.verifiedbootstate": "orange"})
    result = interpret_probe("integrity.verified_boot", {"getprop": words})
    assert result.outcome is Outcome.NOT_APPLICABLE

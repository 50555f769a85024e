"""Encryption: required of phones sold with Android 10 and later."""

from __future__ import annotations

import pytest
from tests.probes.property_words import EMULATOR, getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


def test_encrypted() -> None:
    result = interpret_probe("integrity.encryption", {"getprop": getprop()})
    assert result.outcome is Outcome.PASS
    assert measurement(result, "kind").value == "file"


@pytest.mark.parametrize(
    ("launched", "outcome"),
    [("29", Outcome.ATTENTION), ("28", Outcome.OBSERVED), (None, Outcome.OBSERVED)],
)
def test_unencrypted(launched: str | None, outcome: Outcome) -> None:
    words = getprop({"ro.crypto.state": "unencrypted", "ro.product.first_api_level": launched})
    result = interpret_probe("integrity.encryption", {"getprop": words})
    assert measurement(result, "state").outcome is outcome


@pytest.mark.parametrize("state", ["", None, "unsupported"])
def test_not_stated_or_unknown_is_no_pass(state: str | None) -> None:
    words = getprop({"ro.crypto.state": state})
    outcome = interpret_probe("integrity.encryption", {"getprop": words}).outcome
    assert outcome in (Outcome.NOT_RUN, Outcome.OBSERVED)


def test_emulator() -> None:
    result = interpret_probe("integrity.encryption", {"getprop": getprop({**EMULATOR})})
    assert result.outcome is Outcome.NOT_APPLICABLE

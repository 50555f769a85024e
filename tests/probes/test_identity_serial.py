"""The serial number: only whether it is stated, never the number."""

from __future__ import annotations

from tests.probes.property_words import getprop

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


def test_serial_number_is_stated_and_not_shown() -> None:
    result = interpret_probe("identity.serial", {"getprop": getprop()})
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "stated").value is True
    assert measurement(result, "forms_agree").value is True


def test_hidden_serial_number_is_no_fault() -> None:
    words = getprop({"ro.serialno": None, "ro.boot.serialno": ""})
    result = interpret_probe("identity.serial", {"getprop": words})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_one_place_is_enough() -> None:
    result = interpret_probe("identity.serial", {"getprop": getprop({"ro.boot.serialno": None})})
    assert [found.id for found in result.measurements] == ["identity.serial.stated"]

"""Owned by an organisation, or not, or not stated."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


@pytest.mark.parametrize("name", ["ro.organization_owned", "ro.device_owner"])
@pytest.mark.parametrize(("answer", "outcome"), [("true", "attention"), ("false", "pass")])
def test_what_the_system_states(name: str, answer: str, outcome: str) -> None:
    result = interpret_probe("integrity.management", {"getprop": getprop({name: answer})})
    assert result.outcome is Outcome(outcome)
    assert measurement(result, "organisation").evidence[0].raw == f"[{name}]: [{answer}]"


def test_one_yes_outweighs_a_no() -> None:
    words = getprop({"ro.device_owner": "true", "ro.organization_owned": "false"})
    assert interpret_probe("integrity.management", {"getprop": words}).outcome is Outcome.ATTENTION


@pytest.mark.parametrize("answer", [None, "", "maybe"])
def test_what_is_not_stated_is_not_passed(answer: str | None) -> None:
    words = getprop({"ro.organization_owned": answer})
    assert interpret_probe("integrity.management", {"getprop": words}).outcome is Outcome.NOT_RUN

"""Owned by an organisation, or not, or not stated."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


@pytest.mark.parametrize("name", ["ro.organization_owned", "ro.device_owner"])
@pytest.mark.parametrize(("said", "outcome"), [("true", "attention"), ("false", "pass")])
def test_what_the_system_states(name: str, said: str, outcome: str) -> None:
    result = interpret_probe("integrity.management", {"getprop": getprop({name: said})})
    assert result.outcome is Outcome(outcome)
    assert measurement(result, "organisation").evidence[0].raw == f"[{name}]: [{said}]"


def test_one_yes_outweighs_a_no() -> None:
    words = getprop({"ro.device_owner": "true", "ro.organization_owned": "false"})
    assert interpret_probe("integrity.management", {"getprop": words}).outcome is Outcome.ATTENTION


@pytest.mark.parametrize("said", [None, "", "maybe"])
def test_what_is_not_stated_is_not_passed(said: str | None) -> None:
    words = getprop({"ro.organization_owned": said})
    assert interpret_probe("integrity.management", {"getprop": words}).outcome is Outcome.NOT_RUN

"""Widevine as far as the shell may know."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

SERVICE = "init.svc.vendor.drm-widevine-hal"


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("running", Outcome.PASS),
        ("stopped", Outcome.OBSERVED),
        ("restarting", Outcome.ATTENTION),
    ],
)
def test_service(state: str, outcome: Outcome) -> None:
    result = interpret_probe("system.drm", {"getprop": getprop({SERVICE: state})})
    assert measurement(result, "service").outcome is outcome


def test_level_where_the_maker_states_it() -> None:
    words = getprop({"sys.lenovo.widevine_security_level": "L1"})
    result = interpret_probe("system.drm", {"getprop": words})
    assert measurement(result, "level").value == "L1"


def test_level_is_unread_where_only_apps_know_it() -> None:
    result = interpret_probe("system.drm", {"getprop": getprop({SERVICE: "running"})})
    assert measurement(result, "level").value is None


def test_phone_that_says_nothing_is_not_run() -> None:
    assert interpret_probe("system.drm", {"getprop": getprop()}).outcome is Outcome.NOT_RUN

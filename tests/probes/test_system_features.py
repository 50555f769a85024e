"""Declared features, alone and against what a profile knows."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement

COMMAND = "pm list features"
LISTED = (
    "feature:reqGlEsVersion=0x30002\nfeature:android.hardware.nfc\nfeature:android.hardware.uwb\n"
)


def test_count_and_notable() -> None:
    result = interpret_probe("system.features", {COMMAND: LISTED})
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "count").value == 3
    assert measurement(result, "notable").value == ("nfc", "uwb")


def test_libraries_for_apps_are_counted() -> None:
    libraries = "library:android.test.base\nlibrary:com.google.android.maps\n"
    answers = {COMMAND: LISTED, "pm list libraries": libraries}
    assert measurement(interpret_probe("system.features", answers), "libraries").value == 2
    answers["pm list libraries"] = "Error: unknown list type 'libraries'\n"
    assert measurement(interpret_probe("system.features", answers), "libraries").value is None


@pytest.mark.parametrize(
    ("expected", "outcome"),
    [
        (("android.hardware.nfc",), Outcome.PASS),
        (("android.hardware.nfc", "android.hardware.fingerprint"), Outcome.ATTENTION),
    ],
)
def test_against_the_profile(expected: tuple[str, ...], outcome: Outcome) -> None:
    facts = {"declared_features": expected}
    result = interpret_probe("system.features", {COMMAND: LISTED}, facts=facts)
    assert measurement(result, "complete").outcome is outcome


def test_nfc_lost() -> None:
    output = "feature:android.hardware.wifi\n"
    result = interpret_probe("system.features", {COMMAND: output}, facts={"nfc": True})
    assert measurement(result, "nfc").outcome is Outcome.ATTENTION


def test_refused() -> None:
    result = interpret_probe("system.features", {COMMAND: denied(COMMAND)})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_no_feature_at_all_is_our_error_not_the_phones() -> None:
    result = interpret_probe("system.features", {COMMAND: "Error: java.lang.Thing\n"})
    assert result.outcome is Outcome.ERROR

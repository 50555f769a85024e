"""Maintenance mode: known of two makers, never guessed of the others."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

USER, SETTING = "am get-current-user", "settings get global repair_mode_active"


def read(brand: str, user: str, setting: str, sdk: str = "35") -> object:
    properties = getprop({"ro.product.brand": brand, "ro.build.version.sdk": sdk})
    result = interpret_probe(
        "integrity.repair_mode", {"getprop": properties, USER: user, SETTING: setting}
    )
    if result.outcome is Outcome.NOT_RUN:
        return None
    assert result.outcome is Outcome.OBSERVED, "it is no fault of the phone"
    return measurement(result, "active").value


@pytest.mark.parametrize(
    ("brand", "user", "setting", "sdk", "active"),
    [
        ("samsung", "77\n", "null\n", "34", True),
        ("samsung", "0\n", "null\n", "34", False),
        ("google", "0\n", "1\n", "34", True),
        ("google", "0\n", "null\n", "34", False),
        ("google", "0\n", "null\n", "33", None),
        ("acme", "0\n", "0\n", "34", False),
        ("acme", "77\n", "null\n", "34", None),
    ],
)
def test_on_off_or_not_known(brand: str, user: str, setting: str, sdk: str, active: object) -> None:
    assert read(brand, user, setting, sdk) is active


@pytest.mark.parametrize("said", ["", "nobody\n", "-1\n", "7777777\n"])
def test_no_number_of_a_user(said: str) -> None:
    assert read("samsung", said, "null\n") is None

"""Maintenance mode: known of two makers, never guessed of the others."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.testing import denied, interpret_probe, measurement

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


@pytest.mark.parametrize("answer", ["", "nobody\n", "-1\n", "7777777\n"])
def test_no_number_of_a_user(answer: str) -> None:
    assert read("samsung", answer, "null\n") is None


REFUSED = denied("settings get global repair_mode_active")
SOLD = {"ro.build.type": "user", "ro.build.tags": "release-keys"}


def advised(brand: str, sdk: str, setting: str | Reply, user: str | Reply, **more: str) -> str:
    """What is remarked: `off`, `not_known`, or nothing."""
    known: dict[str, str | None] = {"ro.product.brand": brand, "ro.build.version.sdk": sdk}
    known |= SOLD | {f"ro.{name}": word for name, word in more.items()}
    answers = {"getprop": getprop(known), USER: user, SETTING: setting}
    result = interpret_probe("integrity.repair_mode", answers)
    assert result.outcome in (Outcome.OBSERVED, Outcome.NOT_RUN), "advice is no fault"
    assert all(finding.advice for finding in result.findings)
    return "".join(finding.id.rpartition(".")[2] for finding in result.findings)


@pytest.mark.parametrize(
    ("brand", "sdk", "setting", "user", "remark"),
    [
        ("google", "34", "null\n", "0\n", "off"),
        ("google", "36", REFUSED, "0\n", "not_known"),
        ("google", "36", "1\n", "0\n", ""),
        ("google", "33", "null\n", "0\n", ""),
        ("samsung", "33", "null\n", "0\n", "off"),
        ("samsung", "33", "null\n", "nobody\n", "not_known"),
        ("samsung", "34", "null\n", "77\n", ""),
        ("samsung", "32", "null\n", "0\n", ""),
        ("acme", "34", "0\n", "0\n", "off"),
        ("acme", "34", "1\n", "0\n", ""),
        ("acme", "34", "null\n", "0\n", ""),
        ("huawei", "29", "null\n", "0\n", ""),
    ],
)
def test_it_is_recommended_where_the_phone_has_it_and_it_is_not_on(
    brand: str, sdk: str, setting: str | Reply, user: str, remark: str
) -> None:
    assert advised(brand, sdk, setting, user) == remark


@pytest.mark.parametrize(
    "other",
    [
        {"build.tags": "test-keys", "boot.verifiedbootstate": "orange"},
        {"build.type": "userdebug"},
        {"hardware": "ranchu"},
        {"build.characteristics": "nosdcard,watch"},
        {"build.characteristics": "tablet"},
        {"config.low_ram": "true"},
        {"lineage.build.version": "22.1"},
    ],
)
def test_what_is_no_pixel_as_sold_is_not_told_of_a_mode_it_may_lack(other: dict[str, str]) -> None:
    assert advised("google", "35", "null\n", "0\n", **other) == ""

"""Treble, and generic system images."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

SOLD = {"ro.product.system.name": "mainline", "ro.gsid.image_running": "0"}


def test_makers_system() -> None:
    words = getprop({"ro.vndk.version": "33", **SOLD})
    result = interpret_probe("system.treble", {"getprop": words})
    assert result.outcome is Outcome.PASS
    assert measurement(result, "divided").value is True


@pytest.mark.parametrize(
    "change",
    [
        {"ro.product.system.name": "gsi_gms_arm64"},
        {"ro.product.system.name": "aosp_arm64_ab"},
        {"ro.gsid.image_running": "1"},
    ],
)
def test_generic_image(change: dict[str, str | None]) -> None:
    result = interpret_probe("system.treble", {"getprop": getprop(change)})
    assert result.outcome is Outcome.ATTENTION


def test_generic_boot_image_of_a_sold_phone_is_left_alone() -> None:
    words = getprop({"ro.product.bootimage.name": "gsi_arm64", **SOLD})
    assert interpret_probe("system.treble", {"getprop": words}).outcome is Outcome.PASS


def test_phone_older_than_treble() -> None:
    result = interpret_probe("system.treble", {"getprop": getprop({"ro.treble.enabled": None})})
    assert measurement(result, "divided").value is None
    assert result.outcome is Outcome.OBSERVED


@pytest.mark.parametrize(
    "change",
    [
        {"ro.boot.verifiedbootstate": "orange"},
        {"ro.boot.verifiedbootstate": "words"},
        {"ro.product.system.name": None},
    ],
)
def test_a_name_in_no_list_is_no_proof_without_the_bootloader(
    change: dict[str, str | None],
) -> None:
    result = interpret_probe("system.treble", {"getprop": getprop({**SOLD, **change})})
    assert result.outcome is Outcome.OBSERVED

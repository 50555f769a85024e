"""Machine code, width and the size of memory pages."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


@pytest.mark.parametrize(
    ("abis", "widths"),
    [
        ("arm64-v8a,armeabi-v7a,armeabi", "64 + 32 bit"),
        ("arm64-v8a", "64 bit only"),
        ("armeabi-v7a,armeabi", "32 bit only"),
    ],
)
def test_widths(abis: str, widths: str) -> None:
    words = getprop({"ro.product.cpu.abilist": abis})
    result = interpret_probe("system.abi", {"getprop": words})
    assert measurement(result, "widths").value == widths
    assert measurement(result, "abis").value == tuple(abis.split(","))


def test_old_phone_states_two_single_abis() -> None:
    words = getprop(
        {
            "ro.product.cpu.abilist": None,
            "ro.product.cpu.abi": "armeabi-v7a",
            "ro.product.cpu.abi2": "armeabi",
        }
    )
    result = interpret_probe("system.abi", {"getprop": words})
    assert measurement(result, "abis").value == ("armeabi-v7a", "armeabi")


def test_page_size_in_force_outweighs_the_bootloaders() -> None:
    words = getprop({"ro.boot.hardware.cpu.pagesize": "4096"})
    result = interpret_probe("system.abi", {"getprop": words, "getconf PAGE_SIZE": "16384\n"})
    pages = measurement(result, "page_size")
    assert (pages.value, len(pages.readings)) == (16384, 2)


@pytest.mark.parametrize("answer", ["0", "-1", "undefined", "4097", "", "9" * 5000])
def test_impossible_page_size_is_unread(answer: str) -> None:
    result = interpret_probe("system.abi", {"getprop": getprop(), "getconf PAGE_SIZE": answer})
    assert measurement(result, "page_size").value is None
    assert result.outcome is Outcome.OBSERVED


def test_phone_that_says_nothing_is_not_run() -> None:
    words = getprop({"ro.product.cpu.abilist": None})
    assert interpret_probe("system.abi", {"getprop": words}).outcome is Outcome.NOT_RUN

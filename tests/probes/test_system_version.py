"""System, Android and kernel version, and systems older than the phone."""

from __future__ import annotations

import pytest
from tests.probes.property_words import getprop

from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

KERNEL = "cat /proc/version"


def test_versions() -> None:
    answers = {"getprop": getprop(), KERNEL: "Linux version 6.6.30-android15 (x@y) #1\n"}
    result = interpret_probe("system.version", answers)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "system").value == "Android 15"
    assert measurement(result, "levels_since_launch").value == 2
    assert measurement(result, "kernel").value == "6.6.30-android15"


def test_older_than_it_was_sold_with() -> None:
    words = getprop({"ro.product.first_api_level": "36"})
    result = interpret_probe("system.version", {"getprop": words})
    assert measurement(result, "levels_since_launch").outcome is Outcome.ATTENTION


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, Outcome.OBSERVED),
        ({"latest_android": 15}, Outcome.OBSERVED),
        ({"latest_android": "Android 16"}, Outcome.OBSERVED),
        ({"launch_os": "Android 13"}, Outcome.PASS),
        ({"launch_os": "Android 16"}, Outcome.ATTENTION),
        ({"launch_os": "HarmonyOS 2"}, Outcome.OBSERVED),
    ],
)
def test_against_the_profile(facts: dict[str, Value], outcome: Outcome) -> None:
    result = interpret_probe("system.version", {"getprop": getprop()}, facts=facts)
    assert measurement(result, "android").outcome is outcome


HARMONY = {"hw_sc.build.platform.version": "2.0.0", "ro.build.version.incremental": ""}


@pytest.mark.parametrize(
    ("sold", "properties", "outcome"),
    [
        ("HarmonyOS 4.2", {"ro.build.version.incremental": "102.0.0.263C00"}, Outcome.ATTENTION),
        ("HarmonyOS 2.0", {"ro.build.version.incremental": "102.0.0.263C00"}, Outcome.PASS),
        ("HarmonyOS 4.2", {"ro.build.version.incremental": "104.2.0.130C00"}, Outcome.PASS),
        ("HarmonyOS 4.2", {"ro.build.version.incremental": "104.10.0.130C00"}, Outcome.PASS),
        # Outside China the same model is sold with EMUI: neither is older than the other.
        ("HarmonyOS 2.0", {"ro.build.version.emui": "EmotionUI_12.0.0"}, Outcome.OBSERVED),
        ("EMUI 12", {"ro.build.version.emui": "EmotionUI_11.0.0"}, Outcome.ATTENTION),
        ("HarmonyOS 2.0", {"ro.lineage.build.version": "21.0"}, Outcome.OBSERVED),
        (
            "HarmonyOS 4.2",
            {"ro.sys.anco.product.software.version": "PLA-AL10 5.0.0.102"},
            Outcome.PASS,
        ),
    ],
)
def test_the_maker_s_own_system_against_the_one_sold(
    sold: str, properties: dict[str, str | None], outcome: Outcome
) -> None:
    emui = "ro.build.version.emui" in properties
    words = getprop(properties if emui else {**HARMONY, **properties})
    result = interpret_probe("system.version", {"getprop": words}, facts={"launch_os": sold})
    assert measurement(result, "system").outcome is outcome
    assert result.outcome is not Outcome.FAIL


def test_a_newer_harmony_is_said() -> None:
    facts: dict[str, Value] = {"latest_os": "HarmonyOS 4.2", "launch_os": "HarmonyOS 2.0"}
    result = interpret_probe("system.version", {"getprop": getprop(dict(HARMONY))}, facts=facts)
    system = measurement(result, "system")
    assert system.outcome is Outcome.PASS
    assert system.note
    assert "HarmonyOS 4.2" in system.note.en
    assert measurement(result, "android").note is None


@pytest.mark.parametrize(("newest", "output"), [("Android 15", False), ("Android 16", True)])
def test_a_newer_system_than_this_one_is_said_and_never_judged(newest: str, output: bool) -> None:
    facts: dict[str, Value] = {"latest_android": newest, "launch_os": "Android 13"}
    result = interpret_probe("system.version", {"getprop": getprop()}, facts=facts)
    android = measurement(result, "android")
    assert android.outcome is Outcome.PASS
    assert bool(android.note) is output
    assert not output or (android.note and "Android 16" in android.note.en)


def test_hidden_kernel_is_unread() -> None:
    result = interpret_probe("system.version", {"getprop": getprop(), KERNEL: "no kernel"})
    assert measurement(result, "kernel").value is None


def test_no_version_at_all_is_not_run() -> None:
    words = getprop({"ro.build.version.release": None})
    assert interpret_probe("system.version", {"getprop": words}).outcome is Outcome.NOT_RUN

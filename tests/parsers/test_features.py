"""Declared features, and how far they bind."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.model.outcome import Outcome
from diagnose.parsers.system.features import TELEPHONY, find_pen, lacks_feature, parse_features
from diagnose.parsers.system.product import is_emulator
from diagnose.sdk.declaration import declared_part, usual_part

RELEASE = {"ro.build.type": "user", "ro.build.tags": "release-keys"}
PHONE = {TELEPHONY: ""}


def test_names_versions_and_comments() -> None:
    text = (
        "feature:reqGlEsVersion=0x30002\n"
        "feature:android.hardware.vulkan.version=4206592\n"
        "feature:android.hardware.microphone      // a note\n"
        "android.hardware.camera\n"
    )
    assert parse_features(text) == {
        "reqGlEsVersion": "0x30002",
        "android.hardware.vulkan.version": "4206592",
        "android.hardware.microphone": "",
        "android.hardware.camera": "",
    }


@pytest.mark.parametrize(
    ("name", "is_pen"),
    [
        ("com.sec.feature.spen_usp", True),
        ("com.sec.feature.spen_usp_level60", True),
        ("com.nvidia.feature.DirectStylus", True),
        ("com.acme.hardware.pen", True),
        ("android.hardware.opengles.aep", False),
        ("com.acme.pending.suspend_open", False),
        ("com.sec.feature.nsflp", False),
    ],
)
def test_a_pen_is_known_by_its_makers_word(name: str, is_pen: bool) -> None:
    assert find_pen({name: "", "android.hardware.wifi": ""}) == (name if is_pen else None)


def test_an_error_is_no_feature() -> None:
    with pytest.raises(ParseError):
        parse_features("Error: no such command\n")


@given(st.text(max_size=300))
def test_only_parse_errors(text: str) -> None:
    with contextlib.suppress(ParseError):
        assert parse_features(text)


def test_a_makers_phone_owes_what_it_declares() -> None:
    assert declared_part(RELEASE, PHONE).judge(value=False) is Outcome.FAIL
    assert declared_part(RELEASE, PHONE).judge(value=True) is Outcome.PASS


@pytest.mark.parametrize(
    ("properties", "features"),
    [
        (RELEASE, {}),  # a board or a box
        (RELEASE | {"ro.build.tags": "test-keys"}, PHONE),
        (RELEASE | {"ro.build.type": "userdebug"}, PHONE),
        (RELEASE | {"ro.kernel.qemu": "1"}, PHONE),
        ({}, PHONE),
    ],
)
def test_any_other_image_only_hints(properties: dict[str, str], features: dict[str, str]) -> None:
    assert declared_part(properties, features).judge(value=False) is Outcome.ATTENTION


def test_what_is_usual_holds_for_phones_alone() -> None:
    assert usual_part({}, {}) is None
    assert usual_part({"ro.build.characteristics": "nosdcard,tablet"}, PHONE) is None
    assert usual_part({"ro.hardware": "ranchu"}, PHONE) is None
    usual = usual_part({}, PHONE)
    assert usual is not None
    assert usual.judge(value=False) is Outcome.ATTENTION


def test_emulators_are_known() -> None:
    assert is_emulator({"ro.hardware": "ranchu"})
    assert not is_emulator({"ro.hardware": "qcom"})


MANY = tuple(f"android.hardware.{letter}" for letter in "abcdefghijklmnop")


def listed(*names: str) -> str:
    return "feature:reqGlEsVersion=0x30002\n" + "".join(f"feature:{name}\n" for name in names)


def test_what_stands_between_two_others_was_not_cut_off() -> None:
    whole = parse_features(listed(*MANY))
    assert lacks_feature(whole, "android.hardware.dd")
    assert not lacks_feature(whole, "android.hardware.d")


@pytest.mark.parametrize(
    "text",
    [
        listed(*MANY[:13]),  # cut behind
        listed(*reversed(MANY)),
        listed(*MANY, "android.software.x").replace("feature:android.hardware.m", "feature?m"),
    ],
)
def test_absence_from_a_list_that_may_be_a_part_is_nothing(text: str) -> None:
    assert not lacks_feature(parse_features(text), "android.hardware.nfc")


def test_a_list_that_was_not_heard_lacks_nothing() -> None:
    assert not lacks_feature(None, "android.hardware.nfc")

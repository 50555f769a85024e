"""The maker's name and version of the system, by the properties real phones carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.judging.identity import identify
from diagnose.parsers.system.operating_system import operating_system
from diagnose.parsers.system.product import is_emulator, product

CASES = [
    ({}, "Android", ""),
    ({"ro.build.version.release": "16"}, "Android", "16"),
    ({"ro.lineage.build.version": "23.0"}, "LineageOS", "23.0"),
    ({"ro.mi.os.version.incremental": "OS2.0.205.0.VMCCNXM"}, "HyperOS", "2.0.205.0"),
    ({"ro.mi.os.version.name": "OS1.0", "ro.miui.ui.version.name": "V816"}, "HyperOS", "1.0"),
    ({"ro.miui.ui.version.name": "V125"}, "MIUI", "12.5"),
    ({"ro.build.version.oneui": "60100"}, "One UI", "6.1"),
    ({"ro.build.version.oneui": "60101"}, "One UI", "6.1.1"),
    ({"ro.build.version.oneui": "100000"}, "One UI", "10.0"),
    ({"ro.build.version.sem": "2903"}, "One UI", "2.5"),
    ({"ro.build.version.emui": "EmotionUI_10.1.0"}, "EMUI", "10.1.0"),
    ({"hw_sc.build.platform.version": "4.2.0"}, "HarmonyOS", "4.2.0"),
    ({"ro.build.version.magic": "MagicOS_9.0.0"}, "MagicOS", "9.0.0"),
    ({"ro.build.version.magic": "3.1.1"}, "Magic UI", "3.1.1"),
    ({"ro.build.version.realmeui": "V6.0"}, "realme UI", "6.0"),
    ({"ro.vivo.os.build.display.id": "OriginOS 5"}, "OriginOS", "5"),
    ({"ro.vivo.os.build.display.id": "Funtouch OS_15"}, "Funtouch OS", "15"),
    ({"ro.build.display.id": "RedMagicOS10.0.12"}, "RedMagicOS", "10.0.12"),
    ({"ro.build.display.id": "X_USER_Q1.0_V_ZUXOS_1.1.350_ST_25"}, "ZUXOS", "1.1.350"),
]


@pytest.mark.parametrize(("properties", "name", "version"), CASES)
def test_system_by_its_property(properties: dict[str, str], name: str, version: str) -> None:
    found = operating_system(properties)
    assert (found.name, found.version) == (name, version)


@pytest.mark.parametrize(
    ("build", "name", "version"),
    [("103.0.0.167C00", "HarmonyOS", "3.0.0"), ("11.0.0.155C00", "EMUI", "11.0.0")],
)
def test_huawei_build_number_decides_between_two_names(build: str, name: str, version: str) -> None:
    found = operating_system(
        {
            "ro.build.version.emui": "EmotionUI_11.0.0",
            "hw_sc.build.platform.version": "2.0.0",
            "ro.build.version.incremental": build,
        }
    )
    assert (found.name, found.version) == (name, version)


@pytest.mark.parametrize("shown", ["JOYUI 12.5.3", "JOYUI_V12.5.3.0.RKLCNXM", "KLE joyui-12.5.3"])
def test_a_system_that_shows_its_own_name_is_not_the_one_below_it(shown: str) -> None:
    properties = {"ro.miui.ui.version.name": "V12", "ro.build.display.id": shown}
    found = operating_system(properties)
    assert found.name == "JOYUI"
    assert found.version.startswith("12.5.3")
    other = operating_system(properties | {"ro.build.display.id": "ENJOYUI 12.5.3"})
    assert other.name == "MIUI"


def test_miui_version_comes_from_the_build() -> None:
    found = operating_system(
        {
            "ro.miui.ui.version.name": "V140",
            "ro.build.version.incremental": "V14.0.10.0.TLSCNXM",
        }
    )
    assert (found.name, found.version) == ("MIUI", "14.0.10.0")


def test_harmony_next_is_not_taken_for_its_android_container() -> None:
    who = identify(
        {
            "ro.sys.anco.product.software.version": "ABC-AL10 6.0.0.100(SP6C00E47)",
            "hw_sc.build.platform.version": "4.0.0",
            "ro.build.version.emui": "EmotionUI_14.0.0",
            "ro.build.version.release": "12",
        }
    )
    assert (who.os, who.os_version, who.build) == (
        "HarmonyOS NEXT",
        "6.0.0",
        "ABC-AL10 6.0.0.100(SP6C00E47)",
    )


@pytest.mark.parametrize(("region", "name"), [("EX01", "OxygenOS"), ("CN01", "ColorOS")])
def test_oneplus_abroad_runs_oxygen(region: str, name: str) -> None:
    found = operating_system(
        {
            "ro.product.brand": "OnePlus",
            "ro.build.version.oplusrom.display": "14.0",
            "ro.build.display.id": f"AB1234_14.0.0.940({region})",
        }
    )
    assert (found.name, found.version) == (name, "14.0")


def test_community_build_is_marked() -> None:
    assert operating_system({"ro.lineage.build.version": "22.2"}).custom
    assert not operating_system({"ro.build.version.oneui": "70000"}).custom


def test_names_the_owner_gave_are_never_shown() -> None:
    who = identify(
        {
            "ro.product.model": "M1",
            "persist.sys.device_name": "Anna's phone",
            "persist.sys.devicename": "Anna's phone",
            "net.bt.name": "Anna's phone",
        }
    )
    assert "Anna" not in who.model_dump_json()


def test_generic_system_image_names_give_way_to_the_vendors() -> None:
    found = product({"ro.product.model": "generic_a15", "ro.product.odm.model": "ABC-1"})
    assert found.model == "ABC-1"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"ro.kernel.qemu": "1"}, True),
        ({"ro.kernel.qemu": "0", "ro.hardware": "qcom"}, False),
        ({"ro.hardware": "ranchu"}, True),
        ({"ro.hardware": "ranchu2"}, False),
        ({}, False),
    ],
)
def test_emulator(properties: dict[str, str], expected: bool) -> None:
    assert is_emulator(properties) is expected


def test_hostile_names_cannot_reach_a_terminal() -> None:
    who = identify({"ro.product.model": "\x1b[2J" + "A" * 5000, "ro.product.brand": "a\nb\u202e"})
    assert "\x1b" not in who.model
    assert len(who.model) <= 100
    assert "\n" not in who.brand
    assert "\u202e" not in who.brand


KEYS = sorted({key for properties, _, _ in CASES for key in properties})


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=60)))
def test_any_properties_give_an_identity(properties: dict[str, str]) -> None:
    who = identify(properties)
    assert (who.os == "") is (not properties)

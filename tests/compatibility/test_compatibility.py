"""Whether an app can run: fits, misses, doubts, and what is not known."""

from __future__ import annotations

import pytest

from diagnose.compatibility.requirements import AppRequirements
from diagnose.compatibility.verdict import check
from diagnose.model.compatibility import Check, Fit
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.system.features import parse_features
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.shell import run_command
from diagnose.text import decode

PHONE = {
    "ro.build.version.sdk": "34",
    "ro.product.cpu.abilist": "arm64-v8a,armeabi-v7a,armeabi",
    "ro.opengles.version": "196610",
}
FEATURES = {
    "reqGlEsVersion": "0x30002",
    "android.hardware.nfc": "",
    "android.hardware.vulkan.version": "4198400",
}


def only(wanted: AppRequirements, **more: object) -> Check:
    found = check(wanted, PHONE, FEATURES, **more)  # type: ignore[arg-type]
    (single,) = found.checks
    assert found.verdict is single.fit
    return single


@pytest.mark.parametrize(
    ("wanted", "fit"),
    [
        ({"min_sdk": 34}, Fit.FITS),
        ({"min_sdk": 35}, Fit.MISSES),
        ({"max_sdk": 34}, Fit.FITS),
        ({"max_sdk": 33}, Fit.DOUBTFUL),
        ({"target_sdk": 22}, Fit.MISSES),
        ({"abis": ("x86_64", "armeabi-v7a")}, Fit.FITS),
        ({"abis": ("x86_64",)}, Fit.MISSES),
        ({"features": ("android.hardware.nfc",)}, Fit.FITS),
        ({"features": ("android.hardware.nfc", "android.hardware.uwb")}, Fit.MISSES),
        ({"gl_es": "3.2"}, Fit.FITS),
        ({"gl_es": "3.10"}, Fit.MISSES),
        ({"vulkan": "1.1"}, Fit.FITS),
        ({"vulkan": "1.3"}, Fit.MISSES),
        ({"permissions": ("android.permission.READ_PROFILE",)}, Fit.DOUBTFUL),
        ({"libraries": ("com.google.android.maps",)}, Fit.UNKNOWN),
        ({"native_libraries": ("libOpenCL.so",)}, Fit.UNKNOWN),
        ({"static_libraries": ("com.google.android.trichromelibrary",)}, Fit.UNKNOWN),
        ({"needs_splits": True}, Fit.UNKNOWN),
        ({"shared_user": "android.uid.system"}, Fit.UNKNOWN),
        ({"is_test_only": True}, Fit.DOUBTFUL),
        ({"unclear": ("min_sdk",)}, Fit.UNKNOWN),
    ],
)
def test_one_requirement(wanted: dict[str, object], fit: Fit) -> None:
    stated = wanted if "target_sdk" in wanted else wanted | {"target_sdk": 34}
    assert only(AppRequirements.model_validate(stated)).fit is fit


def test_maps_are_missed_on_a_phone_without_google_services() -> None:
    wanted = AppRequirements(target_sdk=34, libraries=("com.google.android.maps",))
    assert only(wanted, libraries={"android.test.base"}).fit is Fit.MISSES
    assert only(wanted, libraries={"com.google.android.maps"}).fit is Fit.FITS


def test_native_libraries_are_asked_only_of_apps_built_for_android_12() -> None:
    old = AppRequirements(target_sdk=30, native_libraries=("libOpenCL.so",))
    assert check(old, PHONE, FEATURES).verdict is Fit.FITS


def test_a_target_that_is_not_said_does_not_fit_a_system_that_blocks_old_ones() -> None:
    silent = AppRequirements(min_sdk=24)
    assert check(silent, PHONE, FEATURES).verdict is Fit.UNKNOWN
    old = PHONE | {"ro.build.version.sdk": "33"}
    assert check(silent, old, FEATURES).verdict is Fit.FITS


def test_app_without_requirements_fits_a_phone_that_says_what_it_is() -> None:
    assert check(AppRequirements(target_sdk=34), PHONE, None).verdict is Fit.FITS
    assert check(AppRequirements(), {}, None).verdict is Fit.UNKNOWN


@pytest.mark.parametrize(
    "wanted",
    [{"target_sdk": 21}, {"permissions": ("android.permission.READ_PROFILE",)}],
)
def test_what_cannot_be_compared_is_no_fit(wanted: dict[str, object]) -> None:
    asked = AppRequirements.model_validate(wanted)
    assert check(asked, {"ro.product.cpu.abilist": "arm64-v8a"}, {}).verdict is Fit.UNKNOWN


def test_small_pages_of_an_app_that_names_no_machine_code_are_compared() -> None:
    wanted = AppRequirements(target_sdk=34, native_alignment=4096)
    newest = PHONE | {"ro.build.version.sdk": "35"}
    assert check(wanted, newest, {}, page_size=16384).verdict is Fit.MISSES


def test_what_the_phone_did_not_say_is_unknown_never_a_fit() -> None:
    wanted = AppRequirements(
        min_sdk=24,
        abis=("arm64-v8a",),
        features=("android.hardware.nfc",),
        gl_es="2.0",
        vulkan="1.0",
    )
    found = check(wanted, {}, None)
    assert {done.fit for done in found.checks} == {Fit.UNKNOWN}
    assert len(found.checks) == 5
    assert found.verdict is Fit.UNKNOWN


def test_a_miss_weighs_more_than_not_knowing() -> None:
    wanted = AppRequirements(min_sdk=99, target_sdk=99, features=("android.hardware.nfc",))
    found = check(wanted, PHONE, None)
    assert found.verdict is Fit.MISSES
    assert [finding.id for finding in found.findings()] == [
        "app.verdict",
        "app.min_sdk",
        "app.features",
    ]
    assert "cannot run" in found.findings()[0].text.en


def test_vulkan_that_is_not_declared_is_a_miss_but_an_unread_list_is_not() -> None:
    wanted = AppRequirements(vulkan="1.0")
    assert check(wanted, PHONE, {"android.hardware.nfc": ""}).verdict is Fit.MISSES
    assert check(wanted, PHONE, None).verdict is Fit.UNKNOWN


@pytest.mark.parametrize(
    ("sdk", "page_size", "verdict"),
    [
        ("34", None, Fit.FITS),
        ("35", None, Fit.UNKNOWN),
        ("35", 4096, Fit.FITS),
        ("35", 16384, Fit.MISSES),
        ("36", 16384, Fit.DOUBTFUL),
    ],
)
def test_libraries_aligned_to_small_pages(sdk: str, page_size: int | None, verdict: Fit) -> None:
    wanted = AppRequirements(target_sdk=34, abis=("arm64-v8a",), native_alignment=4096)
    phone = PHONE | {"ro.build.version.sdk": sdk}
    assert check(wanted, phone, FEATURES, page_size=page_size).verdict is verdict


@pytest.mark.parametrize("name", phone_names())
def test_usual_app_runs_on_every_virtual_phone_and_a_32_bit_one_not_on_all(name: str) -> None:
    phone = build_phone(name)
    properties = parse_getprop(answer_to(name, "getprop"))
    features = parse_features(answer_to(name, "pm list features"))
    usual = AppRequirements(min_sdk=24, target_sdk=28, abis=("arm64-v8a", "x86_64"), gl_es="3.0")
    assert check(usual, properties, features, page_size=4096).verdict is Fit.FITS
    old = check(AppRequirements(target_sdk=34, abis=("armeabi-v7a",)), properties, features)
    narrow = name not in ("pixel-9", "emulator-14", "galaxy-z-fold7")
    assert (old.verdict is Fit.FITS) is narrow, phone.name


def answer_to(name: str, command: str) -> str:
    out = run_command(build_phone(name), command).stdout
    return decode(out if isinstance(out, bytes) else b"".join(out))

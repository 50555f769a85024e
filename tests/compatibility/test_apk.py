"""What an APK states of itself; broken, lying and hostile archives are refused in plain words."""

from __future__ import annotations

import io
import logging
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compatibility.packages import (
    Element,
    apk,
    encoded,
    library,
    manifest,
    proto_manifest,
    uses_feature,
    uses_permission,
    uses_sdk,
)

from diagnose.compatibility.apk import LARGEST_MANIFEST
from diagnose.compatibility.reading import read_requirements
from diagnose.compatibility.requirements import AppRequirements
from diagnose.errors import AppInvalid, NoSuchFile

PLAIN = manifest(uses_sdk(min=24, target=35))


def read(folder: Path, data: bytes, name: str = "app.apk") -> AppRequirements:
    path = folder / name
    path.write_bytes(data)
    return read_requirements(path)


def test_manifest_and_libraries_are_read(tmp_path: Path) -> None:
    stated = manifest(
        uses_sdk(min=24, target=35, max=36),
        uses_feature("android.hardware.nfc"),
        uses_feature("android.hardware.camera", required=False),
        uses_feature("android.hardware.vulkan.version", version=float(0x401000)),
        uses_feature("", glEsVersion=float(0x30001)),
        uses_permission("android.permission.CAMERA"),
        uses_permission("android.permission.READ_PROFILE", maxSdkVersion=22),
        Element("application", {"label": "Example"}),
        package="org.example.shop",
    )
    files = {
        "AndroidManifest.xml": stated,
        "lib/arm64-v8a/liba.so": library(16384),
        "lib/arm64-v8a/libb.so": library(65536, 4096),
        "lib/armeabi-v7a/liba.so": b"\x7fELF\x01",
        "lib/secret/liba.so": b"",
        "assets/lib/x86/liba.so": b"",
    }
    assert read(tmp_path, apk(files)) == AppRequirements(
        package="org.example.shop",
        version_name="1.2.3",
        min_sdk=24,
        target_sdk=35,
        max_sdk=36,
        abis=("arm64-v8a", "armeabi-v7a"),
        features=("android.hardware.nfc",),
        gl_es="3.1",
        vulkan="1.1",
        permissions=("android.permission.CAMERA",),
        native_alignment=4096,
    )


def test_levels_that_are_not_stated_are_what_android_takes_them_for(tmp_path: Path) -> None:
    found = read(tmp_path, apk({"AndroidManifest.xml": manifest()}))
    assert found == AppRequirements(
        package="org.example.app", version_name="1.2.3", min_sdk=1, target_sdk=1
    )
    found = read(tmp_path, apk({"AndroidManifest.xml": manifest(uses_sdk(min=26))}))
    assert (found.min_sdk, found.target_sdk) == (26, 26)


def test_code_names_are_no_levels_and_not_nothing(tmp_path: Path) -> None:
    sdk = Element("uses-sdk", {"minSdkVersion": "Baklava", "targetSdkVersion": 36})
    found = read(tmp_path, apk({"AndroidManifest.xml": manifest(sdk)}))
    assert (found.min_sdk, found.target_sdk, found.unclear) == (None, 36, ("min_sdk",))


def test_what_the_application_cannot_do_without_is_read(tmp_path: Path) -> None:
    application = Element(
        "application",
        {"testOnly": True},
        children=[
            Element("uses-library", {"name": "com.google.android.maps"}),
            Element("uses-library", {"name": "org.apache.http.legacy", "required": False}),
            Element("uses-native-library", {"name": "libOpenCL.so"}),
            Element("uses-static-library", {"name": "com.google.android.trichromelibrary"}),
        ],
    )
    found = read(tmp_path, apk({"AndroidManifest.xml": manifest(uses_sdk(min=24), application)}))
    assert found.libraries == ("com.google.android.maps",)
    assert found.native_libraries == ("libOpenCL.so",)
    assert found.static_libraries == ("com.google.android.trichromelibrary",)
    assert found.is_test_only


@pytest.mark.parametrize(
    ("identity", "shared"),
    [("android.uid.system", "android.uid.system"), ("com.acme.shared", ""), ("", "")],
)
def test_an_app_that_runs_as_the_system_says_so(tmp_path: Path, identity: str, shared: str) -> None:
    root = Element("manifest", {"sharedUserId": identity}, {"package": "org.example.app"})
    assert read(tmp_path, apk({"AndroidManifest.xml": encoded(root)})).shared_user == shared


SPLIT = Element("manifest", {"isSplitRequired": True}, {"package": "org.example.app"})
MARKED = Element(
    "application",
    children=[Element("meta-data", {"name": "com.android.vending.splits.required", "value": True})],
)
BASES = {
    "the root says it": encoded(SPLIT),
    "the application is marked": manifest(MARKED),
    "Android 13 names the kinds": encoded(
        Element("manifest", {"requiredSplitTypes": "base__abi"}, {"package": "org.example.app"})
    ),
}


@pytest.mark.parametrize("stated", BASES.values(), ids=BASES)
def test_a_base_whose_parts_are_elsewhere_is_not_the_whole_app(
    tmp_path: Path, stated: bytes
) -> None:
    assert read(tmp_path, apk({"AndroidManifest.xml": stated})).needs_splits


PART = encoded(Element("manifest", {}, {"package": "org.example.app", "split": "config.arm64_v8a"}))


def test_a_part_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppInvalid, match=r"only the part 'config.arm64_v8a'"):
        read(tmp_path, apk({"AndroidManifest.xml": PART}))


def _parts(names: tuple[str, str]) -> dict[str, bytes]:
    base, part = names
    return {
        part: apk({"AndroidManifest.xml": PART, "lib/arm64-v8a/liba.so": library(4096)}),
        base: apk({"AndroidManifest.xml": BASES["the root says it"], "classes.dex": b"x"}),
    }


@pytest.mark.parametrize(
    "names",
    [
        ("base.apk", "split_config.arm64_v8a.apk"),
        ("org.example.app.apk", "config.arm64_v8a.apk"),
        ("splits/base-master.apk", "splits/base-arm64_v8a.apk"),
        ("zzz.apk", "aaa.apk"),
    ],
)
def test_an_app_in_several_files_is_read_as_one(tmp_path: Path, names: tuple[str, str]) -> None:
    found = read(tmp_path, apk({"toc.pb": b"", **_parts(names)}), "app.apks")
    assert found.package == "org.example.app"
    assert (found.abis, found.native_alignment) == (("arm64-v8a",), 4096)
    assert not found.needs_splits


def test_an_archive_of_parts_without_their_base_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppInvalid, match="no base APK"):
        read(tmp_path, apk({"config.en.apk": apk({"AndroidManifest.xml": PART})}), "app.xapk")


def test_a_bundle_for_a_store_is_read(tmp_path: Path) -> None:
    stated = proto_manifest({"minSdkVersion": 29, "targetSdkVersion": 35}, "org.example.app")
    files = {
        "BundleConfig.pb": b"",
        "base/manifest/AndroidManifest.xml": stated,
        "base/lib/armeabi-v7a/liba.so": b"",
        "game/lib/arm64-v8a/libb.so": library(16384),
    }
    found = read(tmp_path, apk(files), "app.aab")
    assert (found.package, found.min_sdk, found.target_sdk) == ("org.example.app", 29, 35)
    assert found.abis == ("arm64-v8a", "armeabi-v7a")


@given(st.binary(max_size=60), st.integers(0, 200))
def test_mutated_bundles_raise_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int
) -> None:
    whole = proto_manifest({"minSdkVersion": 29}, "org.example.app")
    files = {"base/manifest/AndroidManifest.xml": whole[:at] + junk + whole[at + len(junk) :]}
    try:
        read(tmp_path_factory.mktemp("aab"), apk(files), "app.aab")
    except AppInvalid:
        return


def test_apps_for_another_system_are_told_so(tmp_path: Path) -> None:
    with pytest.raises(AppInvalid, match="HarmonyOS"):
        read(tmp_path, apk({"module.json": b"{}", "ets/modules.abc": b""}), "entry.hap")


def test_a_damaged_file_inside_is_refused(tmp_path: Path) -> None:
    files = {"AndroidManifest.xml": PLAIN, "lib/arm64-v8a/liba.so": library(4096) + bytes(9000)}
    data = bytearray(apk(files))
    at = data.index(b"lib/arm64-v8a/liba.so") + len("lib/arm64-v8a/liba.so") + 12
    data[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(AppInvalid, match="damaged"):
        read(tmp_path, bytes(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (apk({"classes.dex": b"x"}), "no AndroidManifest.xml"),
        (apk({"AndroidManifest.xml": b"<manifest/>"}), "plain text"),
        (apk({"AndroidManifest.xml": b"\x03\x00\x08\x00\xff\xff\x00\x00"}), "cannot be decoded"),
        (apk({"AndroidManifest.xml": b""}), "cannot be decoded"),
        (apk({"AndroidManifest.xml": PLAIN})[:-40], "cut-off"),
        (b"PK", "cut-off"),
        (b"\xff\xfe not toml", "no valid TOML"),
    ],
)
def test_what_is_no_apk_is_refused_in_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(AppInvalid, match=words) as refused:
        read(tmp_path, data)
    assert "\n" not in str(refused.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        read_requirements(tmp_path / "none.apk")


def test_zip_bomb_in_place_of_a_manifest_is_refused_before_it_fills_the_memory(
    tmp_path: Path,
) -> None:
    bomb = apk({"AndroidManifest.xml": bytes(50 * 1024 * 1024)})
    assert len(bomb) < LARGEST_MANIFEST
    with pytest.raises(AppInvalid, match="may be a zip bomb"):
        read(tmp_path, bomb)


def test_archive_that_states_too_many_files_is_refused(tmp_path: Path) -> None:
    data = bytearray(apk({"AndroidManifest.xml": PLAIN}))
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, 0x7FFFFFFF)
    with pytest.raises(AppInvalid, match="more files"):
        read(tmp_path, bytes(data))


def test_zip64_locator_is_refused(tmp_path: Path) -> None:
    data = apk({"AndroidManifest.xml": PLAIN})
    end = data.rfind(b"PK\x05\x06")
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)
    with pytest.raises(AppInvalid, match="more files"):
        read(tmp_path, data[:end] + locator + data[end:])


def test_encrypted_manifest_is_refused(tmp_path: Path) -> None:
    data = bytearray(apk({"AndroidManifest.xml": PLAIN}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.find(signature) + offset, 1)
    with pytest.raises(AppInvalid, match="cannot be unpacked"):
        read(tmp_path, bytes(data))


def test_damaged_manifest_data_is_refused(tmp_path: Path) -> None:
    data = bytearray(apk({"AndroidManifest.xml": PLAIN}))
    data[60:70] = b"\xff" * 10
    with pytest.raises(AppInvalid):
        read(tmp_path, bytes(data))


def test_mutated_manifests_raise_nothing_else_and_end_soon(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    chance = random.Random(20261122)  # noqa: S311 - the same mutations in every run
    whole = manifest(uses_sdk(min=24), uses_feature("android.hardware.nfc"))
    began = time.process_time()
    refused = 0
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(tmp_path, apk({"AndroidManifest.xml": bytes(data)}))
        except AppInvalid:
            refused += 1
    assert refused > 50
    assert time.process_time() - began < 60
    assert not caplog.records


def test_stored_entries_are_read_too(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("AndroidManifest.xml", PLAIN)
    assert read(tmp_path, packed.getvalue()).min_sdk == 24


@pytest.mark.parametrize("shape", ["deep", "wide"])
def test_a_manifest_of_elements_without_end_is_refused(tmp_path: Path, shape: str) -> None:
    inner = Element("a")
    if shape == "deep":
        for _ in range(100):
            inner = Element("a", children=(inner,))
    children = (inner,) if shape == "deep" else (inner,) * 30_000
    path = tmp_path / "x.apk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AndroidManifest.xml", manifest(*children))
    with pytest.raises(AppInvalid, match="more elements than an app needs"):
        read_requirements(path)

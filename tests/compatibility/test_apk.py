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
from tests.compatibility.packages import (
    Element,
    apk,
    library,
    manifest,
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


def test_app_that_asks_for_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, apk({"AndroidManifest.xml": manifest()}))
    assert found == AppRequirements(package="org.example.app", version_name="1.2.3")


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


def test_bundle_is_told_from_an_apk(tmp_path: Path) -> None:
    with pytest.raises(AppInvalid) as refused:
        read(tmp_path, apk({"base.apk": apk({"AndroidManifest.xml": PLAIN})}), "app.xapk")
    assert "base.apk" in refused.value.hint


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

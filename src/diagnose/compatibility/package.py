"""The file of an app as it is handed on: an APK, several in an archive, a bundle for a store."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from diagnose import archive as archives
from diagnose.archive import ArchiveRefused, Bounds
from diagnose.compatibility.apk import (
    IN_A_MODULE,
    MANIFEST,
    check_whole,
    read_native,
    read_stated,
    together,
)
from diagnose.compatibility.archive import open_archive
from diagnose.compatibility.requirements import AppRequirements, checked
from diagnose.errors import AppInvalid

_LARGEST_APK = 4 * 1024 * 1024 * 1024 - 1
_MOST_PARTS = 200
_BUNDLE_MANIFEST = "base/manifest/AndroidManifest.xml"
_HARMONY = ("module.json", "config.json")
_BASES = ("base.apk", "universal.apk", "splits/base-master.apk")
_CONFIG = re.compile(r"(?:^|/)(?:split_)?config[._]|(?:^|/)[\w.]+-(?!master)[\w.]+\.apk$")


def read_package(path: Path) -> AppRequirements:
    """Read what an app file needs. Raises `AppInvalid` where it is none, damaged or unsafe."""
    with open_archive(path) as archive:
        names = set(archive.namelist())
        if MANIFEST in names:
            found = _one(archive, str(path))
        elif _BUNDLE_MANIFEST in names:
            found = _bundle(archive, str(path))
        elif any(name.lower().endswith(".apk") for name in names):
            found = _several(archive, str(path))
        elif names.intersection(_HARMONY):
            raise AppInvalid(f"{path} is an app for HarmonyOS, not for Android", hint=_HINT)
        else:
            raise AppInvalid(f"{path} holds no {MANIFEST}", hint=_HINT)
    return checked(found, str(path))


def _one(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    found = read_stated(archive, name)
    check_whole(archive, name)
    return found | read_native(archive)


def _bundle(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """A bundle (.aab): the store makes whole APKs of it, so nothing is left out."""
    from diagnose.compatibility.bundle import read_bundle_manifest

    found = read_bundle_manifest(archive, _BUNDLE_MANIFEST, name)
    check_whole(archive, name)
    return found | read_native(archive, IN_A_MODULE) | {"needs_splits": False}


def _several(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """An app in several APKs (.apks, .xapk, .apkm): the base states, any may hold native code."""
    infos = [one for one in archive.infolist() if one.filename.lower().endswith(".apk")]
    infos = sorted(infos, key=_likeliest)[:_MOST_PARTS]
    base: dict[str, Any] | None = None
    parts: list[Mapping[str, Any]] = []
    for info in infos:
        with _inside(archive, info, name) as inner:
            where = f"{name}!/{info.filename}"
            if base is None and MANIFEST in inner.namelist():
                base = _base_or_none(inner, where)
            check_whole(inner, where)
            parts.append(read_native(inner))
    if base is None:
        raise AppInvalid(f"{name} holds no base APK", hint=_HINT)
    # Whole APKs for one kind of phone each stand beside the base and its parts in some archives.
    has_parts = len(infos) > 1
    return base | together(parts) | {"needs_splits": base["needs_splits"] and not has_parts}


def _likeliest(info: zipfile.ZipInfo) -> tuple[bool, bool, str]:
    name = info.filename
    return name not in _BASES, bool(_CONFIG.search(name)), name


def _base_or_none(archive: zipfile.ZipFile, name: str) -> dict[str, Any] | None:
    try:
        return read_stated(archive, name)
    except AppInvalid as problem:
        if "only the part" in problem.message:
            return None
        raise


@contextmanager
def _inside(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str
) -> Iterator[zipfile.ZipFile]:
    """Open an APK inside an archive, from a copy on the disk."""
    if info.file_size > _LARGEST_APK or info.file_size > 50 * max(info.compress_size, 1 << 20):
        raise AppInvalid(f"{name}: {info.filename} may be a zip bomb", hint=_HINT)
    try:
        with tempfile.TemporaryFile() as copy:
            _copy(archive, info, copy)
            with archives.open_archive(cast("BinaryIO", copy), Bounds()) as inner:
                yield inner
    except ArchiveRefused as problem:
        raise AppInvalid(f"{name}: {info.filename} is {problem}", hint=_HINT) from problem


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, copy: IO[bytes]) -> None:
    with archives.unpacking(info.filename), archive.open(info) as packed:
        while part := packed.read(1 << 20):
            copy.write(part)


_HINT = "give an .apk, .apks, .xapk, .apkm or .aab file, or a TOML file of its requirements"

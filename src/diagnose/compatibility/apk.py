"""An APK's own statement of what it needs: its binary manifest and its native libraries."""

from __future__ import annotations

import logging
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from diagnose.compatibility.archive import open_archive, read_entry, read_head
from diagnose.compatibility.requirements import AppRequirements, checked
from diagnose.errors import AppInvalid
from diagnose.parsers.system.graphics_level import gl_es_level, vulkan_level

MANIFEST = "AndroidManifest.xml"
LARGEST_MANIFEST = 2 * 1024 * 1024
_ANDROID = "{http://schemas.android.com/apk/res/android}"
_LIBRARY = re.compile(r"lib/([A-Za-z0-9_\-]{1,20})/[^/]{1,200}\.so")
_ABIS = ("arm64-v8a", "armeabi-v7a", "armeabi", "x86_64", "x86", "riscv64", "mips", "mips64")
_NAME = re.compile(r"[\w.\-]{1,200}")
_MOST_LIBRARIES = 500
_ELF_HEAD = 4096
_VULKAN = "android.hardware.vulkan.version"


def read_apk(path: Path) -> AppRequirements:
    """Read what the APK needs; raises `AppInvalid` where it is no APK, or an unsafe one."""
    with open_archive(path) as archive:
        manifest = _manifest(read_entry(archive, MANIFEST, LARGEST_MANIFEST), path)
        return checked(_stated(manifest) | _native(archive), str(path))


def _manifest(data: bytes, path: Path) -> Any:
    """Decode the binary manifest into an element tree."""
    from pyaxmlparser.axmlprinter import AXMLPrinter

    if data.lstrip().startswith(b"<"):
        raise AppInvalid(f"{path}: its manifest is plain text", hint="give a built APK")
    try:
        with _quiet("pyaxmlparser"):
            root = AXMLPrinter(data).get_xml_obj()
    except Exception as problem:  # the library raises whatever its arithmetic runs into
        raise AppInvalid(f"{path}: its manifest cannot be decoded: {problem}") from problem
    if root is None or root.tag != "manifest":
        raise AppInvalid(f"{path}: its manifest cannot be decoded", hint="is it an APK?")
    return root


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """The library warns of every oddity of a manifest; none of it helps a reader."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _stated(root: Any) -> dict[str, Any]:
    sdk = next(iter(root.findall("uses-sdk")), None)
    features = [node for node in root.findall("uses-feature") if _required(node)]
    names = [_text(node, "name") for node in features]
    permissions = [
        _text(node, "name")
        for tag in ("uses-permission", "uses-permission-sdk-23")
        for node in root.findall(tag)
        if not _text(node, "maxSdkVersion")  # asked for on older systems only
    ]
    return {
        "package": root.get("package", "")[:200],
        "version_name": _text(root, "versionName")[:100],
        "min_sdk": _number(sdk, "minSdkVersion"),
        "target_sdk": _number(sdk, "targetSdkVersion"),
        "max_sdk": _number(sdk, "maxSdkVersion"),
        "features": _unique(name for name in names if name != _VULKAN),
        "permissions": _unique(permissions),
        "gl_es": _highest(gl_es_level(_text(node, "glEsVersion")) for node in features),
        "vulkan": _highest(
            vulkan_level(_text(node, "version"))
            for node in features
            if _text(node, "name") == _VULKAN
        ),
    }


def _native(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Kinds of native code, and how its 64-bit part is aligned."""
    libraries = [
        (match[1], name)
        for name in archive.namelist()
        if (match := _LIBRARY.fullmatch(name)) and match[1] in _ABIS
    ]
    wide = [name for abi, name in libraries if "64" in abi][:_MOST_LIBRARIES]
    aligned = [_alignment(read_head(archive, name, _ELF_HEAD)) for name in wide]
    known = [value for value in aligned if value]
    return {
        "abis": tuple(abi for abi in _ABIS if any(abi == found for found, _ in libraries)),
        "native_alignment": min(known) if known else None,
    }


def _alignment(elf: bytes) -> int | None:
    """The smallest alignment of a 64-bit little-endian library's loaded segments, in bytes."""
    if len(elf) < 64 or elf[:6] != b"\x7fELF\x02\x01":
        return None
    (start,) = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    found = []
    for at in range(start, start + size * min(count, 64), size or 1):
        if size < 56 or at + 56 > len(elf):
            break
        (kind,), (align,) = (
            struct.unpack_from("<I", elf, at),
            struct.unpack_from("<Q", elf, at + 48),
        )
        if kind == 1 and 1 <= align <= 1 << 30:
            found.append(align)
    return min(found) if found else None


def _required(node: Any) -> bool:
    return _text(node, "required").lower() not in ("false", "0")


def _text(node: Any, attribute: str) -> str:
    if node is None:
        return ""
    return str(node.get(f"{_ANDROID}{attribute}") or node.get(attribute) or "")


def _number(node: Any, attribute: str) -> int | None:
    """A whole level; a reference (`@7F0A0001`) or a code name is none that could be compared."""
    said = _text(node, attribute)
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 5 else None


def _unique(names: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if _NAME.fullmatch(name)))[:2000]


def _highest(levels: Any) -> str | None:
    known = [level for level in levels if level]
    return max(known, key=lambda level: tuple(map(int, level.split("."))), default=None)

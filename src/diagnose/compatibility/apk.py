"""An APK's own statement of what it needs: its binary manifest and its native libraries."""

from __future__ import annotations

import logging
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from diagnose.compatibility.archive import read_entry, read_head
from diagnose.compatibility.manifest import stated
from diagnose.errors import AppInvalid
from diagnose.model.compatibility import ABIS

MANIFEST = "AndroidManifest.xml"
LARGEST_MANIFEST = 2 * 1024 * 1024
_DEEPEST = 64
_MOST_ELEMENTS = 20_000
_LIBRARY = re.compile(r"lib/([A-Za-z0-9_\-]{1,20})/[^/]{1,200}\.so")
IN_A_MODULE = re.compile(r"[\w.-]{1,60}/lib/([A-Za-z0-9_\-]{1,20})/[^/]{1,200}\.so")
"""Where native code lies in a bundle, below the name of each module."""
_MOST_LIBRARIES = 500
_LARGEST_CHECKED = 512 * 1024 * 1024
_ELF_HEAD = 4096


def read_stated(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """Give what the manifest of an APK states; raises `AppInvalid` where it cannot be decoded.

    `name`: the file, for messages.
    """
    return stated(_decoded(read_entry(archive, MANIFEST, LARGEST_MANIFEST), name))


def check_whole(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse an APK of which a file is damaged: Android would not install it either.

    Of a very large one only what is read is checked.
    """
    if sum(info.file_size for info in archive.infolist()) > _LARGEST_CHECKED:
        return
    try:
        damaged = archive.testzip()
    except Exception as problem:  # zlib, lzma, bz2 and zipfile each raise errors of their own
        raise AppInvalid(f"{name} is damaged: {problem}", hint=_AGAIN) from problem
    if damaged:
        raise AppInvalid(f"{name} is damaged: {damaged[:80]}", hint=_AGAIN)


_AGAIN = "download or copy the app again"


def _decoded(data: bytes, name: str) -> Any:
    """Decode the binary manifest into an element tree."""
    from pyaxmlparser.axmlprinter import AXMLPrinter

    if data.lstrip().startswith(b"<"):
        raise AppInvalid(f"{name}: its manifest is plain text", hint="give a built APK")
    try:
        with _quiet("pyaxmlparser"):
            _check_elements(data, name)
            root = AXMLPrinter(data).get_xml_obj()
    except AppInvalid:
        raise
    except Exception as problem:  # the library raises whatever its arithmetic runs into
        raise AppInvalid(f"{name}: its manifest cannot be decoded: {problem}") from problem
    if root is None or root.tag != "manifest":
        raise AppInvalid(f"{name}: its manifest cannot be decoded", hint="is it an APK?")
    return root


def _check_elements(data: bytes, name: str) -> None:
    """Refuse a manifest whose tree would take minutes: each element is hung under all above it."""
    from pyaxmlparser import constants
    from pyaxmlparser.axmlparser import AXMLParser

    reader = AXMLParser(data)
    depth = elements = 0
    while reader.is_valid():
        kind = next(reader)
        depth += (kind == constants.START_TAG) - (kind == constants.END_TAG)
        elements += kind == constants.START_TAG
        if depth > _DEEPEST or elements > _MOST_ELEMENTS:
            raise AppInvalid(f"{name}: its manifest has more elements than an app needs")
        if kind == constants.END_DOCUMENT:
            return


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


def read_native(archive: zipfile.ZipFile, place: re.Pattern[str] = _LIBRARY) -> dict[str, Any]:
    """Kinds of native code in an APK or bundle, and how its 64-bit part is aligned."""
    libraries = [
        (match[1], name)
        for name in archive.namelist()
        if (match := place.fullmatch(name)) and match[1] in ABIS
    ]
    wide = [name for abi, name in libraries if "64" in abi][:_MOST_LIBRARIES]
    aligned = [_alignment(read_head(archive, name, _ELF_HEAD)) for name in wide]
    return native_of([abi for abi, _ in libraries], aligned)


def native_of(abis: list[str], aligned: list[int | None]) -> dict[str, Any]:
    """The same from kinds and alignments read elsewhere."""
    known = [value for value in aligned if value]
    return {
        "abis": tuple(abi for abi in ABIS if abi in abis),
        "native_alignment": min(known) if known else None,
    }


def together(parts: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The native code of several APKs that are installed as one."""
    abis = [abi for part in parts for abi in part["abis"]]
    return native_of(abis, [part["native_alignment"] for part in parts])


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

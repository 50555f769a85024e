"""Zip files from strangers, read with bounds.

A directory that fills the memory, a file that unpacks to more than it may, a broken or locked one
is refused before it does harm.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ZIP64_LOCATOR = b"PK\x06\x07"


class ArchiveRefused(Exception):
    """Why an archive is not read: broken, locked or larger than it may be. One plain line."""


@dataclass(frozen=True)
class Bounds:
    """What an archive may hold: `entries` files, and a directory of `directory` bytes."""

    entries: int = 65_534
    directory: int = 16 * 1024 * 1024


@contextmanager
def open_archive(file: BinaryIO, bounds: Bounds) -> Iterator[zipfile.ZipFile]:
    """Open the archive after a look at the size of its directory. Raises `ArchiveRefused`."""
    _check_directory(file, bounds)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as problem:
        raise ArchiveRefused(f"a broken archive: {problem}") from problem
    with archive:
        yield archive


def read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Read one file, at most `limit` bytes unpacked, whatever the archive states of it.

    Raises `KeyError` where there is none of that name, `ArchiveRefused` where it cannot be read.
    """
    with unpacking(name), archive.open(name) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ArchiveRefused(f"{name} is larger than it may be: the file may be a zip bomb")
    return data


@contextmanager
def unpacking(name: str) -> Iterator[None]:
    """Turn whatever the decompressors raise into one kind of error."""
    try:
        yield
    except (KeyError, ArchiveRefused):
        raise
    except RuntimeError as problem:  # a password; NotImplementedError is one of these
        raise ArchiveRefused(f"{name} cannot be unpacked: {problem}") from problem
    except Exception as problem:  # zlib, lzma, bz2, gzip and zipfile each raise errors of their own
        raise ArchiveRefused(f"{name} cannot be unpacked: {problem}") from problem


def _check_directory(file: BinaryIO, bounds: Bounds) -> None:
    """Refuse a directory that would fill the memory before a single file is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - 20))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise ArchiveRefused("a cut-off archive")
    entries, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    is_zip64 = tail[max(0, at - 20) : at].startswith(_ZIP64_LOCATOR)
    if is_zip64 or entries > bounds.entries or directory > bounds.directory:
        raise ArchiveRefused("an archive of more files than it may hold")
    file.seek(0)

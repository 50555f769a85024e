"""APK files as what they are: zip archives from strangers, read with bounds."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from diagnose.errors import AppInvalid, NoSuchFile

MOST_ENTRIES = 65_535
_LARGEST_DIRECTORY = 16 * 1024 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ZIP64_LOCATOR = b"PK\x06\x07"


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open the archive after a look at its directory's size; `AppInvalid` where it is none."""
    try:
        with path.open("rb") as file:
            _check_directory(file, path)
            with zipfile.ZipFile(file) as archive:
                yield archive
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror or problem}") from problem
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as problem:
        raise AppInvalid(f"{path} is a broken archive: {problem}", hint=_HINT) from problem


def read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Read one file, at most `limit` bytes unpacked: a zip bomb is refused, whatever it states."""
    try:
        with archive.open(name) as file:
            data = file.read(limit + 1)
    except KeyError:
        raise AppInvalid(f"the archive holds no {name}", hint=_HINT) from None
    except (RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as problem:
        raise AppInvalid(f"{name} cannot be unpacked: {problem}", hint=_HINT) from problem
    except Exception as problem:  # zlib, lzma and bz2 each raise errors of their own
        raise AppInvalid(f"{name} cannot be unpacked: {problem}", hint=_HINT) from problem
    if len(data) > limit:
        raise AppInvalid(f"{name} is larger than any app needs", hint="the file may be a zip bomb")
    return data


def read_head(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """Read the first bytes of a file; what cannot be unpacked is empty."""
    try:
        with archive.open(name) as file:
            return file.read(size)
    except Exception:  # noqa: BLE001 - a broken library is Android's to complain of
        return b""


def _check_directory(file: BinaryIO, path: Path) -> None:
    """Refuse a directory that would fill the memory before a single file is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - 20))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise AppInvalid(f"{path} is a cut-off archive", hint=_HINT)
    entries, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    is_zip64 = tail[max(0, at - 20) : at].startswith(_ZIP64_LOCATOR)
    if is_zip64 or entries > MOST_ENTRIES - 1 or directory > _LARGEST_DIRECTORY:
        raise AppInvalid(f"{path} holds more files than an app may", hint=_HINT)
    file.seek(0)


_HINT = "give the APK itself; a bundle (.aab, .apks, .xapk) holds its base.apk inside"

"""App files as what they are: zip archives from strangers, read with bounds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diagnose import archive as archives
from diagnose.archive import ArchiveRefused, Bounds
from diagnose.errors import AppInvalid, NoSuchFile

_BOUNDS = Bounds()
_HINT = "give the APK itself; a bundle (.aab, .apks, .xapk) holds its base.apk inside"


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open the archive after a look at its directory's size; `AppInvalid` where it is none."""
    try:
        with path.open("rb") as file, archives.open_archive(file, _BOUNDS) as archive:
            yield archive
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror or problem}") from problem
    except ArchiveRefused as problem:
        raise AppInvalid(f"{path} is {problem}", hint=_HINT) from problem


def read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Read one file, at most `limit` bytes unpacked: a zip bomb is refused, whatever it states."""
    try:
        return archives.read_entry(archive, name, limit)
    except KeyError:
        raise AppInvalid(f"the archive holds no {name}", hint=_HINT) from None
    except ArchiveRefused as problem:
        raise AppInvalid(str(problem), hint=_HINT) from problem


def read_head(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """Read the first bytes of a file; what cannot be unpacked is empty."""
    try:
        with archives.unpacking(name), archive.open(name) as file:
            return file.read(size)
    except (ArchiveRefused, KeyError):  # a broken library is Android's to complain of
        return b""

"""The manifest of a folder: which files one run wrote, by their digests, signed by the station.

Pages and JUnit files are drawn from the report; nobody sees from a page alone whether it still
says what was drawn. The manifest does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from diagnose.errors import CaptureInvalid
from diagnose.files.names import MANIFEST, VIEWS
from diagnose.model.canonical import canonical
from diagnose.model.frozen import Frozen
from diagnose.station.signing import StationKey, is_signed_by, key_id

_LARGEST = 1_000_000
_MOST_FILES = 1000
_PLAIN_NAME = re.compile(r"[^/\\\x00-\x1f]{1,255}")


class Manifest(Frozen):
    """The files of one run: in its folder, and those that were written elsewhere."""

    manifest: Literal[1] = 1
    files: dict[str, str] = Field(max_length=100)
    elsewhere: dict[str, str] = Field(default={}, max_length=100)
    key: str = Field(max_length=64)
    signature: str = Field(default="", max_length=128)

    def body(self) -> bytes:
        """What is signed."""
        return canonical(self.model_dump(mode="json", exclude={"signature"}))


class FileCheck(Frozen):
    """One thing that was checked; `ok` None: it could not be told."""

    name: str
    ok: bool | None
    text: str


def make_manifest(
    files: Mapping[str, str], key: StationKey, *, elsewhere: Mapping[str, str] | None = None
) -> bytes:
    """Write and sign a manifest. `files`: the SHA-256 of each by its name."""
    plain = Manifest(files=dict(files), elsewhere=dict(elsewhere or {}), key=key.public)
    signed = plain.model_copy(update={"signature": key.sign(plain.body())})
    return (signed.model_dump_json(indent=2) + "\n").encode()


def read_manifest(path: Path) -> Manifest | None:
    """Read a manifest; None where there is none. Raises `CaptureInvalid`."""
    try:
        with path.open("rb") as file:
            read = Manifest.model_validate_json(file.read(_LARGEST))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as problem:
        raise CaptureInvalid(f"{path} is no manifest of a run") from problem
    if not all(map(_is_plain, read.files)):
        raise CaptureInvalid(f"{path} names files outside its folder")
    return read


def digest_of_file(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_folder(
    folder: Path, trusted: Collection[str], *, more: Collection[Path] = ()
) -> Iterator[FileCheck]:
    """Hold the files of a folder, and `more` that were written elsewhere, against its manifest.

    `trusted` are the public keys whose signature counts.
    """
    try:
        manifest = read_manifest(folder / MANIFEST)
    except CaptureInvalid as problem:
        yield FileCheck(name="manifest", ok=False, text=problem.message)
        return
    if manifest is None:
        if views := [name for name in VIEWS if (folder / name).exists()]:
            text = f"no signed manifest beside it: {', '.join(views)} cannot be checked"
            yield FileCheck(name="manifest", ok=None, text=text)
        return
    yield _check_signature(manifest, trusted)
    for name, digest in manifest.files.items():
        yield _check_file(folder / name, digest)
    for name in VIEWS:
        if name not in manifest.files and (folder / name).exists():
            yield FileCheck(name=name, ok=False, text=f"{name} does not belong to this run")
    for name in sorted(_pages(folder) - {*VIEWS, *manifest.files, *(path.name for path in more)}):
        yield FileCheck(name=name, ok=None, text=f"{name} is no file of this run")
    for path in more:
        expected = manifest.elsewhere.get(path.name) or manifest.files.get(path.name)
        yield _check_file(path, expected) if expected else _unnamed(path)


def _check_signature(manifest: Manifest, trusted: Collection[str]) -> FileCheck:
    if not is_signed_by(manifest.key, manifest.body(), manifest.signature):
        return FileCheck(name="manifest", ok=False, text="the manifest was changed after signing")
    by = f"the station {key_id(manifest.key)}"
    if manifest.key not in trusted:
        return FileCheck(
            name="manifest", ok=None, text=f"the manifest is signed by {by}, unknown here"
        )
    return FileCheck(name="manifest", ok=True, text=f"the manifest is signed by {by}")


def _check_file(path: Path, digest: str) -> FileCheck:
    name = path.name
    try:
        same = path.is_file() and not path.is_symlink() and digest_of_file(path) == digest
    except OSError as problem:
        return FileCheck(name=name, ok=None, text=f"{name} cannot be read: {problem.strerror}")
    if same:
        return FileCheck(name=name, ok=True, text=f"{name} is the one the run wrote")
    if not path.exists():
        return FileCheck(name=name, ok=None, text=f"{name} is not here")
    return FileCheck(name=name, ok=False, text=f"{name} was changed after it was written")


def _pages(folder: Path) -> set[str]:
    """What somebody may take for a page of this run."""
    paths = list(folder.iterdir())[:_MOST_FILES]
    return {path.name for path in paths if path.suffix.lower() in (".html", ".pdf")}


def _unnamed(path: Path) -> FileCheck:
    text = f"{path.name} is no file of this run"
    return FileCheck(name=path.name, ok=False, text=text)


def _is_plain(name: str) -> bool:
    return name not in (".", "..", MANIFEST) and _PLAIN_NAME.fullmatch(name) is not None

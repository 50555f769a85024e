"""A single file that is whole or not there, and never anything but a file.

A name that is a device, a pipe, a folder or a link is neither replaced nor followed: whoever put
it there meant something else by it, and it may lead anywhere.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from diagnose.errors import OutputError

_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises `OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(
            f"cannot make the folder {folder}: {problem.strerror}",
            hint="choose another folder with --out",
        ) from problem


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is whole or not there at all. Raises `OutputError`."""
    refuse_special(path)
    make_folder(path.parent)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with writing(path):
            with create(part) as file:
                file.write(data)
                store(file)
            part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def refuse_special(path: Path) -> None:
    """Refuse a name that is taken by something other than a file. Raises `OutputError`."""
    with writing(path):
        try:
            kind = stat.S_IFMT(path.lstat().st_mode)
        except FileNotFoundError:
            return
    if kind != stat.S_IFREG:
        raise OutputError(
            f"{path} is {_KINDS.get(kind, 'no file')}: it is neither replaced nor followed",
            hint="name a file, or one that is not there yet",
        )


def refuse_link(folder: Path) -> None:
    """Refuse a folder that is a link: who made it chose where we write. Raises `OutputError`."""
    if folder.is_symlink():
        raise OutputError(
            f"{folder} is a link: it is neither replaced nor followed",
            hint="name the folder itself",
        )


def create(path: Path) -> IO[bytes]:
    """Open a new file; what is there already, or a link to anywhere, is refused by the system."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o644), "wb")


def store(file: IO[bytes]) -> None:
    """Have the system put on the disk what was written so far."""
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say of whatever the system refuses that this file cannot be written."""
    try:
        yield
    except OSError as problem:
        raise OutputError(
            f"cannot write {path}: {problem.strerror or problem}",
            hint="make room or choose another folder with --out; nothing half was left there",
        ) from problem

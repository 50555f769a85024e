"""One run writes to a folder at a time; a second one is told who is writing.

The system gives a lock up with the process that held it, however that ended: a file left behind by
a killed run keeps nobody out.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from diagnose.errors import FolderBusy
from diagnose.files.whole import refuse_special, writing

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "run.lock"
_LONGEST_HOLDER = 500


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder. Raises `FolderBusy` where another run does, `OutputError`."""
    path = folder / NAME
    handle = _acquire(path)
    try:
        with writing(path):
            _say_who(handle)
        yield
    finally:
        if sys.platform != "win32":  # there nobody can remove what is open
            with suppress(OSError):
                path.unlink()
        os.close(handle)


def is_locked(folder: Path) -> bool:
    """Whether a run writes to the folder at this moment."""
    try:
        handle = os.open(folder / NAME, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return not _try(handle)
    finally:
        os.close(handle)


def _acquire(path: Path) -> int:
    """Lock the file that has the name: one that its holder took away meanwhile does not count."""
    while True:
        refuse_special(path)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        with writing(path):
            handle = os.open(path, flags, 0o644)
        if not _try(handle):
            holder = _holder(handle)
            os.close(handle)
            raise FolderBusy(
                f"another run is writing to {path.parent}: {holder}",
                hint="wait until it has ended, or choose another folder with --out",
            )
        if _is_named(handle, path):
            return handle
        os.close(handle)


def _try(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_named(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except OSError:
        return False


def _say_who(handle: int) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    holder = {"process": os.getpid(), "computer": platform.node(), "since": since}
    os.ftruncate(handle, 0)
    os.write(handle, json.dumps(holder).encode())


def _holder(handle: int) -> str:
    try:
        holder = json.loads(os.read(handle, _LONGEST_HOLDER))
        return f"process {holder['process']} on {holder['computer']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said who it is"

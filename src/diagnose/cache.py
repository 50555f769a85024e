"""What is kept from one run to the next because making it anew takes time; all of it may go.

A file counts only where nobody but this user can have written it, and where it is whole: what is
not ours or not whole is as if it were not there. Files are digests by name, the oldest go first.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

_LARGEST_BYTES = 1024 * 1024
_MOST_FILES = 64


def cache_folder(kind: str) -> Path | None:
    """Where this user's files of a kind are kept; None where there is no place for them."""
    if own := os.environ.get("DIAGNOSE_CACHE") or os.environ.get("DIAGNOSE_CONFIG"):
        return Path(own) / kind
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "diagnose" / kind
    try:
        return Path.home() / ".cache" / "diagnose" / kind
    except RuntimeError:
        return None


def read_kept(path: Path) -> bytes:
    """Give what was kept. Raises `OSError`, `ValueError` where it is not there, ours and whole."""
    handle = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with os.fdopen(handle, "rb") as file:
        if not _is_ours(os.fstat(file.fileno())) or not _is_ours(path.parent.stat(), folder=True):
            raise PermissionError(path)
        data = file.read(_LARGEST_BYTES)
    sum_, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != sum_:
        raise ValueError(path)
    return body


def keep(path: Path, body: bytes) -> None:
    """Keep it, whole or not at all. Raises `OSError`."""
    import tempfile  # most runs keep nothing new, and it loads every compressor there is

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    _forget_oldest(path)


def _is_ours(found: os.stat_result, *, folder: bool = False) -> bool:
    """Whether only this user can have written it."""
    kind = stat.S_ISDIR(found.st_mode) if folder else stat.S_ISREG(found.st_mode)
    user = getattr(os, "geteuid", lambda: found.st_uid)()
    return kind and found.st_uid == user and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _forget_oldest(path: Path) -> None:
    kept = path.parent.glob(f"*{path.suffix}")
    newest_first = sorted(kept, key=lambda one: one.stat().st_mtime, reverse=True)
    for old in newest_first[_MOST_FILES:]:
        old.unlink(missing_ok=True)

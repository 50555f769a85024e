"""One run per phone at a time, across every process of this computer.

A lease is a lock on a file that names its holder. The system gives it back when the holder ends,
however it ends: there is nothing stale to clean up. All users share the folder, as they share the
phones; a phone of another computer's adb server is another phone.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from diagnose.errors import DeviceBusy, OutputError
from diagnose.model.text import Text
from diagnose.text import printable

_POLL_S = 0.1
_LONGEST_NOTE = 2000
_BUSY = Text("the phone {phone} is in use by {holder}", "手机 {phone} 正被 {holder} 使用")
_HINT = "wait for it with --wait-free SECONDS, or end that run"


@contextmanager
def leased(phone: str, *, place: str = "", wait_s: float = 0.0) -> Iterator[None]:
    """Hold the phone while the block runs. `place` is the adb server's, where it is another's.

    Raises `DeviceBusy`, which names the holder, where it is not free within `wait_s` seconds.
    """
    if os.name != "posix":  # no locks of this kind there; one counter has one program
        yield
        return
    handle = _open(_folder() / hashlib.sha256(f"{place}\0{phone}".encode()).hexdigest()[:32])
    try:
        _lock(handle, phone, wait_s)
        _note(handle)
        yield
    finally:
        os.close(handle)  # and with it the lock


def _folder() -> Path:
    """Shared by all users, like the temporary folder it is in."""
    named = os.environ.get("DIAGNOSE_LEASES")
    folder = Path(named) if named else Path(tempfile.gettempdir()) / "diagnose-leases"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(PermissionError):  # another user made it
            folder.chmod(0o1777)
    except OSError as problem:
        raise OutputError(
            f"cannot make the folder {folder}: {problem.strerror}",
            hint="set DIAGNOSE_LEASES to a folder that all who share the phones may write to",
        ) from problem
    return folder


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        handle = os.open(path, flags, 0o666)
    except OSError as problem:
        raise OutputError(f"cannot open {path}: {problem.strerror}") from problem
    with suppress(PermissionError):
        os.fchmod(handle, 0o666)  # the umask must not keep the next user out
    return handle


def _lock(handle: int, phone: str, wait_s: float) -> None:
    import fcntl

    deadline = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                text = _BUSY.format(phone=printable(phone, 100), holder=_holder(handle))
                raise DeviceBusy(text.en, hint=_HINT) from None
            time.sleep(_POLL_S)
        else:
            return


def _note(handle: int) -> None:
    note = {"pid": os.getpid(), "program": Path(sys.argv[0]).name, "since": round(time.time())}
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(note).encode(), 0)


def _holder(handle: int) -> str:
    """Name who holds it; what stands in the file may be anybody's words."""
    try:
        note = json.loads(os.pread(handle, _LONGEST_NOTE, 0))
        since = time.strftime("%H:%M:%S", time.localtime(int(note["since"])))
        return printable(f"{note['program']} (process {int(note['pid'])}) since {since}", 120)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return "another program"

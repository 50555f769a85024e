"""Where this user's files are kept, also where a container gives no home and any user id."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from diagnose.errors import OutputError


def user_folder(variable: str, below_home: str) -> Path:
    """The folder `diagnose` in an XDG place: that of the variable, else the one below the home.

    Without a home that can be written, it is a folder of this user's own in the temporary place:
    then what is kept there lasts as long as that does. Raises `OutputError` where another user
    owns it.
    """
    if base := os.environ.get(variable):
        return Path(base) / "diagnose"
    home = writable_home()
    if home is not None:
        return home / below_home / "diagnose"
    return own_temporary() / below_home / "diagnose"


def writable_home() -> Path | None:
    """The home of this user; None where there is none, or none that can be written."""
    try:
        home = Path.home()
    except RuntimeError:  # no HOME, and a user id that no password file knows
        return None
    usable = home.is_absolute() and home.is_dir() and os.access(home, os.W_OK | os.X_OK)
    return home if usable else None


def own_temporary() -> Path:
    """Give a folder in the temporary place that is this user's alone. Raises `OutputError`."""
    import tempfile

    folder = Path(tempfile.gettempdir()) / f"diagnose-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError as problem:
        raise _nowhere(f"cannot make the folder {folder}: {problem.strerror}") from problem
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not mine or found.st_mode & 0o077:
        raise _nowhere(f"{folder} belongs to somebody else, or others may write there")
    return folder


def _nowhere(message: str) -> OutputError:
    return OutputError(message, hint="set DIAGNOSE_CONFIG to a folder you may write to")

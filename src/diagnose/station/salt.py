"""The station: this computer's own secret, by which serial numbers are hashed.

The same phone has the same hash on one station (before and after a repair can be compared), and
nobody without the secret can try out serial numbers.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from diagnose.errors import KeyRefused, OutputError
from diagnose.places import user_folder

SALT_BYTES = 32


def config_folder() -> Path:
    """Where this user's settings are kept: `DIAGNOSE_CONFIG`, or the XDG place."""
    if own := os.environ.get("DIAGNOSE_CONFIG"):
        return Path(own)
    return user_folder("XDG_CONFIG_HOME", ".config")


def station_salt() -> bytes:
    """The station's secret; made on first use, readable by its owner only.

    Raises `KeyRefused` where it is not whole: hashes made with it could be guessed. `OutputError`.
    """
    path = config_folder() / "station.salt"
    try:
        salt = _read(path)
    except FileNotFoundError:
        _make(path)
        salt = _read(path)
    if len(salt) != SALT_BYTES:
        raise KeyRefused(
            f"the station's secret {path} has {len(salt)} bytes, not {SALT_BYTES}: it is not whole",
            hint=f"mv '{path}' '{path}.damaged': a new one is made, and the same phone has another"
            " hash from then on",
        )
    return salt


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise OutputError(f"cannot read {path}: {problem.strerror}") from problem


def _make(path: Path) -> None:
    """Make the file whole before it has its name: of two first uses at once one wins."""
    import secrets

    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SALT_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
    except OSError as problem:
        raise OutputError(
            f"cannot keep the station's secret in {path.parent}: {problem.strerror}",
            hint="set DIAGNOSE_CONFIG to a folder you may write to",
        ) from problem
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)

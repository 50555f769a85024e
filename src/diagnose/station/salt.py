"""The station: this computer's own secret, by which serial numbers are hashed.

The same phone has the same hash on one station (before and after a repair can be compared), and
nobody without the secret can try out serial numbers.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from diagnose.errors import OutputError
from diagnose.places import user_folder


def config_folder() -> Path:
    """Where this user's settings are kept: `DIAGNOSE_CONFIG`, or the XDG place."""
    if own := os.environ.get("DIAGNOSE_CONFIG"):
        return Path(own)
    return user_folder("XDG_CONFIG_HOME", ".config")


def station_salt() -> bytes:
    """The station's secret; made on first use, readable by its owner only."""
    path = config_folder() / "station.salt"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _make(path)
    except OSError as problem:
        raise OutputError(f"cannot read {path}: {problem.strerror}") from problem


def _make(path: Path) -> bytes:
    salt = secrets.token_bytes(32)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another run made it at the same moment
        return path.read_bytes()
    except OSError as problem:
        raise OutputError(
            f"cannot keep the station's secret in {path.parent}: {problem.strerror}",
            hint="set DIAGNOSE_CONFIG to a folder you may write to",
        ) from problem
    with os.fdopen(handle, "wb") as file:
        file.write(salt)
    return salt

"""Where the casebook is: a SQLite file of this user's by default, PostgreSQL by URL."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from diagnose.errors import UsageError
from diagnose.station.settings import settings


def data_folder() -> Path:
    """Where this user's data are kept: `DIAGNOSE_DATA`, or the XDG place."""
    if own := os.environ.get("DIAGNOSE_DATA"):
        return Path(own)
    if base := os.environ.get("XDG_DATA_HOME"):
        return Path(base) / "diagnose"
    try:
        return Path.home() / ".local" / "share" / "diagnose"
    except RuntimeError as problem:  # no HOME, and a user id that no password file knows
        hint = "set DIAGNOSE_DATA to a folder that is kept, or DIAGNOSE_CASEBOOK"
        raise UsageError("there is no home to keep the casebook in", hint=hint) from problem


def casebook_url(named: str | None = None) -> URL:
    """Find the casebook: the one named, the one that was set, or `cases.db` in the data folder.

    A path is a SQLite file. Raises `UsageError` for a database that is neither.
    """
    name = named or settings().casebook or str(data_folder() / "cases.db")
    if "://" not in name:
        if name.startswith((":memory:", "file:")) or "mode=memory" in name:
            raise _not_supported()
        return URL.create("sqlite", database=name)
    try:
        url = make_url(name)
    except ArgumentError as problem:
        raise _not_supported() from problem
    if url.drivername == "sqlite" and _is_file(url):
        return URL.create("sqlite", database=url.database)
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    raise _not_supported()


def _is_file(url: URL) -> bool:
    """Whether it is kept on a disk: a record in memory is gone with the command that made it."""
    database = url.database or ""
    return bool(database) and not database.startswith((":memory:", "file:")) and not url.query


def _not_supported() -> UsageError:
    # The URL is not repeated: it may carry a password.
    return UsageError(
        "the casebook is a SQLite file or a PostgreSQL database",
        hint="a path, or postgresql://USER@HOST/DATABASE, in --casebook or `diagnose config`",
    )

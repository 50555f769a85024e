"""Scrubbing: the bytes of erased values leave the database's files, not only its answers.

SQLite overwrites deleted cells with zeros (`secure_delete`), but its log holds the old pages until
it is written back and cut. PostgreSQL leaves dead rows in the table until it is written anew, and
the statistics of a column hold samples of it. What no statement reaches is said in ADR 0010: the
write-ahead log of PostgreSQL until its segments are reused, backups, and freed blocks of the disk.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

PATIENCE_S = 15
"""How long a reader who may still see the old rows is waited for."""

_LOCK_NOT_AVAILABLE = "55P03"
_OTHERS = text(
    "SELECT pid, xact_start FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND backend_xmin IS NOT NULL"
)


def keep_no_samples(connection: Connection) -> None:
    """Have PostgreSQL gather no statistics of private values: those are samples of them."""
    if connection.dialect.name == "postgresql":
        for column in ("salt", "value"):
            statement = f"ALTER TABLE private_values ALTER COLUMN {column} SET STATISTICS 0"
            connection.execute(text(statement))


PRIVATE = ("private_values",)


def scrub(connection: Connection, tables: Sequence[str] = PRIVATE) -> bool:
    """Take erased bytes of tables out of the files. The connection must be in no transaction.

    False: another program still reads what was there before, so something is left for next time.
    """
    if connection.dialect.name == "sqlite":
        return _cut_log(connection)
    return _write_anew(connection, tables)


def _cut_log(connection: Connection) -> bool:
    """Write the log back and cut it; SQLite itself waits for readers, up to its busy timeout."""
    busy: int = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
    return busy == 0


def _write_anew(connection: Connection, tables: Sequence[str]) -> bool:
    """Write the tables anew: dead rows that no older transaction may see are not written again."""
    alone = _wait_for_older(connection)
    connection.execute(text(f"SET lock_timeout = '{PATIENCE_S}s'"))
    try:
        connection.execute(text(f"VACUUM (FULL) {', '.join(tables)}"))
    except DBAPIError as problem:
        if getattr(problem.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        return False
    return alone


def _wait_for_older(connection: Connection) -> bool:
    older = _transactions(connection)
    deadline = time.monotonic() + PATIENCE_S
    while older and time.monotonic() < deadline:
        time.sleep(0.05)
        older &= _transactions(connection)
    return not older


def _transactions(connection: Connection) -> set[tuple[int, datetime]]:
    """The transactions of others that hold a view of the past: process and beginning."""
    return {(row.pid, row.xact_start) for row in connection.execute(_OTHERS)}

"""The tables of a casebook and the connections to them.

`events` is only ever added to. The primary key (case, seq) is what keeps two writers from
forking a chain. Private values stand in a table of their own, the only one rows are deleted from.
`damaged_erasures` says of which damaged cases they were erased all the same.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
)

from diagnose.errors import CasebookUnavailable, UsageError

WRITES = "diagnose_writes"
BUSY_TIMEOUT_S = 15

metadata = MetaData()
events = Table(
    "events",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("signature", String(128), nullable=False),
)
heads = Table(
    "heads",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("key", String(64), nullable=False),
    Column("signature", String(128), nullable=False),
)
private_values = Table(
    "private_values",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("name", String(64), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

damaged_erasures = Table(
    "damaged_erasures",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("signature", String(128), nullable=False),
)


def connect(url: URL) -> Engine:
    """Make the engine. Raises `UsageError` where a driver is missing, `CasebookUnavailable`."""
    if url.get_backend_name() == "sqlite":
        return _connect_sqlite(url)
    try:
        # One snapshot for a whole read: events and their head must belong together.
        return create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    except ModuleNotFoundError as problem:
        raise UsageError(
            "PostgreSQL needs the driver psycopg", hint="pip install 'diagnose[postgres]'"
        ) from problem


def _connect_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        _make_file(Path(url.database))
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(path: Path) -> None:
    """Make an empty database only its owner can read; SQLite gives -wal and -shm its mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as problem:
        raise CasebookUnavailable(
            f"cannot open the casebook {path}: {problem.strerror}",
            hint="name another one with --casebook, or set DIAGNOSE_DATA",
        ) from problem


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Durable at every commit, readers beside one writer, and deleted bytes are overwritten."""
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something is written: no deadlock between two writers."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

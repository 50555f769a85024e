"""The tables of a casebook and the connections to them.

`events` is only ever added to. The primary key (case, seq) is what keeps two writers from
forking a chain. Private values stand in a table of their own, the only one rows are deleted from.
`damaged_erasures` says of which damaged cases they were erased all the same.
"""

from __future__ import annotations

import os
import stat
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    event,
)

from diagnose.case.record.columns import BytesColumn, NumberColumn, WordColumn
from diagnose.errors import CasebookUnavailable, UsageError

WRITES = "diagnose_writes"
BUSY_TIMEOUT_S = 15

metadata = MetaData()
events = Table(
    "events",
    metadata,
    Column("case_id", WordColumn(64), primary_key=True),
    Column("seq", NumberColumn, primary_key=True, autoincrement=False),
    Column("body", BytesColumn, nullable=False),
    Column("signature", WordColumn(128), nullable=False),
)
heads = Table(
    "heads",
    metadata,
    Column("case_id", WordColumn(64), primary_key=True),
    Column("seq", NumberColumn, nullable=False),
    Column("hash", WordColumn(64), nullable=False),
    Column("key", WordColumn(64), nullable=False),
    Column("signature", WordColumn(128), nullable=False),
)
private_values = Table(
    "private_values",
    metadata,
    Column("case_id", WordColumn(64), primary_key=True),
    Column("seq", NumberColumn, primary_key=True, autoincrement=False),
    Column("name", WordColumn(64), primary_key=True),
    Column("salt", BytesColumn, nullable=False),
    Column("value", BytesColumn, nullable=False),
)

damaged_erasures = Table(
    "damaged_erasures",
    metadata,
    Column("case_id", WordColumn(64), primary_key=True),
    Column("number", NumberColumn, primary_key=True, autoincrement=False),
    Column("body", BytesColumn, nullable=False),
    Column("signature", WordColumn(128), nullable=False),
)

# Every event of every case in the order in which they were recorded (see `ledger`).
ledger = Table(
    "ledger",
    metadata,
    Column("number", NumberColumn, primary_key=True, autoincrement=False),
    Column("body", BytesColumn, nullable=False),
    Column("signature", WordColumn(128), nullable=False),
)
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("name", WordColumn(8), primary_key=True),
    Column("body", BytesColumn, nullable=False),
    Column("signature", WordColumn(128), nullable=False),
)
# The commands that recorded something, by their own key: one that comes twice is recorded once.
commands = Table(
    "commands",
    metadata,
    Column("key", WordColumn(64), primary_key=True),
    Column("case_id", WordColumn(64), nullable=False),
)


def connect(url: URL) -> Engine:
    """Make the engine. Raises `UsageError` where a driver is missing, `CasebookUnavailable`."""
    if url.get_backend_name() == "sqlite":
        return _connect_sqlite(url)
    try:
        from diagnose.case.record.postgres import connect_bounded

        # One snapshot for a whole read: events and their head must belong together.
        engine = create_engine(url, isolation_level="REPEATABLE READ")
        event.listen(engine, "do_connect", connect_bounded)
    except ModuleNotFoundError as problem:
        raise UsageError(
            "PostgreSQL needs the driver psycopg", hint="pip install 'diagnose[postgres]'"
        ) from problem
    return engine


def _connect_sqlite(url: URL) -> Engine:
    _make_file(Path(str(url.database)))
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(path: Path) -> None:
    """Make an empty database only its owner can read; SQLite gives -wal and -shm its mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise UsageError(f"the casebook {path} is no file", hint="name a file")
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _keep_others_out(path, handle)
        finally:
            os.close(handle)
    except OSError as problem:
        raise CasebookUnavailable(
            f"cannot open the casebook {path}: {problem.strerror}",
            hint="name another one with --casebook, or set DIAGNOSE_DATA",
        ) from problem


def _keep_others_out(path: Path, handle: int) -> None:
    """Names and telephone numbers stand in it: where others may read them, that ends, with a word.

    Raises `UsageError` where it belongs to somebody else, who alone can end it.
    """
    mode = os.fstat(handle).st_mode
    if os.name != "posix" or not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return
    warning = f"others could read the casebook {path} (mode {stat.S_IMODE(mode):04o})"
    try:
        for part in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            if part.is_file():
                part.chmod(0o600)
    except PermissionError as problem:
        raise UsageError(warning, hint="let its owner make it his own: chmod 600") from problem
    warnings.warn(f"{warning}; now only you can", CasebookWarning, stacklevel=2)


class CasebookWarning(UserWarning):
    """Something about a casebook that its owner should know."""


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Durable at every commit, readers beside one writer, and deleted bytes are overwritten."""
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something is written: no deadlock between two writers."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

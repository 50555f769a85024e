"""One transaction at a time, on SQLite or PostgreSQL; a lost race is run again.

What is kept beside the cases (the outbox of tickets) uses the same database the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, MetaData, RootTransaction, inspect
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from diagnose.case.record import tables
from diagnose.errors import CasebookBusy, CasebookUnavailable, CommitUnknown

ATTEMPTS = 50
"""How often a lost race is run again; each time another writer got one step further."""

LOST_RACES = ("40001", "40P01", "23505", "42P07")
"""PostgreSQL: serialization failure, deadlock, unique violation, the table is there already."""

T = TypeVar("T")


class OvertakenError(Exception):
    """Another writer was faster; nothing was written."""


class Database:
    """A database and its connections. Raises `CasebookUnavailable` where it does not answer."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @property
    def place(self) -> str:
        """Where it is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    def make(self, metadata: MetaData, prepare: Callable[[Connection], None] | None = None) -> None:
        """Make the tables that are not there; `prepare` runs in the same transaction."""
        with self.reading() as connection:
            there = set(inspect(connection).get_table_names())
        if there >= {*metadata.tables}:
            return

        def once(connection: Connection) -> None:
            metadata.create_all(connection)
            if prepare:
                prepare(connection)

        self.written(once, what="its tables")

    def written(self, write: Callable[[Connection], T], *, what: str) -> T:
        """Write in one transaction; where another writer was faster, look and write again."""
        for _ in range(ATTEMPTS):
            try:
                return self.attempt(write)
            except OvertakenError:
                continue
        raise CasebookBusy(f"{self.place}: too many others write to {what}", hint="try again")

    def attempt(self, write: Callable[[Connection], T]) -> T:
        """Write in one transaction. Raises `OvertakenError` where another writer was faster."""
        with self._guarded_writing() as (connection, transaction):
            try:
                made = write(connection)
            except BaseException:
                transaction.rollback()
                raise
            self._commit(transaction)
        return made

    def _commit(self, transaction: RootTransaction) -> None:
        """Commit. Where the connection is lost over it, nobody knows whether it was recorded."""
        try:
            transaction.commit()
        except DBAPIError as problem:
            if not problem.connection_invalidated:
                raise
            raise CommitUnknown(
                f"the casebook {self.place} fell silent while it recorded: {problem.orig}",
                hint="it may be recorded: look with diagnose case show before you go on",
            ) from problem

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in one snapshot."""
        with self.guarded(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _guarded_writing(self) -> Iterator[tuple[Connection, RootTransaction]]:
        with self.guarded(), self.engine.connect() as connection:
            writing = connection.execution_options(**{tables.WRITES: True})
            yield writing, writing.begin()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say in plain words what is wrong with the database."""
        try:
            yield
        except SQLAlchemyError as problem:
            if _overtaken(problem):
                raise OvertakenError from problem
            if _busy(problem):
                raise CasebookBusy(
                    f"the casebook {self.place} is busy: another program keeps writing to it",
                    hint="nothing was recorded; try again in a moment",
                ) from problem
            cause = problem.orig if isinstance(problem, DBAPIError) else problem
            raise CasebookUnavailable(
                f"the casebook {self.place} does not answer: {cause}",
                hint="is there room on the disk, and is the database running?",
            ) from problem


def _overtaken(problem: SQLAlchemyError) -> bool:
    state = getattr(problem.orig, "sqlstate", None) if isinstance(problem, DBAPIError) else None
    return isinstance(problem, IntegrityError) or state in LOST_RACES


def _busy(problem: SQLAlchemyError) -> bool:
    """Whether a lock was waited for in vain (SQLITE_BUSY, SQLITE_LOCKED, lock_not_available)."""
    orig = problem.orig if isinstance(problem, DBAPIError) else None
    code = getattr(orig, "sqlite_errorcode", 0) or 0
    return code & 0xFF in (5, 6) or getattr(orig, "sqlstate", None) == "55P03"

"""Erased bytes leave the files: of SQLite its log too, of PostgreSQL the table and its samples."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.case.record.test_store import erase, note
from tests.case.rules.samples import adding

from diagnose.case.record import scrubbing
from diagnose.case.record.events import Chain, Entry
from diagnose.case.record.store import Casebook

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LONG = 9000
"""Longer than a page of SQLite, and than what PostgreSQL keeps in the row itself."""


ON_POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


def mark(case: str) -> bytes:
    return f"+86-{case}-13800138000".encode()


def fill(casebook: Casebook, *cases: str) -> None:
    """Three private values a case, of all sizes: the same in every run."""
    chance = random.Random(7)  # noqa: S311 - sizes of values
    for number in range(3 * len(cases)):
        case = cases[number % len(cases)]
        noise = "".join(chance.choices("abcdefghij", k=chance.choice((0, 300, LONG))))
        value = {"phone": mark(case).decode(), "strokes": noise}
        entry = note("x" * chance.randrange(2000), **{f"contact{number}": value})
        casebook.record(case, adding(entry), at=NOW, actor="tester")


def files(url: str) -> list[Path]:
    """Every file of the database but the write-ahead log of PostgreSQL."""
    if url.endswith(".db"):
        return sorted(Path(url).parent.glob("cases.db*"))
    data = Path(parse_qs(urlsplit(url).query)["host"][0]) / "data"
    return [p for p in data.rglob("*") if p.is_file() and "pg_wal" not in p.parts]


def found(url: str, what: bytes) -> list[str]:
    _write_back(url)
    there = []
    for path in files(url):
        try:
            data = path.read_bytes()
        except FileNotFoundError:  # the server has just taken it away
            continue
        there += [path.name] if what in data else []
    return there


def _write_back(url: str) -> None:
    if url.endswith(".db"):
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def test_erased_bytes_are_in_no_file_and_others_stay(casebook: Casebook, url: str) -> None:
    cases = [f"20261122-{number:05}" for number in range(12)]
    fill(casebook, *cases)
    assert all(found(url, mark(case)) for case in cases[:3])
    gone, kept = cases[::2], cases[1::2]
    for case in gone:
        casebook.record(case, erase, at=NOW, actor="tester")
    assert casebook.scrub()
    assert [case for case in gone if found(url, mark(case))] == []
    for case in kept:
        assert len(casebook.read(case).private) == 3


def test_what_an_interrupted_erasure_left_goes_with_the_next(casebook: Casebook, url: str) -> None:
    """Killed after the event and before the scrubbing: the next scrubbing does both."""
    fill(casebook, "20261122-A", "20261122-B")
    casebook.record("20261122-A", erase, at=NOW, actor="tester")
    casebook.close()
    assert casebook.scrub()
    casebook.record("20261122-B", erase, at=NOW, actor="tester")
    assert casebook.scrub()
    assert casebook.scrub(), "once more is no mistake"
    assert found(url, b"13800138000") == []


def test_scrubbing_says_when_a_reader_stands_in_the_way(
    url: str, casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubbing, "PATIENCE_S", 1)
    fill(casebook, "20261122-A")
    if url.endswith(".db"):
        with sqlite3.connect(url) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM private_values").fetchone()
            casebook.record("20261122-A", erase, at=NOW, actor="tester")
            with casebook._database.engine.connect() as connection:
                bare = connection.execution_options(isolation_level="AUTOCOMMIT")
                bare.exec_driver_sql("PRAGMA busy_timeout = 100").close()
                assert scrubbing.scrub(bare) is False
        reader.close()
    else:
        import psycopg

        with psycopg.connect(url) as other:
            other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            other.execute("SELECT count(*) FROM events").fetchone()
            casebook.record("20261122-A", erase, at=NOW, actor="tester")
            assert casebook.scrub() is False
    assert casebook.scrub() is True
    assert found(url, b"13800138000") == []


@ON_POSTGRESQL
def test_postgresql_gathers_no_samples_of_private_values(casebook: Casebook, url: str) -> None:
    import psycopg

    def same(chain: Chain) -> Sequence[Entry]:
        return [note("n", contact="13800138000") for _ in range(50)]

    casebook.record("20261122-A", same, at=NOW, actor="tester")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE private_values")
        query = "SELECT attname FROM pg_stats WHERE tablename = 'private_values'"
        sampled = {name for (name,) in connection.execute(query).fetchall()}
    assert "case_id" in sampled, "it does gather some"
    assert not sampled & {"salt", "value"}


@ON_POSTGRESQL
def test_the_log_of_postgresql_lets_go_where_segments_are_not_reused(
    casebook: Casebook, url: str
) -> None:
    """What ADR 0010 tells the operator to set does what it says."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET wal_recycle = off")
        connection.execute("SELECT pg_reload_conf()")
        fill(casebook, "20261122-A")
        assert in_log(url), "it is in the log at first"
        casebook.record("20261122-A", erase, at=NOW, actor="tester")
        assert casebook.scrub()
        for _ in range(2):
            connection.execute("SELECT pg_switch_wal()")
            connection.execute("CHECKPOINT")
        connection.execute("ALTER SYSTEM RESET wal_recycle")
        connection.execute("SELECT pg_reload_conf()")
    assert in_log(url) == []


def in_log(url: str) -> list[str]:
    log = Path(parse_qs(urlsplit(url).query)["host"][0]) / "data" / "pg_wal"
    return [p.name for p in log.iterdir() if p.is_file() and mark("20261122-A") in p.read_bytes()]

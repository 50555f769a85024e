"""Cases that are gone are missed, a command that comes twice is recorded once, nobody waits."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text
from tests.commands.counter import CaseDesk

from diagnose.case.record.events import Entry, EventKind
from diagnose.case.record.place import casebook_url
from diagnose.case.record.store import Casebook
from diagnose.case.record.tables import CasebookWarning
from diagnose.errors import CasebookBusy, CasebookUnavailable, UsageError
from diagnose.station.signing import StationKey

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
OPEN = [Entry(EventKind.OPENED, {"n": 1})]
MORE = [Entry(EventKind.QUOTED, {"n": 2})]


def _fill(casebook: Casebook) -> None:
    for name in ("A", "B", "C"):
        casebook.record(name, lambda _: OPEN, at=AT, actor="me")
        casebook.record(name, lambda _: MORE, at=AT, actor="me")


def _do(casebook: Casebook, *statements: str) -> None:
    with casebook._database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


TAMPERED: dict[str, tuple[tuple[str, ...], str]] = {
    "a case": (
        ("DELETE FROM events WHERE case_id = 'B'", "DELETE FROM heads WHERE case_id = 'B'"),
        "the case B was recorded and is gone",
    ),
    "an end": (
        (
            "DELETE FROM events WHERE case_id = 'B' AND seq = 2",
            "UPDATE heads SET seq = 1 WHERE case_id = 'B'",
        ),
        "the case B had 2 events, 1 are there",
    ),
    "a case and its lines": (
        (
            *("DELETE FROM events WHERE case_id = 'C'", "DELETE FROM heads WHERE case_id = 'C'"),
            "DELETE FROM ledger WHERE number > 4",
        ),
        "the ledger has 4 lines, its signed head names 6",
    ),
    "a line": (("DELETE FROM ledger WHERE number = 2",), "line 2 of the ledger is missing"),
    "the head": (("DELETE FROM ledger_head",), "the signed head of the casebook is missing"),
    "the order": (
        (
            "UPDATE ledger SET number = 99 WHERE number = 1",
            "UPDATE ledger SET number = 1 WHERE number = 2",
            "UPDATE ledger SET number = 2 WHERE number = 99",
        ),
        "line 1 of the ledger is missing, moved or changed",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_is_gone_is_missed(casebook: Casebook, key: StationKey, what: str) -> None:
    _fill(casebook)
    assert casebook.ledger_flaws({key.public}) == ()
    statements, output = TAMPERED[what]
    _do(casebook, *statements)
    assert any(output in flaw.text for flaw in casebook.ledger_flaws({key.public}))


def test_cases_of_an_older_casebook_are_taken_over(casebook: Casebook, key: StationKey) -> None:
    _fill(casebook)
    _do(casebook, "DELETE FROM ledger", "DELETE FROM ledger_head")
    casebook.record("D", lambda _: OPEN, at=AT, actor="me")
    assert casebook.ledger_flaws({key.public}) == ()
    _do(casebook, *TAMPERED["a case"][0])
    assert [flaw.code for flaw in casebook.ledger_flaws({key.public})] == ["gone"]


def test_verify_says_which_case_is_gone(tmp_path: Path) -> None:
    desk = CaseDesk(tmp_path, str(tmp_path / "cases.db"))
    name = desk.does("open", "--complaint", "x")["case_id"]
    with sqlite3.connect(desk.url) as connection:
        for table in ("events", "heads", "private_values"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    found = desk.does("verify", name, status=1)
    assert [flaw["code"] for flaw in found["flaws"]] == ["gone"]
    assert "no case" in desk.refuses("verify", "20200101-AAAAA")


def test_a_casebook_that_holds_nothing_is_never_called_whole(tmp_path: Path) -> None:
    desk = CaseDesk(tmp_path, str(tmp_path / "cases.db"))
    desk.does("open", "--complaint", "x")
    assert desk.does("verify")["sound"]
    with sqlite3.connect(desk.url) as connection:
        for table in ("events", "heads", "private_values", "ledger", "ledger_head"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    found = desk.does("verify", status=5)
    assert [flaw["code"] for flaw in found["flaws"]] == ["empty"]
    assert "emptied" in desk.case("verify").out


def test_verify_makes_no_key(tmp_path: Path) -> None:
    desk = CaseDesk(tmp_path, str(tmp_path / "cases.db"))
    name = desk.does("open", "--complaint", "x")["case_id"]
    (tmp_path / "config" / "station.key").unlink()
    assert desk.case("verify", name).status == 5
    assert not (tmp_path / "config" / "station.key").exists()
    ended = desk.case("close", name, "--reason", "never fetched")
    assert "was signed with the key" in ended.err, "a key that changed is said"


def test_a_command_given_twice_is_recorded_once(casebook: Casebook) -> None:
    for _ in range(3):
        chain = casebook.record("A", lambda _: OPEN, at=AT, actor="me", once="k1")
        assert len(chain.events) == 1
    assert len(casebook.record("A", lambda _: MORE, at=AT, actor="me", once="k2").events) == 2
    assert casebook.recorded_by("k1") == "A"


def test_a_case_opened_again_with_its_key_is_the_same_case(tmp_path: Path) -> None:
    desk = CaseDesk(tmp_path, str(tmp_path / "cases.db"))
    words = ("open", "--complaint", "x", "--once", "order-17")
    assert desk.does(*words)["case_id"] == desk.does(*words)["case_id"]
    assert len(desk.does("list")) == 1


def test_nothing_is_locked_while_a_case_is_judged(url: str, key: StationKey) -> None:
    """Another writer gets in while the rules are asked; they are asked again, of what he wrote."""
    with Casebook.open(url, key) as one, Casebook.open(url, key) as other:
        one.record("A", lambda _: OPEN, at=AT, actor="me")
        seen = []

        def decide(chain: object) -> list[Entry]:
            seen.append(len(chain.events))  # type: ignore[attr-defined]
            if len(seen) == 1:
                other.record("A", lambda _: MORE, at=AT, actor="you")
                other.record("B", lambda _: OPEN, at=AT, actor="you")
            return MORE

        assert len(one.record("A", decide, at=AT, actor="me").events) == 3
    assert seen == [1, 2]


def test_a_casebook_that_stays_busy_has_a_status_of_its_own(
    tmp_path: Path, key: StationKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnose.case.record.tables.BUSY_TIMEOUT_S", 0.2)
    path = tmp_path / "cases.db"
    with Casebook.open(str(path), key) as casebook:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(CasebookBusy) as busy:
            casebook.record("A", lambda _: OPEN, at=AT, actor="me")
        assert busy.value.exit_status == 6
        holder.execute("ROLLBACK")
        holder.close()
        assert len(casebook.record("A", lambda _: OPEN, at=AT, actor="me").events) == 1


@pytest.mark.parametrize(
    "place",
    [
        *("sqlite://", "sqlite:///:memory:", ":memory:", "file:x?mode=memory", "sqlite:///file:x"),
        "x.db?mode=memory",
        *("sqlite:///x.db?mode=memory", "sqlite+aiosqlite:///x.db", "mysql://u:secret@h/d"),
        *("postgresql+asyncpg://h/d", "postgresql+psycopg2://h/d", "oracle://x"),
    ],
)
def test_a_place_that_keeps_nothing_or_is_not_ours_is_refused(place: str) -> None:
    with pytest.raises(UsageError) as refused:
        casebook_url(place)
    assert "secret" not in refused.value.message + refused.value.hint


def test_a_casebook_that_others_could_read_is_mended_with_a_word(
    tmp_path: Path, key: StationKey
) -> None:
    path = tmp_path / "cases.db"
    Casebook.open(str(path), key).close()
    path.chmod(0o644)
    with pytest.warns(CasebookWarning, match="others could read"):
        Casebook.open(str(path), key).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="is no file"):
        Casebook.open(str(tmp_path / "pipe"), key)


def test_a_server_that_falls_silent_is_not_waited_for(
    postgres_database: str, key: StationKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diagnose.case.record.postgres.SILENCE_S", 1.0)
    with Casebook.open(postgres_database, key) as casebook:
        casebook.record("A", lambda _: OPEN, at=AT, actor="me")
        pid = _ask(casebook, "SELECT pg_backend_pid()")
        server = psutil.Process(pid)
        server.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            with pytest.raises(CasebookUnavailable, match="said nothing"):
                casebook.read("A")
            assert time.monotonic() - began < 30
        finally:
            server.send_signal(signal.SIGCONT)
        assert len(casebook.read("A").events) == 1, "the next connection is a new one"


def test_a_lost_commit_is_said_to_be_unknown_and_is_not_doubled(
    postgres_database: str, key: StationKey
) -> None:
    with Casebook.open(postgres_database, key) as casebook:
        casebook.record("A", lambda _: OPEN, at=AT, actor="me")
        before = _commit_after(casebook, lambda: _ask(casebook, "SELECT pg_backend_pid()"))
        assert "may be recorded" in before
        for _ in range(2):
            casebook.record("A", lambda _: MORE, at=AT, actor="me", once="k")
        assert len(casebook.read("A").events) == 2


def _ask(casebook: Casebook, question: str) -> int:
    with casebook._database.engine.connect() as connection:
        return int(connection.execute(text(question)).scalar_one())


def _commit_after(casebook: Casebook, pid: Callable[[], int]) -> str:
    """Record while the server's process is killed before the commit; give what is said."""
    killed = threading.Event()

    def decide_in_database(connection: object) -> None:
        asked = connection.execute(text("SELECT pg_backend_pid()"))  # type: ignore[attr-defined]
        process = psutil.Process(int(asked.scalar_one()))
        process.terminate()
        process.wait(10)
        killed.set()

    assert pid()
    with pytest.raises(CasebookUnavailable) as problem:
        casebook._database.attempt(decide_in_database)
    assert killed.is_set()
    return problem.value.hint

"""The store: nothing acknowledged is lost, nothing is half there, two writers make one chain."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diagnose.case.record.events import Chain, Entry, EventKind
from diagnose.case.record.store import Casebook
from diagnose.case.record.verify import check_chain
from diagnose.errors import CasebookInvalid, CasebookUnavailable, UsageError
from diagnose.station.signing import StationKey

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CASE = "20261122-TEST01"


def note(text: str, **private: object) -> Entry:
    return Entry(EventKind.EXPORTED, {"note": text}, private)


def add(casebook: Casebook, *entries: Entry, case: str = CASE) -> Chain:
    return casebook.record(case, lambda _chain: entries, at=NOW, actor="tester")


def flaws(casebook: Casebook, key: StationKey) -> list[str]:
    found = check_chain(casebook.read(CASE), trusted={key.public})
    return [flaw.code for flaw in found]


def test_what_was_recorded_is_read_again(casebook: Casebook, key: StationKey) -> None:
    add(casebook, note("first", contact={"name": "王小明"}))
    add(casebook, note("second"), note("third"))
    chain = casebook.read(CASE)
    assert [event.payload["note"] for event in chain.events] == ["first", "second", "third"]
    assert [event.seq for event in chain.events] == [1, 2, 3]
    assert chain.private[0].value == {"name": "王小明"}
    assert chain.events[0].at == NOW
    assert flaws(casebook, key) == []


def test_private_values_are_not_in_the_events(casebook: Casebook) -> None:
    chain = add(casebook, note("first", contact={"phone": "13800138000"}))
    assert b"13800138000" not in chain.events[0].body
    assert list(chain.events[0].private) == ["contact"]


def test_the_same_private_value_has_another_commitment_each_time(casebook: Casebook) -> None:
    chain = add(casebook, note("a", imei="1"), note("b", imei="1"))
    first, second = (event.private["imei"] for event in chain.events)
    assert first != second


def test_cases_are_kept_apart_and_listed(casebook: Casebook) -> None:
    add(casebook, note("one"), case="20261122-A")
    add(casebook, note("two"), case="20261123-B")
    assert casebook.cases() == ["20261123-B", "20261122-A"]
    assert len(casebook.read("20261122-A").events) == 1
    assert casebook.read("nothing").events == ()


def test_a_step_that_is_refused_records_nothing(casebook: Casebook) -> None:
    def refuse(_chain: Chain) -> Sequence[Entry]:
        raise UsageError("no")

    with pytest.raises(UsageError):
        casebook.record(CASE, refuse, at=NOW, actor="tester")
    assert casebook.read(CASE).events == ()


def test_several_entries_are_recorded_together_or_not_at_all(casebook: Casebook) -> None:
    with pytest.raises(ValueError, match="not representable"):
        add(casebook, note("good"), Entry(EventKind.QUOTED, {"price": float("nan")}))
    assert casebook.read(CASE).events == ()
    assert casebook.read(CASE).head is None


def test_a_writer_who_was_overtaken_decides_again(casebook: Casebook, url: str) -> None:
    """Between looking and writing another program adds an event: no fork, no lost event."""
    seen: list[int] = []

    def decide(chain: Chain) -> Sequence[Entry]:
        seen.append(len(chain.events))
        if len(seen) == 1 and not url.endswith(".db"):  # SQLite locks the other one out
            with Casebook.open(url, casebook._key) as other:
                add(other, note("faster"))
        return [note("slower")]

    chain = casebook.record(CASE, decide, at=NOW, actor="tester")
    notes = [event.payload["note"] for event in chain.events]
    expected = ["slower"] if url.endswith(".db") else ["faster", "slower"]
    assert notes == expected
    assert seen == list(range(len(expected)))


WRITER = """
import sys
from datetime import UTC, datetime
from diagnose.case.record.events import Entry, EventKind
from diagnose.case.record.store import Casebook
from diagnose.station.signing import station_key

url, case, name, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
with Casebook.open(url, station_key()) as casebook:
    for number in range(count):
        payload = {"note": f"{name}-{number}", "fill": "x" * 3000}
        entry = Entry(EventKind.EXPORTED, payload, {"p": number})
        chain = casebook.record(case, lambda _: [entry], at=datetime.now(UTC), actor=name)
        print(name, number, chain.head.seq, chain.head.hash, flush=True)
"""


def writer(url: str, name: str, count: int, config: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, CASE, name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DIAGNOSE_CONFIG": str(config)},
    )


@pytest.mark.slow
def test_two_writers_at_once_make_one_sound_chain(url: str, tmp_path: Path) -> None:
    writers = [writer(url, name, 25, tmp_path / "config") for name in ("a", "b")]
    outputs = [one.communicate(timeout=60)[0] for one in writers]
    assert [one.returncode for one in writers] == [0, 0]
    with Casebook.open(url) as casebook:
        chain = casebook.read(CASE)
    notes = [event.payload["note"] for event in chain.events]
    assert sorted(notes) == sorted(f"{name}-{n}" for name in "ab" for n in range(25))
    for name in "ab":
        assert [n for n in notes if n[0] == name] == [f"{name}-{n}" for n in range(25)]
    keys = {event.key for event in chain.events}
    assert len(keys) == 1, "two first uses at once made two station keys"
    assert check_chain(chain, trusted=keys) == ()
    hashes = {event.seq: event.hash for event in chain.events}
    for line in "".join(outputs).splitlines():
        _, _, seq, hash_ = line.split()
        assert hashes[int(seq)] == hash_


@pytest.mark.slow
def test_kill_9_loses_nothing_acknowledged_and_leaves_nothing_half(tmp_path: Path) -> None:
    url, chance = str(tmp_path / "cases.db"), random.Random(20261122)  # noqa: S311 - moments to kill at
    acknowledged: dict[int, str] = {}
    deadline = time.monotonic() + 14
    kills = 0
    while kills < 12 and time.monotonic() < deadline:
        running = writer(url, f"run{kills}", 100_000, tmp_path / "config")
        assert running.stdout is not None
        try:
            lines = [running.stdout.readline()]  # it writes now
            time.sleep(chance.uniform(0, 0.15))
        finally:
            running.send_signal(signal.SIGKILL)
        lines += running.stdout.read().splitlines(keepends=True)
        running.wait(timeout=10)
        running.stdout.close()
        acknowledged |= _acknowledged(lines)
        kills += 1
        _expect_whole(url, acknowledged)
    assert kills >= 3
    assert len(acknowledged) > kills


def _acknowledged(lines: list[str]) -> dict[int, str]:
    words = [line.split() for line in lines if line.endswith("\n")]
    return {int(seq): hash_ for _, _, seq, hash_ in words}


def _expect_whole(url: str, acknowledged: dict[int, str]) -> None:
    with Casebook.open(url) as casebook:
        chain = casebook.read(CASE)
    hashes = {event.seq: event.hash for event in chain.events}
    assert {seq: hashes.get(seq) for seq in acknowledged} == acknowledged
    assert check_chain(chain, trusted={event.key for event in chain.events}) == ()
    assert len(chain.private) == len(chain.events)


def test_a_casebook_is_readable_by_its_owner_only(tmp_path: Path, key: StationKey) -> None:
    path = tmp_path / "data" / "cases.db"
    with Casebook.open(str(path), key) as casebook:
        add(casebook, note("first"))
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_sqlite_is_durable_at_every_commit(tmp_path: Path, key: StationKey) -> None:
    with (
        Casebook.open(str(tmp_path / "cases.db"), key) as casebook,
        casebook._database.reading() as link,
    ):
        assert link.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert link.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert link.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def erase(chain: Chain) -> Sequence[Entry]:
    gone = [{"seq": value.seq, "name": value.name} for value in chain.private]
    return [Entry(EventKind.ERASED, {"reason": "asked for", "erased": gone})]


def test_erased_values_are_gone_and_the_chain_still_stands(
    casebook: Casebook, key: StationKey
) -> None:
    add(casebook, note("first", contact="13800138000"), note("second", imei="356938035643809"))
    chain = casebook.record(CASE, erase, at=NOW, actor="tester")
    assert chain.private == casebook.read(CASE).private == ()
    assert flaws(casebook, key) == []


def test_erased_values_are_gone_from_the_files_too(tmp_path: Path, key: StationKey) -> None:
    url = tmp_path / "cases.db"
    with Casebook.open(str(url), key) as casebook:
        add(casebook, note("first", contact="13800138000"))
        assert any(b"13800138000" in path.read_bytes() for path in tmp_path.iterdir())
        casebook.record(CASE, erase, at=NOW, actor="tester")
        assert casebook.scrub()
        for path in tmp_path.iterdir():
            assert b"13800138000" not in path.read_bytes(), path.name


def test_a_private_value_that_went_without_a_word_is_found(tmp_path: Path, key: StationKey) -> None:
    path = tmp_path / "cases.db"
    with Casebook.open(str(path), key) as casebook:
        add(casebook, note("first", contact="13800138000"))
        _tamper(path, "DELETE FROM private_values")
        assert flaws(casebook, key) == ["private"]


def test_a_private_value_that_was_changed_is_found(tmp_path: Path, key: StationKey) -> None:
    path = tmp_path / "cases.db"
    with Casebook.open(str(path), key) as casebook:
        add(casebook, note("first", contact="13800138000"))
        _tamper(path, "UPDATE private_values SET value = CAST('\"13900139000\"' AS BLOB)")
        assert flaws(casebook, key) == ["private"]


def test_nothing_is_added_to_a_chain_that_was_cut(tmp_path: Path, key: StationKey) -> None:
    path = tmp_path / "cases.db"
    with Casebook.open(str(path), key) as casebook:
        add(casebook, note("first"), note("second"))
        _tamper(path, "DELETE FROM events WHERE seq = 2")
        assert flaws(casebook, key) == ["tail"]
        with pytest.raises(CasebookInvalid):
            add(casebook, note("third"))


def _tamper(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


def test_a_file_that_is_no_casebook_is_one_plain_error(tmp_path: Path) -> None:
    (tmp_path / "cases.db").write_bytes(b"not a database at all, but long enough" * 100)
    (tmp_path / "cases.db").chmod(0o600)
    with pytest.raises(CasebookUnavailable):
        Casebook.open(str(tmp_path / "cases.db"))


def test_an_unreachable_database_does_not_tell_its_password() -> None:
    pytest.importorskip("psycopg", reason="the extra [postgres] is not installed")
    with pytest.raises(CasebookUnavailable) as caught:
        Casebook.open("postgresql://diagnose:hunter2@127.0.0.1:1/none?connect_timeout=2")
    assert "hunter2" not in str(caught.value)


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(UsageError):
        Casebook.open("mysql://root:hunter2@localhost/x")

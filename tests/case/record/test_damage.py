"""Whatever stands in a cell of the casebook: it is found, in plain words, and breaks no command."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from tests.case.rules.samples import agreed
from tests.commandline import diagnose_here
from tests.thinning import one_in

from diagnose.case.record import tables
from diagnose.case.record.store import Casebook
from diagnose.station.signing import station_key

CASE = "20261126-ABCDE"
VALUES: tuple[Any, ...] = ("x", 7, 1 << 40, -1.5, b"\xff\x00", b"", '{"at": 1e999}', b"[" * 100_000)
CELLS = [
    (table.name, column.name, value)
    for table in tables.metadata.sorted_tables
    for column in table.columns
    for value in VALUES
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with one case in it."""
    path = tmp_path_factory.mktemp("book") / "cases.db"
    with Casebook.open(str(path), station_key()) as casebook:
        agreed().copy_to(casebook, CASE)
    return path


def damaged(whole: Path, path: Path, cell: tuple[str, str, Any]) -> bool:
    """Copy the casebook and put a value into a cell; False where the database refuses it."""
    table, column, value = cell
    with sqlite3.connect(whole) as source, sqlite3.connect(path) as book:
        source.backup(book)
        statement = update(tables.metadata.tables[table]).values({column: None})
        try:
            changed = book.execute(f"{statement} WHERE rowid = 1", (value,))
        except sqlite3.IntegrityError:
            return False
    return changed.rowcount == 1


def _named(cell: tuple[str, str, Any]) -> str:
    return "-".join(str(part)[:20] for part in cell)


def commands(path: Path) -> Iterator[tuple[str, ...]]:
    yield ("verify",)
    yield ("list",)
    yield ("show", CASE)
    yield ("erase", "--due", "--yes")
    yield ("export", CASE, "--out", str(path.with_suffix(".zip")))


@pytest.mark.parametrize("cell", one_in(9, CELLS), ids=_named)
def test_a_cell_of_any_kind_is_one_plain_line(
    whole: Path, tmp_path: Path, cell: tuple[str, str, Any]
) -> None:
    path = tmp_path / "cases.db"
    if not damaged(whole, path, cell):
        return
    for words in commands(path):
        ended = diagnose_here("case", *words, env={"DIAGNOSE_CASEBOOK": str(path)})
        assert ended.status in {0, 1, 2, 3, 5}, (words, ended.err)
        assert "a bug in diagnose" not in ended.err
        assert "Traceback" not in ended.err


@pytest.mark.parametrize("column", ["body", "signature"])
def test_a_changed_event_is_noticed(whole: Path, tmp_path: Path, column: str) -> None:
    path = tmp_path / "cases.db"
    for value in VALUES:
        path.unlink(missing_ok=True)
        assert damaged(whole, path, ("events", column, value))
        ended = diagnose_here("case", "verify", env={"DIAGNOSE_CASEBOOK": str(path)})
        assert ended.status == 1, (value, ended.out)
        assert CASE in ended.out

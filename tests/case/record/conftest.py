"""Casebooks on every database there is: SQLite always, a real PostgreSQL where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import postgres

from diagnose.case.record.store import Casebook
from diagnose.station.signing import StationKey, make_key


@pytest.fixture
def key() -> StationKey:
    return make_key()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[str]:
    """An empty casebook's place on a real PostgreSQL."""
    with postgres.database(postgres_server) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty casebook's place."""
    if request.param == "sqlite":
        yield str(tmp_path / "cases.db")
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as made:
        yield made


@pytest.fixture
def casebook(url: str, key: StationKey) -> Iterator[Casebook]:
    with Casebook.open(url, key) as opened:
        yield opened

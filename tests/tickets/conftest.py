"""An outbox on every database there is, and a desk that sends from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import postgres
from tests.tickets.shop import TicketDesk

from diagnose.tickets.outbox import Outbox


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty casebook's place."""
    if request.param == "sqlite":
        yield str(tmp_path / "cases.db")
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as made:
        yield made


@pytest.fixture
def outbox(url: str) -> Iterator[Outbox]:
    with Outbox.open(url) as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> TicketDesk:
    return TicketDesk(tmp_path, str(tmp_path / "cases.db"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command makes one attempt, and does not wait for the next."""
    monkeypatch.setattr("diagnose.cli.ticket.PATIENCE_S", 0.0)

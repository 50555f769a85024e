"""Casebooks on every database there is: SQLite always, a real PostgreSQL where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from diagnose.casebook.store import Casebook
from diagnose.signing import StationKey, make_key

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
UNPRIVILEGED = "postgres"  # the server refuses to run as root


@pytest.fixture
def key() -> StationKey:
    return make_key()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of our own behind a Unix socket; gives the URL of its database."""
    pytest.importorskip("psycopg")
    if not BINARIES:
        pytest.skip("no PostgreSQL installed")
    with _server(BINARIES[-1]) as url:
        yield url


@contextmanager
def _server(binaries: Path) -> Iterator[str]:
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="diagnose-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    initdb: list[str | Path] = [
        binaries / "initdb",
        "-D",
        data,
        "-A",
        "trust",
        "-U",
        "diagnose",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
    running = subprocess.Popen(
        [binaries / "postgres", "-D", data, *options],
        user=user,
        cwd=folder,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_until_ready(running)
        yield f"postgresql://diagnose@/postgres?host={folder}"
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)
        shutil.rmtree(folder)


def _wait_until_ready(running: subprocess.Popen[bytes]) -> None:
    assert running.stderr is not None
    for line in running.stderr:
        if b"ready to accept connections" in line:
            return
    raise AssertionError("PostgreSQL did not start")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty casebook's place."""
    if request.param == "sqlite":
        yield str(tmp_path / "cases.db")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"casebook_{os.getpid()}_{abs(hash(tmp_path)) % 10**9}"
    _administer(server, f"CREATE DATABASE {name}")
    yield server.replace("/postgres?", f"/{name}?")
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def casebook(url: str, key: StationKey) -> Iterator[Casebook]:
    with Casebook.open(url, key) as opened:
        yield opened

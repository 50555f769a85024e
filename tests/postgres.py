"""A real PostgreSQL of our own, started from the computer's packages where they are installed."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
UNPRIVILEGED = "postgres"  # the server refuses to run as root


@contextmanager
def server() -> Iterator[str]:
    """Start a server behind a Unix socket; gives the URL of its first database."""
    pytest.importorskip("psycopg")
    if not BINARIES:
        pytest.skip("no PostgreSQL installed")
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="diagnose-pg-"))
    if user:
        shutil.chown(folder, user)
    try:
        with _running(BINARIES[-1], folder, user):
            yield f"postgresql://diagnose@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(binaries: Path, folder: Path, user: str | None) -> Iterator[None]:
    data = folder / "data"
    initdb: list[str | Path] = [binaries / "initdb", "-D", data, "-A", "trust", "-U", "diagnose"]
    subprocess.run(
        [*initdb, "--no-sync"], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL
    )
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
    running = subprocess.Popen(
        [binaries / "postgres", "-D", data, *options],
        user=user,
        cwd=folder,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_until_ready(running)
        yield
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)


def _wait_until_ready(running: subprocess.Popen[bytes]) -> None:
    assert running.stderr is not None
    for line in running.stderr:
        if b"ready to accept connections" in line:
            return
    raise AssertionError("PostgreSQL did not start")


@contextmanager
def database(url: str) -> Iterator[str]:
    """Make an empty database on a server, and take it away again."""
    name = f"casebook_{secrets.token_hex(6)}"
    _administer(url, f"CREATE DATABASE {name}")
    yield url.replace("/postgres?", f"/{name}?")
    _administer(url, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())

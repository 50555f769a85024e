"""Connections to PostgreSQL that never wait for ever: to connect, for an answer, for a lock."""

from __future__ import annotations

import time
from typing import Any

import psycopg

CONNECT_S = 5
STATEMENT_S = 15
LOCK_S = 10
SILENCE_S = 20
"""How long a server may say nothing at all: it has ended every statement itself before."""

_LIMITS = {
    "connect_timeout": CONNECT_S,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": f"-c statement_timeout={STATEMENT_S}s -c lock_timeout={LOCK_S}s"
    " -c idle_in_transaction_session_timeout=60s",
}


class BoundedConnection(psycopg.Connection[Any]):
    """A connection on which no answer is waited for longer than `SILENCE_S`.

    The server's own limits end what is slow; they say nothing where the server, or the way to it,
    is silent altogether.
    """

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer. Raises `OperationalError`, and the connection is closed then."""
        began = time.monotonic()
        try:
            return super().wait(gen, interval, SILENCE_S if timeout is None else timeout)
        except psycopg.OperationalError as problem:  # its own name for this is not public
            if timeout is not None or time.monotonic() - began < SILENCE_S:
                raise
            self.pgconn.finish()
            detail = f"the server has said nothing for {SILENCE_S} s"
            raise psycopg.OperationalError(detail) from problem


def connect_bounded(_dialect: Any, _record: Any, words: Any, values: dict[str, Any]) -> Any:
    """Make the connection for SQLAlchemy; what the URL says stands before our limits."""
    return BoundedConnection.connect(*words, **{**_LIMITS, **values})

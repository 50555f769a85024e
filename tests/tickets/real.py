"""Real ticket servers, where they run: `DIAGNOSE_TICKET_SERVERS` is the folder their scripts wrote.

`.ci/run` starts them with `tests/tickets/servers/*.sh`; without them these tests are skipped.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.tickets.shop import TicketDesk

SERVERS = ("redmine", "request_tracker", "roundup")


@dataclass(frozen=True)
class RealServer:
    """One server that runs: where it is, and how to get in."""

    name: str
    url: str
    secret: str
    password: str

    def map_at(self, desk: TicketDesk, name: str = "", extra: str = "") -> str:
        """Give a desk the mapping that ships, with the address of this server."""
        secret = (self.secret, self.password)
        return desk.maps_shipped(self.name, self.url, name=name, extra=extra, secret=secret)


def real_server(name: str) -> RealServer:
    """Find a server; skip where it does not run."""
    path = Path(os.environ.get("DIAGNOSE_TICKET_SERVERS", "")) / f"{name}.env"
    if not path.is_file():
        pytest.skip(f"no {name} runs (DIAGNOSE_TICKET_SERVERS)")
    values = dict(line.split("=", 1) for line in path.read_text("utf-8").split())
    url = values.pop("URL")
    ((secret, password),) = values.items()
    return RealServer(name, url, secret, password)

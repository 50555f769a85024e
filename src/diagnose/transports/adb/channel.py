"""adb as one of the channels to a phone."""

from __future__ import annotations

from diagnose.transports.adb.transport import AdbTransport
from diagnose.transports.base import Manner, Way


def open_transport(way: Way, manner: Manner) -> AdbTransport:
    """Reach the phone that the adb server knows under this name."""
    return AdbTransport(
        way.name,
        address=manner.adb_server,
        concurrency=manner.concurrency,
        guard=manner.guard,
        preload=manner.preload,
    )

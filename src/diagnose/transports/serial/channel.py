"""A serial port as one of the channels to a phone."""

from __future__ import annotations

from diagnose.transports.base import Manner, Way
from diagnose.transports.serial.transport import SerialTransport


def open_transport(way: Way, manner: Manner) -> SerialTransport:
    """Reach the modem behind this port; it is opened at the first question."""
    return SerialTransport(way.name, guard=manner.guard)

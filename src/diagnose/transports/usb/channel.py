"""USB itself as one of the channels to a phone."""

from __future__ import annotations

from diagnose.transports.base import Manner, Way
from diagnose.transports.usb.transport import UsbTransport


def open_transport(way: Way, manner: Manner) -> UsbTransport:
    """Reach the device; it is opened only for a question that needs it."""
    return UsbTransport(way, guard=manner.guard)

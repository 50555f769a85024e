"""The trail of a phone, as answers: told by whoever followed it, recorded like any other."""

from __future__ import annotations

from diagnose.transports.base import Manner, Way
from diagnose.transports.host.channel import HostTransport


def open_transport(way: Way, manner: Manner) -> HostTransport:  # noqa: ARG001 - the form of every channel
    """Answer from what was seen."""
    return HostTransport(way)

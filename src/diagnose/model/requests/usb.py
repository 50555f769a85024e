"""Requests over USB itself, below every protocol of the phone's system."""

from __future__ import annotations

from diagnose.model.requests.base import Channel, Request
from diagnose.model.requests.kept import Kept

DESCRIPTORS_KEY = "usb:descriptors"
AOA_KEY = "usb:aoa-protocol"


def usb(key: str, *, kept: Kept | None = None) -> Request:
    """Ask one of the two things: see the constants of this module."""
    return Request(
        key=key, channel=Channel.USB, timeout_s=5.0, expected_ms=20, max_bytes=64 * 1024, kept=kept
    )

"""What is read of this computer's own view of the phone: nothing of it reaches the phone."""

from __future__ import annotations

from diagnose.model.requests import Channel, Request

FACES = Request(key="host:faces", channel=Channel.HOST, expected_ms=0, timeout_s=5.0)
"""Every face of the phone and its state, as JSON: the evidence of how far it has started."""

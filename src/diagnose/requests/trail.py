"""What is known of a phone that was followed: nothing of it reaches the phone."""

from __future__ import annotations

from diagnose.model.requests import Channel, Request

CHANGES = Request(key="trail:changes", channel=Channel.TRAIL, expected_ms=0, timeout_s=5.0)
"""How long the phone was followed, its states in order, and how often it came back, as JSON."""

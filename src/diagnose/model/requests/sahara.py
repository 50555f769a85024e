"""Requests to a Qualcomm boot ROM: which chip it is, and nothing else."""

from __future__ import annotations

from diagnose.model.requests.base import Channel, DataClass, Effect, Request
from diagnose.model.requests.kept import Kept

IDENTITY_KEY = "sahara:identity"


def identity(*, kept: Kept | None = None) -> Request:
    """Ask for the identity; its effect is its own, so that it is never sent without leave."""
    return Request(
        key=IDENTITY_KEY,
        channel=Channel.SAHARA,
        effect=Effect.BOOTROM,
        timeout_s=20.0,
        expected_ms=100,
        max_bytes=16 * 1024,
        data_class=DataClass.IDENTITY,
        kept=kept,
    )

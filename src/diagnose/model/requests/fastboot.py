"""Requests over fastboot: one variable of the bootloader."""

from __future__ import annotations

import re
from typing import Final

from diagnose.model.requests.base import Channel, DataClass, Request
from diagnose.model.requests.kept import Kept

READABLE: Final = re.compile(r"getvar [a-z][a-z0-9:_-]{0,40}")
"""All that is ever asked of a bootloader: `getvar` with a name only reads."""

_IDENTITY: Final = frozenset({"all", "serialno"})


def getvar(
    name: str, *, timeout_s: float = 2.0, turn: int = 1, kept: Kept | None = None
) -> Request:
    """Ask for one variable by name; `all` for every one the loader likes to list.

    Names differ in how safe they are: those every loader knows have a lower `turn`.
    """
    return Request(
        key=f"fastboot:getvar {name}",
        channel=Channel.FASTBOOT,
        timeout_s=timeout_s,
        expected_ms=10,
        max_bytes=256 * 1024,
        data_class=DataClass.IDENTITY if name in _IDENTITY else DataClass.HARDWARE,
        turn=turn,
        kept=kept,
    )

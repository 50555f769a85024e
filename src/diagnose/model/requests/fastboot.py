"""Requests over fastboot: one variable of the bootloader."""

from __future__ import annotations

import re
from typing import Final

from diagnose.model.requests.base import Channel, DataClass, Request

READABLE: Final = re.compile(r"getvar [a-z][a-z0-9:_-]{0,40}")
"""All that is ever asked of a bootloader: `getvar` with a name only reads."""

UNLIKELY: Final = frozenset({"token", "cpuid", "serialno", "imei", "imei2", "meid", "nonce"})
"""Variables that name one phone; none is asked by itself but the serial number."""


class Getvar(Request):
    """One variable by name; `all` for every one the loader likes to list.

    Names differ in how safe they are: those every loader knows have a lower `turn`.
    """

    def __init__(self, name: str, *, timeout_s: float = 2.0, turn: int = 1) -> None:
        identity = name in UNLIKELY or name == "all"
        super().__init__(
            key=f"fastboot:getvar {name}",
            channel=Channel.FASTBOOT,
            timeout_s=timeout_s,
            expected_ms=10,
            max_bytes=256 * 1024,
            data_class=DataClass.IDENTITY if identity else DataClass.HARDWARE,
            turn=turn,
        )

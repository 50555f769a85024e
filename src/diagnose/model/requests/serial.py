"""Requests over a serial port: one AT command of a closed list."""

from __future__ import annotations

from typing import Final

from diagnose.model.requests.base import Channel, DataClass, Request
from diagnose.model.requests.kept import Kept

AT_COMMANDS: Final[frozenset[str]] = frozenset(
    {
        "AT",
        "ATI",
        "AT+CGMI",
        "AT+CGMM",
        "AT+CGMR",
        "AT+GMI",
        "AT+GMM",
        "AT+GMR",
        "AT+CSQ",
        "AT+CREG?",
        "AT+CPIN?",
        "AT+CFUN?",
        "AT+CBC",
        "AT+DEVCONINFO",
        "AT+SIZECHECK=?",
        "AT+VERSNAME=3,2,3",
        "AT+BATGETLEVEL?",
        "AT+SWVER",
        "AT+REACTIVE=1,0,0",
    }
)
"""The AT commands that may be sent, and no other: 3GPP TS 27.007 and, for Samsung, the reading
forms of its service commands from public diagnostics research. The same notes hold commands that
erase a phone or open its locks: none of them passes, and no other spelling of these."""

_IDENTITY: Final = frozenset({"ATI", "AT+DEVCONINFO"})


def at(command: str, *, timeout_s: float = 3.0, kept: Kept | None = None) -> Request:
    """Ask one command as it is sent, without the line end."""
    return Request(
        key=f"serial:{command}",
        channel=Channel.SERIAL,
        timeout_s=timeout_s,
        expected_ms=50,
        max_bytes=64 * 1024,
        data_class=DataClass.IDENTITY if command in _IDENTITY else DataClass.HARDWARE,
        kept=kept,
    )

"""A modem that answers AT commands as phones do: echo, unasked lines, odd line ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ModemManner(StrEnum):
    """How it behaves beside its answers."""

    PLAIN = "plain"
    ECHO = "echo"
    CHATTY = "chatty"  # speaks unasked between question and answer
    CR_ONLY = "cr-only"
    SILENT = "silent"
    GARBAGE = "garbage"


@dataclass
class SimulatedModem:
    """Answers by command; `asked` is everything it was told."""

    answers: Mapping[str, str]
    manner: ModemManner = ModemManner.ECHO
    asked: list[str] = field(default_factory=list)
    _held: bytearray = field(default_factory=bytearray)

    def heard(self, data: bytes) -> bytes:
        """Take bytes of the computer and give what the modem says to them."""
        self._held += data
        printed = b""
        while b"\r" in self._held:
            line, _, rest = self._held.partition(b"\r")
            self._held = bytearray(rest)
            printed += self._answer(line.decode("latin-1").strip())
        return printed

    def _answer(self, command: str) -> bytes:
        self.asked.append(command)
        if self.manner is ModemManner.SILENT:
            return b""
        if self.manner is ModemManner.GARBAGE:
            return bytes(range(128, 256))
        body = self.answers.get(command, "ERROR")
        text = f"\r\n{body}\r\n" if body in ("OK", "ERROR") else f"\r\n{body}\r\n\r\nOK\r\n"
        if self.manner is ModemManner.ECHO:
            text = f"{command}\r{text}"
        elif self.manner is ModemManner.CHATTY:
            text = f"\r\n^RSSI:17\r\n{text}"
        return (text.replace("\r\n", "\r") if self.manner is ModemManner.CR_ONLY else text).encode()

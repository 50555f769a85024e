"""The fastboot protocol: bytes in, values out, no device.

Format: AOSP `system/core/fastboot/README.md`. A command is one packet of text; the answer is any
number of INFO packets and one that ends it.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import Final

from diagnose.errors import ProtocolError
from diagnose.model.plain import dataclass

HANDSHAKE: Final = b"FB01"
PACKET_MAX: Final = 4096  # the protocol says 256; loaders with long INFO lines send more
_MOST_LINES = 4000
_LONGEST_LINE = 1000


class AnswerKind(StrEnum):
    """What an answer packet is."""

    INFO = "INFO"
    TEXT = "TEXT"
    OKAY = "OKAY"
    FAIL = "FAIL"
    DATA = "DATA"


def read_packet(data: bytes) -> tuple[AnswerKind, str]:
    """Split a packet into its kind and its text. Raises `ProtocolError` where it is none."""
    try:
        kind = AnswerKind(data[:4].decode("ascii"))
    except ValueError as problem:
        raise ProtocolError(f"no fastboot answer but {data[:16]!r}") from problem
    return kind, data[4:].decode("utf-8", "replace").rstrip("\0")


@dataclass
class FastbootAnswer:
    """An answer as it grows; `okay` is None until its last packet."""

    lines: list[str] = field(default_factory=list)
    okay: bool | None = None
    last: str = ""
    overflow: bool = False

    def take(self, data: bytes) -> None:
        """Add one packet. Raises `ProtocolError` for what no answer to a variable may hold."""
        kind, text = read_packet(data)
        if kind is AnswerKind.DATA:
            raise ProtocolError("the bootloader wants data, though only a variable was asked")
        if kind in (AnswerKind.INFO, AnswerKind.TEXT):
            self.overflow = self.overflow or len(self.lines) >= _MOST_LINES
            if not self.overflow:
                self.lines.append(text[:_LONGEST_LINE])
            return
        self.okay, self.last = kind is AnswerKind.OKAY, text[:_LONGEST_LINE]

    @property
    def text(self) -> str:
        """Everything it said, a line each; the text of the last packet stands last."""
        return "\n".join([*self.lines, *([self.last] if self.okay and self.last else [])])

"""A Qualcomm boot ROM that speaks Sahara as far as identity goes; the rest is written down."""

from __future__ import annotations

import struct
from collections.abc import Callable

_HELLO = struct.pack("<12I", 1, 48, 2, 1, 1024, 0, *[0] * 6)


class Chip:
    """Answers over `send`. `refused` lists every packet that is no question about identity."""

    def __init__(self, send: Callable[[bytes], None], words: dict[int, bytes]) -> None:
        self._send = send
        self._words = words
        self.refused: list[bytes] = []
        self.left_as_found = True
        send(_HELLO)

    def heard(self, data: bytes) -> None:
        """Take one packet of the computer."""
        kind = struct.unpack_from("<I", data)[0] if len(data) >= 8 else 0
        answer = {
            0x02: self._greeted, 0x0D: self._asked, 0x0F: self._taken, 0x0C: self._switched,
        }.get(kind)  # fmt: skip
        if answer is None:
            self.refused.append(data)
        else:
            answer(data)

    def _greeted(self, data: bytes) -> None:
        mode = struct.unpack_from("<6I", data)[5]
        self.left_as_found = mode == 0
        if mode == 3:
            self._send(struct.pack("<2I", 0x0B, 8))

    def _asked(self, data: bytes) -> None:
        word = struct.unpack_from("<3I", data)[2]
        if word in self._words:
            self._send(struct.pack("<4I", 0x0E, 16, word, len(self._words[word])))
        else:
            self._send(struct.pack("<4I", 0x04, 16, 0, 0x1E))  # end of transfer: refused

    def _taken(self, data: bytes) -> None:
        self._send(self._words[struct.unpack_from("<3I", data)[2]])

    def _switched(self, data: bytes) -> None:
        self.left_as_found = struct.unpack_from("<3I", data)[2] == 0
        self._send(_HELLO)

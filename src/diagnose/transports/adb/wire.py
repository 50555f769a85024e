"""Framing of the adb server's protocol and of shell v2: bytes in, values out, no sockets.

Both protocols may be cut anywhere by the network; every reader here gives the same result for
every chunking. Formats: AOSP `packages/modules/adb`, `SERVICES.TXT`, `protocol.txt`,
`shell_protocol.h`.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from diagnose.errors import ProtocolError
from diagnose.text import printable

CLOSE_STDIN: Final = b"\x04\x00\x00\x00\x00"  # shell v2 packet 4, empty: our side says nothing more
MAX_SERVICE_BYTES: Final = 65_000  # the length travels as four hex digits; 65,000 was measured

_HEX: Final = re.compile(rb"[0-9A-Fa-f]{4}")  # int() alone would take "0x1f"
_HEADER: Final = struct.Struct("<BI")
_STDOUT, _STDERR, _EXIT = 1, 2, 3
_MESSAGE_LIMIT: Final = 300  # characters of a failure worth showing; the rest is the phone's noise


def frame(service: str) -> bytes:
    """Write a request to the adb server: four hex digits of length, then the service."""
    body = service.encode()
    if len(body) > MAX_SERVICE_BYTES:
        raise ProtocolError(f"a request of {len(body)} bytes is longer than adb carries")
    return b"%04x" % len(body) + body


class StatusReader:
    """Reads `OKAY`, or `FAIL` with its message; `okay` is None until the answer is whole."""

    def __init__(self) -> None:
        self.okay: bool | None = None
        self.message = ""
        self._held = bytearray()

    def feed(self, data: memoryview) -> memoryview:
        """Take what belongs to the status and give the rest back."""
        while self.okay is None and data:
            missing = self._wanted() - len(self._held)
            self._held += data[:missing]
            data = data[missing:]
            self._decide()
        return data

    def _wanted(self) -> int:
        if len(self._held) < 4:
            return 4
        return 8 if len(self._held) < 8 else 8 + _hex_length(self._held[4:8])

    def _decide(self) -> None:
        if len(self._held) == 4 and self._held != b"FAIL":
            if self._held != b"OKAY":
                raise ProtocolError(f"neither OKAY nor FAIL but {bytes(self._held)!r}")
            self.okay = True
        elif len(self._held) >= 8 and len(self._held) == self._wanted():
            self.message = printable(self._held[8:].decode("utf-8", "replace"), _MESSAGE_LIMIT)
            self.okay = False


class PayloadReader:
    """Reads payloads that each follow four hex digits of length."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: memoryview | bytes) -> list[bytes]:
        """Take a chunk and give every payload that is whole now."""
        self._held += data
        whole: list[bytes] = []
        while len(self._held) >= 4:
            end = 4 + _hex_length(self._held[:4])
            if len(self._held) < end:
                break
            whole.append(bytes(self._held[4:end]))
            del self._held[:end]
        return whole


def _hex_length(digits: bytearray) -> int:
    if not _HEX.fullmatch(digits):
        raise ProtocolError(f"no hexadecimal length but {bytes(digits)!r}")
    return int(digits, 16)


ALWAYS_KEPT: Final = 1 << 16
"""So much a command may always keep, and so much is kept of one that said too much: nothing reads
an answer that is not whole, but it shows what it was."""


class ByteBudget:
    """How many bytes all commands of a phone together may still have kept."""

    def __init__(self, left: int) -> None:
        self.left = left


class BoundedOutput:
    """Standard output and error of one command, together never more than `max_bytes`.

    `shared` is the room of all commands of the phone: forty that flood at once must not fill the
    computer, though each keeps within its own bound.
    """

    def __init__(self, max_bytes: int, shared: ByteBudget) -> None:
        self.stdout = bytearray()
        self.stderr = bytearray()
        self.exit_code: int | None = None
        self.overflow = False
        self._room = max_bytes
        self._shared = shared

    def keep(self, into: bytearray, data: memoryview) -> None:
        """Append what there is room for; set `overflow` when that is not all."""
        # One bytearray each, not a list of pieces: a phone that sends two bytes a packet would
        # otherwise cost twenty times the bound.
        own = ALWAYS_KEPT - len(self.stdout) - len(self.stderr)
        room = min(self._room, max(self._shared.left, own))
        if len(data) > room:
            self.overflow = True
            data = data[:room]
        into += data
        self._take(len(data))

    def shorten(self) -> None:
        """Give up all but the beginning of either stream; the room is free again."""
        before = len(self.stdout) + len(self.stderr)
        del self.stdout[ALWAYS_KEPT:], self.stderr[ALWAYS_KEPT:]
        self._take(len(self.stdout) + len(self.stderr) - before)

    def _take(self, count: int) -> None:
        self._room -= count
        self._shared.left -= count


class RawReader(BoundedOutput):
    """Shell v1 and exec: everything until the end of the stream is output; no exit code."""

    ends_with_stream = True

    def feed(self, data: memoryview) -> None:
        """Take one chunk of the stream."""
        self.keep(self.stdout, data)


class ShellPacketReader(BoundedOutput):
    """Shell v2: packets of id, length and payload; complete only with the exit packet."""

    ends_with_stream = False

    def __init__(self, max_bytes: int, shared: ByteBudget) -> None:
        super().__init__(max_bytes, shared)
        self._header = bytearray()
        self._id = 0
        self._left = 0

    def feed(self, data: memoryview) -> None:
        """Take one chunk of the stream; what follows the exit packet or the bound is ignored.

        Raises ProtocolError when the stream is not shell v2. What was read before stays readable.
        """
        while data and self.exit_code is None and not self.overflow:
            data = self._feed_payload(data) if self._left else self._feed_header(data)

    def _feed_header(self, data: memoryview) -> memoryview:
        missing = _HEADER.size - len(self._header)
        self._header += data[:missing]
        if len(self._header) == _HEADER.size:
            self._id, self._left = _HEADER.unpack(self._header)
            self._header.clear()
            self._check_packet()
        return data[missing:]

    def _check_packet(self) -> None:
        if self._id not in (_STDOUT, _STDERR, _EXIT):
            raise ProtocolError(f"shell v2 packet of unknown kind {self._id}")
        if self._id == _EXIT and self._left != 1:
            raise ProtocolError(f"exit packet of {self._left} bytes")

    def _feed_payload(self, data: memoryview) -> memoryview:
        piece = data[: self._left]
        self._left -= len(piece)
        if self._id == _EXIT:
            self.exit_code = piece[0]
        else:
            self.keep(self.stdout if self._id == _STDOUT else self.stderr, piece)
        return data[len(piece) :]

"""ADB packets: 24 bytes of header, then the payload (AOSP `protocol.txt`)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

CNXN = 0x4E584E43
AUTH = 0x48545541
OPEN = 0x4E45504F
OKAY = 0x59414B4F
WRTE = 0x45545257
CLSE = 0x45534C43
STLS = 0x534C5453
SYNC = 0x434E5953

COMMANDS = frozenset({CNXN, AUTH, OPEN, OKAY, WRTE, CLSE, STLS, SYNC})

VERSION_CHECKSUMS = 0x01000000  # to Android 8: every payload carries the sum of its bytes
VERSION_PLAIN = 0x01000001  # from Android 9: the sum is not looked at

PAYLOAD_OLD = 4096  # Android 6 and before; also what both sides may send before CNXN
PAYLOAD_MAX = 1024 * 1024  # MAX_PAYLOAD of adb since 2016

_HEADER = struct.Struct("<6I")
_MASK = 0xFFFFFFFF


class WireError(Exception):
    """The other side does not speak ADB, or breaks its rules: the connection ends."""


class Packet(NamedTuple):
    """One packet as it came."""

    command: int
    arg0: int
    arg1: int
    payload: bytes


def header(command: int, arg0: int, arg1: int, payload: bytes = b"", *, checksum: bool) -> bytes:
    """The header that goes before `payload`; joined by the caller, so that nothing is copied."""
    total = sum(payload) & _MASK if checksum else 0
    return _HEADER.pack(command, arg0, arg1, len(payload), total, command ^ _MASK)


class PacketReader:
    """Cuts a byte stream into packets; holds at most one unfinished packet.

    `limit`: longest payload accepted. `checksums`: whether sums must be right, set after CNXN.
    """

    def __init__(self, limit: int = PAYLOAD_MAX) -> None:
        self.limit = limit
        self.checksums = False
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Packet]:
        """Yield every packet that is whole now; raises `WireError` on anything else than ADB."""
        self._buffer += data
        while (packet := self._take()) is not None:
            yield packet

    def _take(self) -> Packet | None:
        buffer = self._buffer
        if len(buffer) < _HEADER.size:
            return None
        command, arg0, arg1, length, total, magic = _HEADER.unpack_from(buffer)
        self._check(command, length, magic)
        end = _HEADER.size + length
        if len(buffer) < end:
            return None
        payload = bytes(buffer[_HEADER.size : end])
        del buffer[:end]
        if self.checksums and total != sum(payload) & _MASK:
            raise WireError("checksum of a packet is wrong")
        return Packet(command, arg0, arg1, payload)

    def _check(self, command: int, length: int, magic: int) -> None:
        if command not in COMMANDS or magic != command ^ _MASK:
            raise WireError("not an ADB packet")
        if length > self.limit:
            raise WireError(f"payload of {length} bytes is over the limit of {self.limit}")

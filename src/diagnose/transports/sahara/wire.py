"""Qualcomm's Sahara protocol, as far as a chip tells who it is: bytes in, values out.

Format as public tools speak it (bkerler/edl, openpst/sahara): little-endian words; the phone says
hello first. We answer in command mode, read identity words, and leave by switching back to
image-transfer mode, which is where it came from. No loader is ever sent, nothing is reset.
"""

from __future__ import annotations

import struct
from dataclasses import field
from enum import IntEnum

from diagnose.errors import ProtocolError
from diagnose.model.plain import dataclass

HELLO_BYTES = 48
_MOST_DATA = 4096
_COMMAND_MODE, _IMAGE_PENDING = 3, 0


class SaharaPacket(IntEnum):
    """Kinds of packets this program knows; there are others, and it sends none of them."""

    HELLO = 0x01
    HELLO_ANSWER = 0x02
    END = 0x04
    COMMAND_READY = 0x0B
    SWITCH_MODE = 0x0C
    EXECUTE = 0x0D
    EXECUTE_ANSWER = 0x0E
    EXECUTE_DATA = 0x0F


class SaharaWord(IntEnum):
    """What may be asked of the chip: identity words only."""

    SERIAL = 0x01
    HARDWARE_ID = 0x02
    KEY_HASH = 0x03


@dataclass(frozen=True)
class Hello:
    """What the phone says first."""

    version: int
    compatible: int
    mode: int


@dataclass
class ChipIdentity:
    """What the chip said; empty where it would not say."""

    version: int = 0
    words: dict[str, str] = field(default_factory=dict)


def read_hello(data: bytes) -> Hello:
    """Read the phone's hello. Raises `ProtocolError` where it is none."""
    if len(data) < 24 or struct.unpack_from("<I", data)[0] != SaharaPacket.HELLO:
        raise ProtocolError(f"no Sahara hello but {data[:8].hex() or 'nothing'}")
    _, _, version, compatible, _, mode = struct.unpack_from("<6I", data)
    return Hello(version, compatible, mode)


def hello_answer(hello: Hello) -> bytes:
    """Answer: same version, command mode."""
    words = (
        SaharaPacket.HELLO_ANSWER,
        HELLO_BYTES,
        hello.version,
        hello.compatible,
        0,
        _COMMAND_MODE,
    )
    return struct.pack("<12I", *words, *[0] * 6)


def expect(data: bytes, kind: SaharaPacket) -> tuple[int, ...]:
    """Give the words of a packet after kind and length. Raises `ProtocolError` for another one."""
    if len(data) < 8:
        raise ProtocolError("a Sahara packet without a head")
    words = struct.unpack_from(f"<{len(data) // 4}I", data)
    if words[0] != kind:
        raise ProtocolError(f"Sahara packet {words[0]:#x} where {kind.name} was due")
    return words[2:]


def execute(word: SaharaWord) -> bytes:
    """Ask for one identity word."""
    return struct.pack("<3I", SaharaPacket.EXECUTE, 12, word)


def execute_data(word: SaharaWord) -> bytes:
    """Take the answer to it."""
    return struct.pack("<3I", SaharaPacket.EXECUTE_DATA, 12, word)


def announced_bytes(data: bytes) -> int:
    """How many bytes the answer will have. Raises `ProtocolError` for more than any chip sends."""
    words = expect(data, SaharaPacket.EXECUTE_ANSWER)
    if len(words) < 2 or words[1] > _MOST_DATA:
        raise ProtocolError("a Sahara answer without a sensible length")
    return words[1]


def leave() -> bytes:
    """Go back to where the phone came from: waiting for an image."""
    return struct.pack("<3I", SaharaPacket.SWITCH_MODE, 12, _IMAGE_PENDING)


def shown(word: SaharaWord, data: bytes) -> str:
    """An identity word as hex; the serial number and the id of the chip are numbers."""
    if word is SaharaWord.SERIAL:
        return data[:4][::-1].hex()
    if word is SaharaWord.HARDWARE_ID:
        return data[:8][::-1].hex()
    return data[:48].hex()

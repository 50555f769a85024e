"""How the output of a command goes over a stream: shell v2 packets or raw bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from diagnose.simulator.output import Output

_STDOUT, _STDERR, _EXIT = 1, 2, 3
_PACKET_BYTES = 64 * 1024  # what adbd reads from a pipe at once


class Framing(Enum):
    """The ways adbd hands over output."""

    V2 = auto()  # packets, standard error apart, exit code
    V2_TERMINAL = auto()  # packets, one merged stream with CR LF, exit code
    RAW = auto()  # merged bytes: exec, and the v1 shell since Android 7
    TERMINAL = auto()  # merged bytes with CR LF: the v1 shell to Android 6

    @property
    def has_packets(self) -> bool:
        """Whether an exit code can be told."""
        return self in (Framing.V2, Framing.V2_TERMINAL)

    @property
    def is_terminal(self) -> bool:
        """Whether a terminal turns LF into CR LF."""
        return self in (Framing.V2_TERMINAL, Framing.TERMINAL)


def chunks_of(data: bytes | Iterable[bytes]) -> Iterator[bytes]:
    """Non-empty chunks of at most one shell packet."""
    for chunk in (data,) if isinstance(data, bytes) else data:
        if len(chunk) <= _PACKET_BYTES:
            if chunk:
                yield chunk
            continue
        view = memoryview(chunk)
        for start in range(0, len(chunk), _PACKET_BYTES):
            yield bytes(view[start : start + _PACKET_BYTES])


def frame(output: Output, framing: Framing) -> Iterator[bytes]:
    """The bytes of a whole answer; without the exit packet where the command hangs."""
    stderr_id = _STDERR if framing is Framing.V2 else _STDOUT
    for packet_id, data in ((_STDOUT, output.stdout), (stderr_id, output.stderr)):
        for raw in chunks_of(data):
            chunk = raw.replace(b"\n", b"\r\n") if framing.is_terminal else raw
            if framing.has_packets:
                yield _head(packet_id, len(chunk))
            yield chunk
    if framing.has_packets and not output.hangs:
        yield _head(_EXIT, 1) + bytes([output.exit_code & 0xFF])


def frame_cut(output: Output, framing: Framing) -> Iterator[bytes]:
    """The start of an answer: one half, then a packet that ends before its announced length."""
    first = next(chunks_of(output.stdout), b"")
    half, rest = first[: len(first) // 2], first[len(first) // 2 :]
    if half:
        yield (_head(_STDOUT, len(half)) if framing.has_packets else b"") + half
    if framing.has_packets and len(rest) > 1:
        yield _head(_STDOUT, len(rest)) + rest[: len(rest) // 2]


def gather(parts: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Join parts into pieces of at most `limit` bytes, so that few packets carry them."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= limit:
            joined = b"".join(held)
            whole = size - size % limit
            yield from (joined[at : at + limit] for at in range(0, whole, limit))
            held, size = [joined[whole:]], size - whole
    if size:
        yield b"".join(held)


def _head(packet_id: int, length: int) -> bytes:
    return bytes([packet_id]) + length.to_bytes(4, "little")

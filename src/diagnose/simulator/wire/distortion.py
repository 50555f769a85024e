"""What faults of the connection do to an answer."""

from __future__ import annotations

import codecs
import dataclasses
import hashlib
import random
from collections.abc import Iterable, Iterator

from diagnose.simulator.output import Output
from diagnose.simulator.wire.faults import WireFaults, matches

FLOOD_BYTES = 50 * 1024 * 1024
_FLOOD_LINE = b"W/Flood   ( 1234): the same line again and again, until 50 MB are full\n"
_FLOOD_CHUNK_BYTES = 64 * 1024


def distort(output: Output, command: str, faults: WireFaults) -> Output:
    """The answer as it leaves a phone with these faults; the same on every run."""
    stdout: bytes | Iterable[bytes] = output.stdout
    if matches(faults.floods, command):
        stdout = flood()
    if faults.garbage:
        stdout = garbage(command)
    if faults.crlf:
        stdout = _to_crlf(stdout)
    if faults.utf16:
        stdout = _to_utf16(stdout)
    return output if stdout is output.stdout else dataclasses.replace(output, stdout=stdout)


def flood() -> Iterator[bytes]:
    """Yield 50 MB in chunks that share one buffer."""
    chunk = (_FLOOD_LINE * (_FLOOD_CHUNK_BYTES // len(_FLOOD_LINE) + 1))[:_FLOOD_CHUNK_BYTES]
    for _ in range(FLOOD_BYTES // _FLOOD_CHUNK_BYTES):
        yield chunk


def garbage(command: str) -> bytes:
    """Bytes that are no UTF-8: random-looking, but the same for the same command."""
    seed = hashlib.blake2b(command.encode(errors="surrogateescape")).digest()
    source = random.Random(seed)  # noqa: S311 - reproducible, not secret
    return b"\xff\xfe\x80" + source.randbytes(source.randrange(200, 4000))


def _to_crlf(stdout: bytes | Iterable[bytes]) -> bytes | Iterable[bytes]:
    if isinstance(stdout, bytes):
        return stdout.replace(b"\n", b"\r\n")
    return (chunk.replace(b"\n", b"\r\n") for chunk in stdout)


def _to_utf16(stdout: bytes | Iterable[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    yield codecs.BOM_UTF16_LE
    for chunk in (stdout,) if isinstance(stdout, bytes) else stdout:
        yield decoder.decode(chunk).encode("utf-16-le")
    yield decoder.decode(b"", final=True).encode("utf-16-le")

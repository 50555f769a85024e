"""What a command on a virtual phone says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """The whole answer of one command. `stdout` may come in chunks, so that 50 MB need no memory.

    `hangs`: the output is sent and then nothing more, no exit packet, until the stream is closed.
    `later`: what it says while it hangs, each with the seconds after its beginning.
    """

    stdout: bytes | Iterable[bytes] = b""
    stderr: bytes = b""
    exit_code: int = 0
    hangs: bool = False
    later: tuple[tuple[float, bytes], ...] = ()


def say(text: str, *, exit_code: int = 0) -> Output:
    """Answer with text on standard output."""
    return Output(stdout=text.encode(), exit_code=exit_code)


def refuse(text: str, *, exit_code: int = 1) -> Output:
    """Answer with text on standard error."""
    return Output(stderr=text.encode(), exit_code=exit_code)

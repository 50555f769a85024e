"""Standard output that may break without changing how a command ends.

A reader who goes away (`| head -1`), a full disk and a closed output are no judgement on a phone:
what cannot be written is dropped and remembered, and the command ends as it would have ended.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress

_READER_GONE = {errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN}


class Channel(io.RawIOBase):
    """A descriptor that takes every byte; `problem` is why the first was lost, if one was."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.problem: OSError | None = None

    def write(self, data: object) -> int:
        """Write, or drop once writing has failed."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        if self.problem is None:
            try:
                return os.write(self._descriptor, view)
            except OSError as problem:
                self.problem = problem
        return len(view)

    def writable(self) -> bool:
        """It can be written to, whatever becomes of it."""
        return True

    def isatty(self) -> bool:
        """Whether a person reads it as it comes."""
        return os.isatty(self._descriptor)

    def fileno(self) -> int:
        """Give the descriptor."""
        return self._descriptor


def install() -> Channel:
    """Put such channels in the place of standard output and error; gives that of the output."""
    for descriptor in (0, 1, 2):
        _keep_open(descriptor)
    output, sys.stdout = _stream(1, sys.stdout)
    _, sys.stderr = _stream(2, sys.stderr)
    return output


def what_was_lost(channel: Channel) -> str | None:
    """Why output was lost against somebody's will; None where it was not, or the reader left."""
    problem = channel.problem
    if problem is None or problem.errno in _READER_GONE:
        return None
    return problem.strerror or str(problem)


def _keep_open(descriptor: int) -> None:
    """A closed one would be given to the next file that is opened, and be written over."""
    try:
        os.fstat(descriptor)
    except OSError:
        with suppress(OSError):
            os.open(os.devnull, os.O_RDWR)  # the system gives the lowest that is free


def _stream(descriptor: int, was: object) -> tuple[Channel, io.TextIOWrapper]:
    channel = Channel(descriptor)
    stream = io.TextIOWrapper(
        io.BufferedWriter(channel),
        encoding=getattr(was, "encoding", None) or "utf-8",
        errors=getattr(was, "errors", None) or "strict",
        line_buffering=channel.isatty() or descriptor == 2,
    )
    return channel, stream

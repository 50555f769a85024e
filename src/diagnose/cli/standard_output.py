"""Standard output that may break without changing how a command ends.

A reader who goes away (`| head -1`), a full disk and a closed output are no judgement on a phone:
what cannot be written is dropped and remembered, and the command ends as it would have ended.
"""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from contextlib import suppress
from functools import cached_property

from diagnose.text import without_controls

_READER_GONE = {errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN}


class OutputChannel(io.RawIOBase):
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


class StandardOutput(io.TextIOWrapper):
    """What is written on: no sign that a stranger could steer a terminal with gets through.

    On a terminal our own colours do (they begin with ESC); texts of phones are cleaned before.
    """

    def write(self, text: str, /) -> int:
        """Write a text without control signs."""
        if self._is_steered:
            keep = _OURS.split(text)
            text = "".join(one if n % 2 else without_controls(one) for n, one in enumerate(keep))
        else:
            text = without_controls(text)
        return super().write(text)

    @cached_property
    def _is_steered(self) -> bool:
        return self.isatty() or bool(os.environ.get("FORCE_COLOR"))


_OURS = re.compile(r"(\x1b\[[0-9;?]{0,40}[A-Za-z]|\r)")


def install() -> OutputChannel:
    """Put such channels in the place of standard output and error; gives that of the output."""
    for descriptor in (0, 1, 2):
        _keep_open(descriptor)
    output, sys.stdout = _stream(1, sys.stdout)
    _, sys.stderr = _stream(2, sys.stderr)
    return output


_settled = False


def settle() -> None:
    """Say that the command did what it was asked for: what it prints from here on is a receipt."""
    global _settled  # noqa: PLW0603 - one command a process, like standard output itself
    _settled = True


def is_settled() -> bool:
    """Whether the command has done its work, whatever becomes of its receipt."""
    return _settled


def lost_on_the_way() -> bool:
    """Whether what was written so far could not be written, because of no reader's will."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    channel = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return isinstance(channel, OutputChannel) and what_was_lost(channel) is not None


def what_was_lost(channel: OutputChannel) -> str | None:
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


def _stream(descriptor: int, was: object) -> tuple[OutputChannel, StandardOutput]:
    channel = OutputChannel(descriptor)
    stream = StandardOutput(
        io.BufferedWriter(channel),
        encoding=getattr(was, "encoding", None) or "utf-8",
        errors=getattr(was, "errors", None) or "strict",
        line_buffering=channel.isatty() or descriptor == 2,
    )
    return channel, stream

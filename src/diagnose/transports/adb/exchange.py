"""One conversation with the adb server, driven by bytes: no waiting, no clock.

A conversation (`ShellDialog`, `QueryDialog`) knows what to say and what the answers mean; an
`Exchange` ties it to a non-blocking socket. Who waits, and for how long, is `adb_loop`'s business.
"""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from enum import Enum, auto
from typing import Any, Generic, NamedTuple, TypeVar

from diagnose.errors import ProtocolError
from diagnose.model.replies import ReplyStatus
from diagnose.transports.adb.wire import (
    CLOSE_STDIN,
    ByteBudget,
    PayloadReader,
    RawReader,
    ShellPacketReader,
    StatusReader,
    frame,
)

_RECEIVE_BYTES = 1 << 18  # one read takes what a stream of 1 MB packets has ready, and is fair
_NOT_YET = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOTCONN, errno.EINPROGRESS)


class AdbEndpoint(NamedTuple):
    """The adb server's address after name resolution."""

    family: socket.AddressFamily
    address: Any  # what socket.connect takes for the family


class AdbService(Enum):
    """How a command is run on the phone; the value is what goes before the command line."""

    SHELL_V2 = "shell,v2,raw:"  # Android 7 and later: split streams, exit code
    EXEC = "exec:"  # Android 5 and later: bytes as they are, no exit code
    SHELL_V1 = "shell:"  # any: through a terminal, `\n` becomes `\r\n`, no exit code


class ExchangeStage(Enum):
    """Where a shell conversation stands."""

    TRANSPORT = auto()  # waiting for the server to pick the phone
    CHOICE = auto()  # the phone's features are not known yet
    SERVICE = auto()  # waiting for the phone to open the service
    BODY = auto()  # the command runs
    ENDED = auto()


class ShellDialog:
    """One command on one phone. `status` says how it ended, as far as this stream can tell."""

    def __init__(self, serial: str, command: str, max_bytes: int, shared: ByteBudget) -> None:
        self.stage = ExchangeStage.TRANSPORT
        self.status: ReplyStatus | None = None
        self.detail = ""
        self.service: AdbService | None = None
        self.output: ShellPacketReader | RawReader = ShellPacketReader(max_bytes, shared)
        self._serial = serial
        self._command = command
        self._max_bytes = max_bytes
        self._shared = shared
        self._answer = StatusReader()

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to read."""
        return self.stage is ExchangeStage.ENDED

    def begin(self) -> bytes:
        """Say the first words: which phone. The service must wait for the OKAY to this."""
        return frame(f"host:transport:{self._serial}")

    def choose(self, service: AdbService) -> bytes:
        """Name the service, once the stage is CHOICE."""
        self.service = service
        if service is not AdbService.SHELL_V2:
            self.output = RawReader(self._max_bytes, self._shared)
        self.stage = ExchangeStage.SERVICE
        self._answer = StatusReader()
        return frame(service.value + self._command)

    def feed(self, data: memoryview) -> bytes:
        """Take a chunk; give what is to be said next."""
        try:
            return (
                self._feed_body(data)
                if self.stage is ExchangeStage.BODY
                else self._feed_answer(data)
            )
        except ProtocolError as error:
            self._end(ReplyStatus.TRUNCATED, f"not the adb protocol: {error.message}")
            return b""

    def _feed_answer(self, data: memoryview) -> bytes:
        rest = self._answer.feed(data)
        if self._answer.okay is None:
            return b""
        if not self._answer.okay:
            self._end(ReplyStatus.REFUSED, self._answer.message or "refused without a reason")
            return b""
        if self.stage is ExchangeStage.TRANSPORT:
            self.stage = ExchangeStage.CHOICE
            return b""
        self.stage = ExchangeStage.BODY
        self._feed_body(rest)
        # A command that reads standard input would wait for ever; the old protocols cannot say it.
        return CLOSE_STDIN if self.service is AdbService.SHELL_V2 else b""

    def _feed_body(self, data: memoryview) -> bytes:
        self.output.feed(data)
        if self.output.overflow:
            self._end(ReplyStatus.OVERSIZE, self._bound())
            self.output.shorten()
        elif self.output.exit_code is not None:
            self._end(ReplyStatus.COMPLETE, "")
        return b""

    def _bound(self) -> str:
        if self._shared.left > 0:
            return f"cut: longer than {self._max_bytes} bytes"
        return "cut: all answers of this phone together are longer than a computer should hold"

    def close(self, why: str) -> None:
        """Note the end of the stream: complete only where the protocol has no better sign."""
        if self.stage is ExchangeStage.BODY and self.output.ends_with_stream and not why:
            self._end(ReplyStatus.COMPLETE, "")
        elif self.stage is ExchangeStage.BODY:
            self._end(ReplyStatus.TRUNCATED, why or "the stream ended before the exit packet")
        else:
            self._end(ReplyStatus.TRUNCATED, why or "the adb server hung up before it answered")

    def _end(self, status: ReplyStatus, detail: str) -> None:
        self.stage = ExchangeStage.ENDED
        self.status = status
        self.detail = detail


class QueryDialog:
    """One question to the adb server: `answer`, or `refusal` in its words, or `failure`."""

    def __init__(self, service: str) -> None:
        self.answer: str | None = None
        self.refusal = ""
        self.failure = ""
        self._service = service
        self._status = StatusReader()
        self._payloads = PayloadReader()

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to read."""
        return self.answer is not None or bool(self.refusal or self.failure)

    def begin(self) -> bytes:
        """Say the question."""
        return frame(self._service)

    def feed(self, data: memoryview) -> bytes:
        """Take a chunk; there is never more to say."""
        try:
            for payload in self._payloads.feed(self._status.feed(data)):
                self.answer = payload.decode("utf-8", "replace")
        except ProtocolError as error:
            self.failure = error.message
        if self._status.okay is False:
            self.refusal = self._status.message or "refused without a reason"
        return b""

    def close(self, why: str) -> None:
        """Note that the connection ended."""
        if not self.ended:
            self.failure = why or "the adb server hung up before it answered"


Dialog = TypeVar("Dialog", ShellDialog, QueryDialog)


class Exchange(Generic[Dialog]):
    """A dialog on its own non-blocking socket."""

    def __init__(self, dialog: Dialog, endpoint: AdbEndpoint) -> None:
        self.dialog: Dialog = dialog
        self._unsent = bytearray(dialog.begin())
        self._socket = socket.socket(endpoint.family, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        error = self._socket.connect_ex(endpoint.address)
        if error and error not in _NOT_YET:
            dialog.close(_why(OSError(error, os.strerror(error))))

    def fileno(self) -> int:
        """The socket's number, for the selector."""
        return self._socket.fileno()

    @property
    def wants_to_send(self) -> bool:
        """Whether words wait for the socket to take them."""
        return bool(self._unsent)

    def say(self, words: bytes) -> None:
        """Send now what the socket takes, the rest when it is ready again."""
        self._unsent += words
        try:
            while self._unsent:
                del self._unsent[: self._socket.send(self._unsent)]
        except OSError as error:
            if error.errno not in _NOT_YET:
                self.dialog.close(_why(error))

    def receive(self) -> None:
        """Read once what is there and let the dialog go on."""
        try:
            data = self._socket.recv(_RECEIVE_BYTES)
        except OSError as error:
            if error.errno not in _NOT_YET:
                self.dialog.close(_why(error))
            return
        if not data:
            self.dialog.close("")
        elif words := self.dialog.feed(memoryview(data)):
            self.say(words)

    def close(self) -> None:
        """End the connection at once; closing the stream is what stops a command on the phone."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _why(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "the adb server refused the connection"
    if isinstance(error, (ConnectionResetError, BrokenPipeError)):
        return "the adb server broke the connection"
    return f"the connection to the adb server failed: {error.strerror}"

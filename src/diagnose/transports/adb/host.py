"""Questions to the adb server itself, over bare sockets, each with one total deadline."""

from __future__ import annotations

import socket
import time
from typing import Self

from diagnose.errors import DeviceNotFound, ProtocolError, ServerUnavailable, TransportError
from diagnose.model.plain import dataclass
from diagnose.text import printable
from diagnose.transports.adb.wire import PayloadReader, StatusReader, frame

ANSWER_TIMEOUT_S = 5.0  # a living server answers in milliseconds; adb 36 may need 3 s to start
CONNECT_TIMEOUT_S = 15.0  # the server itself tries a phone that does not answer for 10 s


@dataclass(frozen=True)
class Address:
    """Where an adb server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class NobodyListens(ServerUnavailable):
    """Nothing at all listens on the adb server's address."""


class HostRefusal(TransportError):
    """The adb server answered FAIL; the message is its own."""

    code = "adb_refused"


class HostConnection:
    """One connection to the adb server; every wait counts against the deadline set last."""

    def __init__(self, address: Address, *, timeout_s: float = ANSWER_TIMEOUT_S) -> None:
        self._address = address
        self.allow(timeout_s)
        try:
            self._socket = socket.create_connection((address.host, address.port), timeout_s)
        except ConnectionRefusedError as error:
            raise NobodyListens(f"no adb server listens on {address}") from error
        except (OSError, UnicodeError) as error:
            reason = printable(str(error))
            raise ServerUnavailable(f"no way to the adb server at {address}: {reason}") from error
        self._payloads = PayloadReader()
        self._ready: list[bytes] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; harmless twice."""
        self._socket.close()

    def allow(self, timeout_s: float | None) -> None:
        """Set a new deadline for everything that follows; None waits for ever."""
        self._deadline = None if timeout_s is None else time.monotonic() + timeout_s

    def request(self, service: str) -> None:
        """Send one request and wait for its OKAY; raises HostRefusal with the server's words."""
        try:
            self._socket.sendall(frame(service))
        except OSError as error:
            raise self._gone() from error
        status = StatusReader()
        while status.okay is None:
            rest = status.feed(memoryview(self._receive()))
            self._ready += self._payloads.feed(rest)
        if not status.okay:
            raise HostRefusal(status.message or "refused without a reason")

    def payload(self) -> bytes:
        """Read the next payload; one that a timeout cut in two is finished by the next call."""
        while not self._ready:
            self._ready += self._payloads.feed(self._receive())
        return self._ready.pop(0)

    def _receive(self) -> bytes:
        left = None if self._deadline is None else self._deadline - time.monotonic()
        if left is not None and left <= 0:
            raise self._silent()
        self._socket.settimeout(left)
        try:
            data = self._socket.recv(65536)
        except TimeoutError as error:
            raise self._silent() from error
        except OSError as error:
            raise self._gone() from error
        if not data:
            raise self._gone()
        return data

    def _silent(self) -> Silence:
        return Silence(f"what listens on {self._address} does not answer as an adb server does")

    def _gone(self) -> ServerUnavailable:
        return ServerUnavailable(f"the adb server at {self._address} closed the connection")


class Silence(ServerUnavailable):
    """The deadline passed before the server said all it should."""


def ask(address: Address, service: str, *, timeout_s: float = ANSWER_TIMEOUT_S) -> str:
    """Ask one question and read its one answer, both within `timeout_s` seconds.

    Raises NobodyListens, ServerUnavailable, ProtocolError, or HostRefusal when the server says no.
    """
    with HostConnection(address, timeout_s=timeout_s) as connection:
        connection.request(service)
        return connection.payload().decode("utf-8", "replace")


def server_version(address: Address, *, timeout_s: float = ANSWER_TIMEOUT_S) -> int:
    """Read the server's protocol version (41 for every adb since 2018)."""
    answer = ask(address, "host:version", timeout_s=timeout_s)
    try:
        return int(answer, 16)
    except ValueError as error:
        raise ProtocolError(f"{printable(answer)!r} is no version of an adb server") from error


def device_list(address: Address, *, timeout_s: float = ANSWER_TIMEOUT_S) -> str:
    """Read the list of phones as `adb devices -l` prints it, without its heading."""
    return ask(address, "host:devices-l", timeout_s=timeout_s)


def device_state(address: Address, serial: str, *, timeout_s: float = ANSWER_TIMEOUT_S) -> str:
    """Read one phone's state; raises HostRefusal when there is no such phone."""
    return ask(address, f"host-serial:{serial}:get-state", timeout_s=timeout_s)


def disconnect(address: Address, target: str) -> None:
    """Forget a phone on the network; one that is not known is no error."""
    try:
        ask(address, f"host:disconnect:{target}")
    except HostRefusal as refusal:
        if "no such device" not in refusal.message:
            raise


def connect(address: Address, target: str, *, timeout_s: float = CONNECT_TIMEOUT_S) -> None:
    """Connect a phone on the network (`HOST:PORT`); raises DeviceNotFound if nobody answers.

    A phone that has yet to authorize this computer counts as connected: its state says so.
    """
    answer = _connect(address, target, timeout_s)
    # The server says "already connected" of a phone that is offline and stays unusable.
    if answer.startswith("already connected") and not _usable(address, target):
        disconnect(address, target)
        answer = _connect(address, target, timeout_s)
    if not answer.startswith(("connected to", "already connected", "failed to authenticate")):
        hint = "check that the phone is on the same network and that wireless debugging is on"
        raise DeviceNotFound(f"no phone at {printable(target)}: {printable(answer)}", hint=hint)


def _connect(address: Address, target: str, timeout_s: float) -> str:
    try:
        return ask(address, f"host:connect:{target}", timeout_s=timeout_s)
    except HostRefusal as refusal:
        return refusal.message


def _usable(address: Address, target: str) -> bool:
    try:
        return device_state(address, target) in ("device", "unauthorized", "authorizing")
    except HostRefusal:
        return False


def open_tracking(address: Address) -> HostConnection:
    """Open a connection on which the server sends the whole list at every change."""
    connection = HostConnection(address)
    try:
        connection.request("host:track-devices-l")
    except HostRefusal:  # servers before 2018 know the short form only
        connection.close()
        connection = HostConnection(address)
        connection.request("host:track-devices")
    except BaseException:
        connection.close()
        raise
    return connection


def track(connection: HostConnection, wait_s: float | None) -> str | None:
    """Wait up to `wait_s` seconds for the next list; None when nothing changed."""
    connection.allow(wait_s)
    try:
        return connection.payload().decode("utf-8", "replace")
    except Silence:
        return None

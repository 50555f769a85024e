"""Ways to a bootloader: packets over TCP or over a pair of USB pipes."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from diagnose.errors import DeviceLost, ProtocolError
from diagnose.transports.fastboot.wire import HANDSHAKE, PACKET_MAX

if TYPE_CHECKING:
    from diagnose.transports.usb.pipe import Pipe

_CONNECT_TIMEOUT_S = 3.0


class Silent(Exception):
    """Nothing came within the time given."""


class Link(Protocol):
    """Carries whole packets. Methods raise `DeviceLost` when the phone has gone."""

    def send(self, packet: bytes, timeout_s: float) -> None:
        """Send one packet; raises `Silent` where the phone takes none."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Wait for one packet; raises `Silent` where none comes."""
        ...

    def abort(self) -> None:
        """End what is under way, from any thread."""
        ...

    def close(self) -> None:
        """Give the way back."""
        ...


class TcpLink:
    """Fastboot over TCP: `FB01` both ways, then packets after 8 bytes of big-endian length."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=_CONNECT_TIMEOUT_S)
        except OSError as problem:
            raise DeviceLost(f"no bootloader answers at {host}:{port}: {problem}") from problem
        try:
            self._greet()
        except BaseException:
            self._socket.close()
            raise

    def _greet(self) -> None:
        try:
            self._socket.sendall(HANDSHAKE)
            greeting = self._exactly(4, time.monotonic() + _CONNECT_TIMEOUT_S)
        except Silent:
            raise ProtocolError("the other side does not answer the fastboot greeting") from None
        if not greeting.startswith(b"FB") or not greeting[2:].isdigit():
            raise ProtocolError(f"the other side speaks no fastboot: {greeting!r}")

    def send(self, packet: bytes, timeout_s: float) -> None:
        """Send one packet."""
        self._socket.settimeout(timeout_s)
        try:
            self._socket.sendall(len(packet).to_bytes(8, "big") + packet)
        except TimeoutError:
            raise Silent from None
        except OSError as problem:
            raise DeviceLost(f"the bootloader hung up: {problem}") from problem

    def receive(self, timeout_s: float) -> bytes:
        """Wait for one packet; a longer one than any loader sends is a `ProtocolError`."""
        deadline = time.monotonic() + timeout_s
        length = int.from_bytes(self._exactly(8, deadline), "big")
        if length > PACKET_MAX:
            raise ProtocolError(f"a packet of {length} bytes")
        return self._exactly(length, deadline)

    def _exactly(self, count: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < count:
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                piece = self._socket.recv(count - len(data))
            except TimeoutError:
                if data:
                    raise ProtocolError(
                        "the bootloader stopped in the middle of a packet"
                    ) from None
                raise Silent from None
            except OSError as problem:
                raise DeviceLost(f"the bootloader hung up: {problem}") from problem
            if not piece:
                raise DeviceLost("the bootloader hung up")
            data += piece
        return bytes(data)

    def abort(self) -> None:
        """Wake a blocked read."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class UsbLink:
    """Fastboot over USB: a packet is one transfer."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    def send(self, packet: bytes, timeout_s: float) -> None:
        """Send one packet."""
        if not self._pipe.write(packet, timeout_s):
            raise Silent

    def receive(self, timeout_s: float) -> bytes:
        """Wait for one packet."""
        data = self._pipe.read(PACKET_MAX, timeout_s)
        if data is None:
            raise Silent
        return data

    def abort(self) -> None:
        """Let a blocked read end soon."""
        self._pipe.abort()

    def close(self) -> None:
        """Give the interface back."""
        self._pipe.close()

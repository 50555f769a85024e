"""One virtual USB device: descriptors, control requests and pipes, whatever shows it.

A back end asks `take`, `put` and `control` and reports `STALL` and `NOTHING_YET` in its own way;
the phone behind it sets `handlers` and calls `send`. All methods may be called from any thread.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from diagnose.simulator.usb.describe import string_descriptor


class UsbRefusal(Enum):
    """Why a transfer has no data."""

    STALL = auto()
    NOTHING_YET = auto()
    OVERFLOW = auto()
    GONE = auto()


@dataclass(frozen=True)
class Setup:
    """The eight bytes of a control request."""

    kind: int
    request: int
    value: int
    index: int
    length: int


_STANDARD: Final = 0x60
_CONTROL_PACKETS: Final = (8, 16, 32, 64)
_GET_STATUS, _GET_DESCRIPTOR, _GET_CONFIGURATION = 0, 6, 8


class VirtualUsb:
    """A device on a virtual bus; `speed`: 1 low, 2 full, 3 high, 5 super (Linux's numbers).

    `held` are interfaces another program holds, `forbidden` says that nobody may open it.
    `refused` are standard requests it stalls at: the request, and the kind of descriptor.
    """

    def __init__(
        self,
        device: bytes,
        configuration: bytes,
        strings: tuple[str | bytes | None, ...] = (),
        *,
        port: str = "1-1",
        speed: int = 3,
    ) -> None:
        self.device = device
        self.configuration = configuration
        self.strings = strings
        self.port = port
        self.speed = speed
        self.handlers: dict[int, Callable[[bytes], None]] = {}
        self.vendor_requests: dict[int, bytes | UsbRefusal] = {}
        self.held: set[int] = set()
        self.forbidden = False
        self.plugged = True
        self.deaf = False
        self.refused: set[tuple[int, int]] = set()
        self.stalled: set[int] = set()
        self.log: list[Setup] = []
        self.on_send: Callable[[int], None] = lambda _endpoint: None
        self._waiting: dict[int, deque[bytes]] = defaultdict(deque)
        self._lock = threading.RLock()

    # --- the phone's side ---

    def send(self, endpoint: int, data: bytes) -> None:
        """Let one transfer wait on a pipe to the computer."""
        with self._lock:
            self._waiting[endpoint].append(bytes(data))
        self.on_send(endpoint)

    def unplug(self) -> None:
        """Pull the cable."""
        with self._lock:
            self.plugged = False

    # --- the computer's side ---

    @property
    def enumerates(self) -> bool:
        """Whether a computer would get as far as listing it."""
        head = self.device
        whole = len(head) >= 18 and head[0] == 18 and head[1] == 1 and head[17] > 0
        return whole and head[7] in _CONTROL_PACKETS and (_GET_DESCRIPTOR, 2) not in self.refused

    def take(self, endpoint: int, most: int) -> bytes | UsbRefusal:
        """One transfer to the computer: at most `most` bytes of what waits."""
        with self._lock:
            if not self.plugged:
                return UsbRefusal.GONE
            if endpoint in self.stalled:
                return UsbRefusal.STALL
            if not self._waiting[endpoint]:
                return UsbRefusal.NOTHING_YET
            data = self._waiting[endpoint].popleft()
            if len(data) > most:
                self._waiting[endpoint].appendleft(data[most:])
            return data[:most]

    def put(self, endpoint: int, data: bytes) -> int | UsbRefusal:
        """One transfer to the phone; the number of bytes it took."""
        with self._lock:
            if not self.plugged:
                return UsbRefusal.GONE
            if endpoint in self.stalled:
                return UsbRefusal.STALL
            if self.deaf:
                return UsbRefusal.NOTHING_YET
            handler = self.handlers.get(endpoint)
        if handler:
            handler(data)
        return len(data)

    def control(self, setup: Setup, data: bytes = b"") -> bytes | UsbRefusal:  # noqa: ARG002
        """A control request: standard ones from the descriptors, vendor ones from the table."""
        with self._lock:
            self.log.append(setup)
            if not self.plugged:
                return UsbRefusal.GONE
            if setup.kind & _STANDARD:
                return self._other(setup)
            return self._standard(setup)

    def _other(self, setup: Setup) -> bytes | UsbRefusal:
        if setup.kind & _STANDARD == 0x20:  # class requests: a modem's line settings
            return b"\x00\xc2\x01\x00\x00\x00\x08"[: setup.length] if setup.kind & 0x80 else b""
        answer = self.vendor_requests.get(setup.request, UsbRefusal.STALL)
        return answer if isinstance(answer, UsbRefusal) else answer[: setup.length]

    def _standard(self, setup: Setup) -> bytes | UsbRefusal:
        if (setup.request, setup.value >> 8) in self.refused:
            return UsbRefusal.STALL
        if setup.request == _GET_STATUS:
            return b"\0\0"
        if setup.request == _GET_CONFIGURATION:
            return b"\1"
        if setup.request != _GET_DESCRIPTOR:
            return b""
        kind, index = setup.value >> 8, setup.value & 0xFF
        found = {1: self.device, 2: self.configuration}.get(kind) or self._string(kind, index)
        return found if isinstance(found, UsbRefusal) else found[: setup.length]

    def _string(self, kind: int, index: int) -> bytes | UsbRefusal:
        if kind != 3:
            return UsbRefusal.STALL
        if index == 0:
            return b"\x04\x03\x09\x04"
        text = self.strings[index - 1] if index <= len(self.strings) else None
        if text is None:
            return UsbRefusal.STALL
        return text if isinstance(text, bytes) else string_descriptor(text)

"""A virtual USB device behind Linux's own `vhci_hcd`: real USB core, drivers and device nodes.

For root in a guest with the module loaded. The kernel takes one end of a socket pair and speaks
USB/IP over it (Documentation/usb/usbip_protocol.rst); no network, no usbip program.
"""

from __future__ import annotations

import errno
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from diagnose.simulator.usb.model import Setup, UsbRefusal, VirtualUsb

_HOST = Path("/sys/devices/platform/vhci_hcd.0")
_HEAD = 48
_SUBMIT, _UNLINK, _SUBMITTED, _UNLINKED = 1, 2, 3, 4
_CODES = {
    UsbRefusal.STALL: -errno.EPIPE,
    UsbRefusal.OVERFLOW: -errno.EOVERFLOW,
    UsbRefusal.GONE: -errno.ESHUTDOWN,
}


class VhciPort:
    """Plugs one device in at a free port of the virtual host controller."""

    def __init__(self, device: VirtualUsb) -> None:
        self._device = device
        self._pending: dict[int, Callable[[], bytes | int | UsbRefusal]] = {}
        self._lock = threading.RLock()
        self._ours, theirs = socket.socketpair()
        self._port = self._free_port()
        device.on_send = lambda _endpoint: self._flush()
        (_HOST / "attach").write_text(
            f"{self._port} {theirs.fileno()} {0x10000 + self._port} {device.speed}"
        )
        theirs.close()
        threading.Thread(target=self._serve, daemon=True).start()

    def unplug(self) -> None:
        """Pull it out."""
        self._device.unplug()
        (_HOST / "detach").write_text(str(self._port))
        self._ours.close()

    @staticmethod
    def _free_port() -> int:
        for line in (_HOST / "status").read_text().splitlines()[1:]:
            hub, port, status, *_ = line.split()
            if hub == "hs" and status == "004":
                return int(port)
        raise RuntimeError("no free port")

    def _serve(self) -> None:
        try:
            while True:
                self._one(self._exactly(_HEAD))
        except (OSError, EOFError):
            return

    def _one(self, head: bytes) -> None:
        command, number, _, is_in, endpoint = struct.unpack(">5I", head[:20])
        if command == _UNLINK:
            unlinked = self._pending.pop(struct.unpack(">I", head[20:24])[0], None)
            status = -errno.ECONNRESET if unlinked else 0
            self._send(struct.pack(">5Ii24x", _UNLINKED, number, 0, 0, 0, status))
            return
        length = struct.unpack(">i", head[24:28])[0]
        data = self._exactly(length) if not is_in and length > 0 else b""
        if endpoint == 0:
            setup = Setup(*struct.unpack("<BBHHH", head[40:48]))
            ask: Callable[[], bytes | int | UsbRefusal] = lambda: self._device.control(setup, data)  # noqa: E731
        elif is_in:
            ask = lambda: self._device.take(endpoint | 0x80, length)  # noqa: E731
        else:
            ask = lambda: self._device.put(endpoint, data)  # noqa: E731
        with self._lock:
            self._pending[number] = ask
        self._flush()

    def _flush(self) -> None:
        """Complete every transfer the device has an answer to by now."""
        with self._lock:
            for number in list(self._pending):
                # Taken out first: what the device hears may make it answer at once.
                ask = self._pending.pop(number, None)
                output = ask() if ask else UsbRefusal.NOTHING_YET
                if ask and output is UsbRefusal.NOTHING_YET:
                    self._pending[number] = ask
                elif ask:
                    self._complete(number, output)

    def _complete(self, number: int, answer: bytes | int | UsbRefusal) -> None:
        status = _CODES[answer] if isinstance(answer, UsbRefusal) else 0
        data = answer if isinstance(answer, bytes) else b""
        length = answer if isinstance(answer, int) else len(data)
        head = struct.pack(">5I5i8x", _SUBMITTED, number, 0, 0, 0, status, length, 0, 0, 0)
        self._send(head + data)

    def _send(self, data: bytes) -> None:
        with self._lock:
            self._ours.sendall(data)

    def _exactly(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            piece = self._ours.recv(count - len(data))
            if not piece:
                raise EOFError
            data += piece
        return bytes(data)

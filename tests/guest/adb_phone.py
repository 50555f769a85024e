"""A virtual phone's adbd on USB: its messages between a pair of bulk pipes and the daemon's socket.

On USB a message is two transfers, its head and its body; on TCP both are one stream.
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress

from diagnose.simulator.appearance import ADB
from diagnose.simulator.usb import describe
from diagnose.simulator.usb.model import VirtualUsb
from diagnose.simulator.wire.daemon import Daemon

_HEAD = 24
_IN, _OUT = 0x81, 0x02


def adb_phone(daemon: Daemon, serial: str) -> VirtualUsb:
    """Give the device of a served phone; its cable is pulled with the daemon's."""
    pipes = describe.endpoint(_IN), describe.endpoint(_OUT)
    device = VirtualUsb(
        describe.device_descriptor(0x18D1, 0x4EE7),
        describe.configuration([describe.interface(0, ADB, *pipes)]),
        ("Google", "Pixel 9", serial),
    )
    phone = socket.create_connection((daemon.host, daemon.port))
    device.handlers[_OUT] = phone.sendall
    threading.Thread(target=_carry, args=(phone, device), daemon=True).start()
    return device


def _carry(phone: socket.socket, device: VirtualUsb) -> None:
    """Take the phone's messages to the computer until it has no more."""
    stream = phone.makefile("rb")
    with suppress(OSError):
        while head := stream.read(_HEAD):
            device.send(_IN, head)
            if length := struct.unpack_from("<I", head, 12)[0]:
                device.send(_IN, stream.read(length))

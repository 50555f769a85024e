"""Fastboot as one of the channels to a phone: over its USB pipes, or `tcp:HOST:PORT`."""

from __future__ import annotations

from functools import partial

from diagnose.errors import DeviceLost
from diagnose.transports.base import Manner, Way
from diagnose.transports.fastboot.link import Link, TcpLink, UsbLink
from diagnose.transports.fastboot.transport import FastbootTransport

FASTBOOT = (0xFF, 0x42, 0x03)


def open_transport(way: Way, manner: Manner) -> FastbootTransport:
    """Reach the bootloader; nothing is opened before the first question."""
    if way.name.startswith("tcp:"):
        host, _, port = way.name.removeprefix("tcp:").rpartition(":")
        return FastbootTransport(partial(TcpLink, host, int(port)), guard=manner.guard)
    return FastbootTransport(partial(_over_usb, way), guard=manner.guard)


def _over_usb(way: Way) -> Link:
    from diagnose.transports.usb.pipe import Pipe

    if way.device is None or way.bus is None:
        raise DeviceLost(f"nothing is known of the USB device {way.name}")
    for interface in way.device.descriptors.interfaces:
        if interface.triple == FASTBOOT and (pair := interface.bulk_pair()):
            return UsbLink(Pipe(way.bus.open(way.device), interface.number, pair))
    raise DeviceLost("the device offers no fastboot pipes")

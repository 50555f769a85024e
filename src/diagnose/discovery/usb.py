"""The USB faces of phones: which devices are phones, and in which state."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.discovery.faces import Face
from diagnose.ladder.identity import recognise
from diagnose.ladder.state import State
from diagnose.model.requests import Channel
from diagnose.transports.base import Way
from diagnose.transports.usb.device import Bus, UsbDevice

_SPOKEN = {State.FASTBOOT: Channel.FASTBOOT, State.EDL: Channel.SAHARA}
"""What a device in this state can be asked in, beside USB itself."""


def usb_faces(bus: Bus) -> Iterator[tuple[UsbDevice, tuple[Face, ...]]]:
    """Give every phone on the bus with its faces; reads descriptors, opens nothing."""
    for device in bus.devices():
        if identity := recognise(device.descriptors):
            yield device, tuple(_faces(device, identity.state, bus))


def _faces(device: UsbDevice, state: State, bus: Bus) -> Iterator[Face]:
    way = Way(f"usb:{device.path}", device, bus)
    yield Face(Channel.USB, state, "usb", way)
    if channel := _SPOKEN.get(state):
        yield Face(channel, state, "usb", way)

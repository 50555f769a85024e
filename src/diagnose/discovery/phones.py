"""What is plugged in: adb's list, the USB bus and the serial ports, joined into phones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from diagnose.discovery.adb import list_adb
from diagnose.discovery.faces import HELD, NO_ACCESS, Device, Face
from diagnose.discovery.serial import serial_face
from diagnose.discovery.usb import usb_faces
from diagnose.errors import TransportError
from diagnose.ladder.state import State
from diagnose.model.plain import dataclass
from diagnose.model.requests import Channel
from diagnose.model.text import Text
from diagnose.transports.adb.host import Address
from diagnose.transports.base import Way
from diagnose.transports.serial.ports import Ports, SerialPort, SystemPorts
from diagnose.transports.usb.bus import SystemBus
from diagnose.transports.usb.device import Bus, UsbDevice

_HELD_BY_A_PROGRAM = "usbfs"


@dataclass(frozen=True)
class Sources:
    """Where phones are looked for; tests and virtual phones bring their own."""

    bus: Bus = field(default_factory=SystemBus)
    ports: Ports = field(default_factory=SystemPorts)


def list_devices(
    address: Address | None = None, sources: Sources | None = None
) -> tuple[Device, ...]:
    """List every phone with all its faces; starts the adb server if none runs.

    Raises ServerUnavailable where adb cannot be had and nothing is seen on USB either.
    """
    sources = sources or Sources()
    seen = list(usb_faces(sources.bus))
    try:
        listed = list_adb(address)
    except TransportError:
        if not seen:
            raise
        listed = ()  # what adb cannot tell does not hide what USB shows
    return join(listed, seen, sources.ports.ports() if seen else ())


def join(
    listed: Sequence[Device],
    seen: Sequence[tuple[UsbDevice, tuple[Face, ...]]],
    ports: Sequence[SerialPort],
) -> tuple[Device, ...]:
    """Put together what belongs to one phone: by USB port, else by a serial number only one has."""
    left = list(listed)
    joined = []
    for device, faces in seen:
        match = _listed_as(device, left, seen)
        if match:
            left.remove(match)
        joined.append(_phone(device, faces, match, ports))
    return (
        (*(one for one in left), *joined) if not joined else tuple(_in_order(listed, left, joined))
    )


def _in_order(
    listed: Sequence[Device], left: Sequence[Device], joined: Sequence[Device]
) -> Iterator[Device]:
    """Adb's order first, then what adb does not list, by port."""
    rest = list(joined)  # several of them may state one serial number
    for one in listed:
        met = next((phone for phone in rest if _is_the_same(one, phone)), None)
        if one in left or met is None:
            yield one
        else:
            rest.remove(met)
            yield met
    yield from rest


def _is_the_same(listed: Device, joined: Device) -> bool:
    """Whether this phone was joined with that line of adb's list."""
    over_adb = any(face.channel is Channel.ADB for face in joined.faces)
    same = (listed.serial, listed.transport_id) == (joined.serial, joined.transport_id)
    return over_adb and same


def _listed_as(
    device: UsbDevice,
    listed: Sequence[Device],
    seen: Sequence[tuple[UsbDevice, tuple[Face, ...]]],
) -> Device | None:
    for one in listed:
        if one.usb_path and one.usb_path == device.path:
            return one
    alike = [other for other, _ in seen if other.serial == device.serial]
    named = [one for one in listed if one.connection == "usb" and one.serial == device.serial]
    only = device.serial and len(alike) == len(named) == 1
    return named[0] if only and not named[0].usb_path else None


def _phone(
    device: UsbDevice, faces: tuple[Face, ...], listed: Device | None, ports: Sequence[SerialPort]
) -> Device:
    state = listed.state if listed else _own_state(device, faces[0].state)
    if listed:
        adb = Face(Channel.ADB, listed.state, "usb", Way(listed.serial))
        faces = (adb, *(replace(face, state=listed.state) for face in faces))
    modem = serial_face(ports, device.path, faces[-1].state)
    faces = (*faces, modem) if modem else faces
    notes = tuple(_notes(device, state))
    if listed:
        return replace(listed, usb_path=device.path, faces=faces, notes=notes)
    return Device(
        serial=device.serial or f"usb:{device.path}",
        state=state,
        model=device.product_name,
        usb_path=device.path,
        connection="usb",
        faces=faces,
        notes=notes,
    )


def _own_state(device: UsbDevice, state: State) -> State:
    """What adb should list and may not open is told as that: adb itself stays silent about it."""
    unseen = state is State.ADB_UNSEEN and device.accessible is False
    return State.NO_PERMISSIONS if unseen else state


def _notes(device: UsbDevice, state: State) -> Iterator[Text]:
    if device.accessible is False and state not in (State.NO_PERMISSIONS, State.DEVICE):
        yield NO_ACCESS
    held = [number for number, driver in device.drivers if driver == _HELD_BY_A_PROGRAM]
    if held and state in (State.FASTBOOT, State.ADB_UNSEEN, State.EDL):
        yield HELD

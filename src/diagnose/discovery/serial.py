"""The serial faces of phones: ports found by the USB device they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from diagnose.discovery.faces import Face
from diagnose.ladder.state import Rung, State, words_for
from diagnose.model.requests import Channel
from diagnose.transports.base import Way
from diagnose.transports.serial.ports import SerialPort

_NO_MODEM = {Rung.BOOT_ROM, Rung.BOOTLOADER}  # their ports speak other protocols than AT


def serial_face(ports: Sequence[SerialPort], usb_path: str, state: State) -> Face | None:
    """The modem port of the phone at this place; the first where it has several."""
    if words_for(state).rung in _NO_MODEM:
        return None
    for port in ports:
        if port.usb_path == usb_path and port.is_modem:
            return Face(Channel.SERIAL, State.MODEM, "serial", Way(port.name))
    return None

"""Virtual phones for a run on this computer: served, connected to the adb server, taken away.

Those that show no system hang on a virtual USB bus, in this process: nothing needs root, and every
byte goes through the same pyusb, pyserial and transports as of a real one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

from diagnose.discovery.adb import list_adb
from diagnose.discovery.faces import Device
from diagnose.discovery.phones import join
from diagnose.discovery.usb import usb_faces
from diagnose.errors import DiagnoseError
from diagnose.ladder.state import State
from diagnose.simulator.appearance import APPEARANCES
from diagnose.simulator.serial.pty_port import PtyPort
from diagnose.simulator.served import serve
from diagnose.simulator.specification import Specification, parse_specification
from diagnose.simulator.usb.backend import VirtualBackend
from diagnose.transports.adb.host import Address, HostRefusal, connect, device_state, disconnect
from diagnose.transports.adb.server import ensure_server
from diagnose.transports.serial.ports import SerialPort
from diagnose.transports.usb.bus import LibusbBus

_SETTLE_S = 3.0


@contextmanager
def connected(texts: Sequence[str], *, scale: float = 1.0) -> Iterator[list[Device]]:
    """Serve `PHONE+FAULT…` and give the phones; nothing of them is left behind."""
    orders = [parse_specification(text) for text in texts]
    with ExitStack() as stack:
        over_adb = [order for order in orders if not order.appearance]
        serials = [_served(stack, order, scale) for order in over_adb]
        listed = list_adb(ensure_server()) if over_adb else ()
        found = iter([_named(listed, serial) for serial in serials])
        devices = [
            shown_phone(stack, order, number) if order.appearance else next(found)
            for number, order in enumerate(orders, 1)
        ]
        yield [replace(one, called=text) for one, text in zip(devices, texts, strict=True)]


def _served(stack: ExitStack, order: Specification, scale: float) -> str:
    address = ensure_server()
    daemon = stack.enter_context(serve(order, scale=scale))
    stack.enter_context(_connecting(address, daemon.serial))
    _wait_until_settled(address, daemon.serial)
    return daemon.serial


def _named(listed: Sequence[Device], serial: str) -> Device:
    return next(
        (one for one in listed if one.serial == serial),
        Device(serial, State.OFFLINE, said="offline"),
    )


def shown_phone(stack: ExitStack, order: Specification, number: int) -> Device:
    """Hang a phone without its system on a virtual bus, at port `1-NUMBER`."""
    shown = APPEARANCES[order.appearance].show(order.build())
    for device in shown.usb:
        device.port = f"1-{number}"
    bus = LibusbBus(VirtualBackend(shown.usb))
    ports = []
    if shown.modem:
        port = stack.enter_context(PtyPort(shown.modem))
        ports.append(SerialPort(port.name, f"1-{number}", "cdc_acm"))
    found = join((), list(usb_faces(bus)), ports)
    return found[0] if found else Device(f"virtual-{number}", State.NOTHING, connection="")


@contextmanager
def _connecting(address: Address, serial: str) -> Iterator[None]:
    """Connect beside the run: for a phone that stays offline the server answers after 10 s."""

    def work() -> None:
        with suppress(DiagnoseError):  # how it ended is told by the phone's state
            connect(address, serial)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        disconnect(address, serial)
        worker.join()


def _wait_until_settled(address: Address, serial: str) -> None:
    """A new phone is `offline` for some milliseconds; one that stays so is left as it is."""
    deadline = time.monotonic() + _SETTLE_S
    while time.monotonic() < deadline:
        try:
            if device_state(address, serial) in ("device", "unauthorized"):
                return
        except HostRefusal:
            pass  # "device offline" comes as a refusal
        time.sleep(0.005)

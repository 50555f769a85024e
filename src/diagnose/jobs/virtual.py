"""Virtual phones for a run on this computer: served, connected to the adb server, taken away.

Those that show no system hang on a virtual USB bus, in this process: nothing needs root, and every
byte goes through the same pyusb, pyserial and transports as of a real one.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Self

from diagnose.discovery.adb import list_adb
from diagnose.discovery.faces import Device
from diagnose.discovery.phones import join
from diagnose.discovery.usb import usb_faces
from diagnose.errors import DiagnoseError, UnknownName
from diagnose.ladder.state import State
from diagnose.simulator.appearance import APPEARANCES, AWAY, SYSTEM
from diagnose.simulator.hostile import attacked
from diagnose.simulator.serial.pty_port import PtyPort
from diagnose.simulator.served import serve, serve_changing
from diagnose.simulator.specification import Specification, parse_specification
from diagnose.simulator.usb.backend import VirtualBackend
from diagnose.transports.adb.host import Address, HostRefusal, connect, device_state, disconnect
from diagnose.transports.adb.server import ensure_server
from diagnose.transports.serial.ports import SerialPort
from diagnose.transports.usb.bus import LibusbBus

_SETTLE_S = 3.0
_LOOKS_A_STAGE = 6  # longer than what a change has to last before it counts


@contextmanager
def connected(
    texts: Sequence[str], *, scale: float = 1.0, server: Address | None = None
) -> Iterator[VirtualDesk]:
    """Serve `PHONE+FAULT…` and give the phones; nothing of them is left behind."""
    orders = [parse_specification(text) for text in texts]
    with ExitStack() as stack:
        over_adb = [order for order in orders if not order.appearance]
        serials = [_served(stack, order, scale, server) for order in over_adb]
        listed = list_adb(ensure_server(server)) if over_adb else ()
        found = iter([_named(listed, serial) for serial in serials])
        phones = [
            _stages(stack, order, number, scale, server) if order.appearance else [next(found)]
            for number, order in enumerate(orders, 1)
        ]
        yield VirtualDesk(
            [
                [replace(one, called=text) if one else None for one in stages]
                for stages, text in zip(phones, texts, strict=True)
            ]
        )


class VirtualDesk:
    """Virtual phones before a computer; those that change do so as the computer looks on."""

    def __init__(self, phones: Sequence[Sequence[Device | None]]) -> None:
        self._phones = phones
        self._looks = 0

    @property
    def devices(self) -> list[Device]:
        """Every phone, as it is first."""
        return [stages[0] for stages in self._phones if stages[0]]

    def listed(self) -> tuple[Device, ...]:
        """Look at them: after some looks each that changes is in its next state."""
        at, self._looks = self._looks // _LOOKS_A_STAGE, self._looks + 1
        seen = (stages[min(at, len(stages) - 1)] for stages in self._phones)
        return tuple(one for one in seen if one and _is_plugged(one))


def _is_plugged(device: Device) -> bool:
    buses = [face.way.bus for face in device.faces if face.way.bus]
    return device.state is not State.NOTHING and (not buses or any(b.devices() for b in buses))


def _stages(
    stack: ExitStack, order: Specification, number: int, scale: float, server: Address | None
) -> list[Device | None]:
    """The phone in each state it goes through; None while it is away."""
    stages = APPEARANCES[order.appearance].stages or (order.appearance,)
    shown: dict[str, Device | None] = {AWAY: None}
    for name in dict.fromkeys(stages):
        if name == SYSTEM:
            shown[name] = _system(stack, order, number, scale, server)
        elif name != AWAY:
            shown[name] = shown_phone(stack, replace(order, appearance=name), number)
    return [shown[name] for name in stages]


def _system(
    stack: ExitStack, order: Specification, number: int, scale: float, server: Address | None
) -> Device:
    """Its system, over adb: at the same port as everything else the phone shows."""
    serial = _served(stack, replace(order, appearance=""), scale, server)
    found = _named(list_adb(ensure_server(server)), serial)
    return replace(found, usb_path=f"1-{number}")


def _served(stack: ExitStack, order: Specification, scale: float, server: Address | None) -> str:
    address = ensure_server(server)
    daemon = stack.enter_context(serve(order, scale=scale))
    stack.enter_context(_connecting(address, daemon.serial))
    _wait_until_settled(address, daemon.serial)
    return daemon.serial


def _named(listed: Sequence[Device], serial: str) -> Device:
    return next(
        (one for one in listed if one.serial == serial),
        Device(serial, State.OFFLINE, adb_state="offline"),
    )


def shown_phone(stack: ExitStack, order: Specification, number: int) -> Device:
    """Hang a phone without its system on a virtual bus, at port `1-NUMBER`."""
    shown = APPEARANCES[order.appearance].show(order.build())
    if order.hostile:
        shown.attack(attacked)
    for device in shown.usb:
        device.port = f"1-{number}"
    bus = LibusbBus(VirtualBackend(shown.usb))
    ports = []
    if shown.modem:
        port = stack.enter_context(PtyPort(shown.modem))
        ports.append(SerialPort(port.name, f"1-{number}", "cdc_acm"))
    found = join((), list(usb_faces(bus)), ports)
    # Named by this process: what its phones are called is nobody else's, so neither is their lease.
    name = f"usb:virtual-{os.getpid()}-{number}"
    return replace(found[0], serial=name) if found else Device(name, State.NOTHING, connection="")


class VirtualPhone:
    """A virtual phone on the real ADB protocol, connected to an adb server while its block runs.

    `with VirtualPhone("pixel-9+battery-worn") as phone: …`; `phone.serial` is what adb calls it.
    Faults can be injected and removed while it runs. `scale` multiplies its latencies; `server` is
    an adb server other than the environment's.
    """

    def __init__(
        self,
        specification: str = "pixel-9",
        *,
        scale: float = 0.05,
        server: Address | None = None,
    ) -> None:
        self._specification = parse_specification(specification)
        self._served = serve_changing(self._specification, scale=scale)
        self._server = server
        self._stack = ExitStack()

    @property
    def specification(self) -> str:
        """The phone and its faults as they are now: `PHONE+FAULT…`."""
        return self._specification.text

    @property
    def serial(self) -> str:
        """What the adb server calls it."""
        return self._served.daemon.serial

    @property
    def server(self) -> Address | None:
        """The adb server it hangs on, where it is not the environment's."""
        return self._server

    @property
    def commands(self) -> list[str]:
        """Every command it was asked, in order."""
        return self._served.daemon.commands

    def inject(self, fault: str) -> None:
        """Let it have a fault from now on. Raises `UnknownName`, `UsageError`."""
        self._become(f"{self.specification}+{fault}")

    def remove(self, fault: str) -> None:
        """Take a fault away; raises `UnknownName` where it has no such fault."""
        phone, *faults = self.specification.split("+")
        if fault not in faults:
            raise UnknownName("fault of this phone", fault, faults)
        faults.remove(fault)
        self._become("+".join((phone, *faults)))

    def unplug(self) -> None:
        """Pull the cable: connections end at once, until `replug`."""
        self._served.daemon.unplug()

    def replug(self) -> None:
        """Put the cable back, and connect again."""
        self._served.daemon.replug()
        self._reconnect()

    def __enter__(self) -> Self:
        self._address = ensure_server(self._server)
        self._stack.enter_context(self._served.daemon)
        self._stack.enter_context(_connecting(self._address, self.serial))
        _wait_until_settled(self._address, self.serial)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _become(self, text: str) -> None:
        wanted = parse_specification(text)
        again = self._served.become(wanted)
        self._specification = wanted
        if again:
            self._served.daemon.unplug()
            self.replug()

    def _reconnect(self) -> None:
        disconnect(self._address, self.serial)
        # Beside us: a phone that does not let us in is listed only until the server gives up.
        threading.Thread(target=self._connect, daemon=True).start()
        _wait_until_settled(self._address, self.serial)

    def _connect(self) -> None:
        with suppress(DiagnoseError):  # how it ended is told by the phone's state
            connect(self._address, self.serial)


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

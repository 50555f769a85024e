"""Hot-plug: one event for each real change of a phone, over all its faces.

Two things are looked at: adb's list (the server tells of changes; it is asked again where it was
restarted) and the USB bus (its folder in sysfs is read a few times a second: there may be no udev
to tell us, as in a container). A change counts once it has lasted, so that a hub that enumerates
twenty phones, or a loose plug, gives one event a phone and not fifty.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from diagnose.discovery.adb import watch
from diagnose.discovery.faces import Device
from diagnose.discovery.phones import Sources, join
from diagnose.discovery.usb import usb_faces
from diagnose.errors import TransportError
from diagnose.ladder.state import State
from diagnose.model.plain import dataclass
from diagnose.transports.adb.host import Address

POLL_S = 0.15
SETTLE_S = 0.4  # a phone that enumerates shows several faces one after the other
ADB_S = 2.0  # adb takes so long to greet a phone that has just appeared on USB
HELD_S = 4.0  # so long a restarted adb server may take to list again what still hangs on USB
_RETRY_S = 1.0
SETTLE_MAX_S = 2.0  # a loose plug changes for ever: show what there is by then

Kind = Literal["arrived", "changed", "left"]
Listing = Callable[[], tuple[Device, ...] | None]
Key = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """What happened to one phone; `device` as it is now, or as it was last where it left."""

    kind: Kind
    device: Device


def changes(
    address: Address | None = None,
    sources: Sources | None = None,
    *,
    listing: Listing | None = None,
    stop: Callable[[], bool] = lambda: False,
    reconnects: bool = False,
    seen_before: tuple[Device, ...] = (),
) -> Iterator[Change]:
    """Yield what is there now as arrivals, then every change; until `stop` says so.

    `listing` gives the phones (default: adb's list and the USB bus, joined). `reconnects`: also a
    phone that has enumerated anew and is as it was. `seen_before`: what was there a while ago;
    what became of it since is told first.
    """
    ended = threading.Event()
    listing = listing or _Plugged(address, sources or Sources(), ended.is_set).listed
    known = _by_place(seen_before)
    try:
        for devices in _settled(listing, stop):
            seen = _by_place(devices)
            yield from _differences(known, seen, reconnects=reconnects)
            known = seen
    finally:
        ended.set()


class _Plugged:
    """adb's latest list, told by its server, and the bus as it is now."""

    def __init__(
        self, address: Address | None, sources: Sources, ended: Callable[[], bool]
    ) -> None:
        self._sources = sources
        self._ended = ended
        self._address = address
        self._latest: tuple[Device, ...] | None = None
        self._missing_since: dict[str, float] = {}
        self._shown: tuple[Device, ...] = ()
        threading.Thread(target=self._follow, name="adb-list", daemon=True).start()

    def _follow(self) -> None:
        while not self._ended():
            try:
                for devices in watch(self._address, self._ended):
                    self._latest = devices
            except TransportError:
                self._latest = self._latest or ()  # no adb here: USB still tells
                time.sleep(_RETRY_S)

    def listed(self) -> tuple[Device, ...] | None:
        """The phones now; None until adb has told its first list."""
        if self._latest is None:
            return None
        seen = list(usb_faces(self._sources.bus))
        ports = self._sources.ports.ports() if seen else ()
        self._shown = self._latest_with_held({device.path for device, _ in seen})
        return join(self._shown, seen, ports)

    def _latest_with_held(self, paths: set[str]) -> tuple[Device, ...]:
        """A phone that still hangs on USB is not gone because a server was restarted."""
        now = time.monotonic()
        latest = self._latest or ()
        names = {one.serial for one in latest}
        missing = [one for one in self._shown if one.serial not in names and one.usb_path in paths]
        since = {one.serial: self._missing_since.get(one.serial, now) for one in missing}
        self._missing_since = since
        return (*latest, *(one for one in missing if now - since[one.serial] < HELD_S))


def _settled(listing: Listing, stop: Callable[[], bool]) -> Iterator[tuple[Device, ...]]:
    """Each list that stayed the same for `SETTLE_S`, or that would not settle at all."""
    given: tuple[Device, ...] | None = None
    seen: tuple[Device, ...] | None = None
    since = unsettled_since = time.monotonic()
    while not stop():
        now = time.monotonic()
        devices = listing()
        if devices != seen:
            unsettled_since = unsettled_since if seen != given else now
            seen, since = devices, now
        wanted = ADB_S if _awaits_adb(devices, given) else SETTLE_S
        lasted = now - since >= wanted or now - unsettled_since >= SETTLE_MAX_S
        if seen is not None and seen != given and lasted:
            given = seen
            yield seen
        time.sleep(POLL_S)


def _awaits_adb(now: tuple[Device, ...] | None, given: tuple[Device, ...] | None) -> bool:
    """Whether a phone speaks adb that was not there before: its server will list it presently."""
    return any(one.state is State.ADB_UNSEEN and one not in (given or ()) for one in now or ())


def _by_place(devices: tuple[Device, ...]) -> Mapping[Key, Device]:
    """By USB port, else by name: a serial number may be missing, or two phones may share one."""
    found: dict[Key, Device] = {}
    for number, device in enumerate(devices):
        key = (device.usb_path, "" if device.usb_path else device.serial)
        found[key if key not in found else (f"{number}", device.serial)] = device
    return found


def _differences(
    before: Mapping[Key, Device], now: Mapping[Key, Device], *, reconnects: bool
) -> Iterator[Change]:
    for key in before.keys() - now.keys():
        yield Change("left", before[key])
    for key, device in now.items():
        if key not in before:
            yield Change("arrived", device)
        elif (other := _another(before[key], device)) or before[key].state is not device.state:
            if other:
                yield Change("left", before[key])
            yield Change("arrived" if other else "changed", device)
        elif reconnects and _address(before[key]) != _address(device):
            yield Change("changed", device)


def _address(device: Device) -> tuple[int, ...]:
    """What the bus numbers it: anew each time it enumerates."""
    return tuple(face.way.device.address for face in device.faces[-1:] if face.way.device)


def _another(before: Device, now: Device) -> bool:
    """Whether another phone hangs on the port: both name a serial number, and it differs."""
    one, two = before.own_serial, now.own_serial
    return bool(one and two and one != two)

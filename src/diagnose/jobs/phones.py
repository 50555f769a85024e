"""The phones a command is about: the one plugged in, those that were named, virtual ones."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from diagnose.discovery.choosing import UNSEEN, choose, may_be_examined
from diagnose.discovery.faces import Device
from diagnose.discovery.phones import list_devices
from diagnose.errors import DeviceNotFound, DeviceNotReady
from diagnose.jobs.naming import public_label
from diagnose.model.plain import dataclass
from diagnose.text import printable
from diagnose.transports.adb.server import server_address

if TYPE_CHECKING:
    from diagnose.discovery.watch import Listing
    from diagnose.transports.adb.host import Address

_BOOT_POLL_S = 0.5


@dataclass(frozen=True)
class Attached:
    """The phones a command is about: those that can be asked, and those that are not ready.

    `listing`: where virtual ones are seen again when they have changed.
    """

    address: Address
    ready: tuple[Device, ...]
    unready: tuple[Device, ...] = ()
    listing: Listing | None = None

    def called(self, name: str) -> Attached:
        """The same, by the name the virtual phone was ordered by."""
        return replace(self, ready=tuple(replace(device, called=name) for device in self.ready))


def await_phone(address: Address | None = None) -> Device:
    """Wait until a phone is plugged in of which a run can say something; gives the first one."""
    from diagnose.discovery.watch import changes

    for change in changes(address):
        if change.kind != "left" and may_be_examined(change.device):
            return change.device
    raise DeviceNotFound("nothing is watched any more", hint="diagnose devices")


@contextmanager
def ready_phones(
    serial: str | None,
    simulated: Sequence[str] = (),
    *,
    every: bool = False,
    expected: int | None = None,
    any_state: bool = False,
    wait_boot_s: float | None = None,
    scale: float = 1.0,
    server: Address | None = None,
) -> Iterator[Attached]:
    """Give the adb server and the phones on it; virtual ones are there as long as the block runs.

    `every` takes all that are attached, `expected` is how many of them must be ready, `any_state`
    takes also one that lets nobody in, or that nobody sees. Without a `serial`, `ANDROID_SERIAL`
    names the phone, as it does for adb. `wait_boot_s`: phones that are not there or have not
    finished starting get so long. `server` is an adb server other than the environment's.
    Raises `DeviceNotFound`, `DeviceNotReady` or `SeveralDevices` where no phone can be chosen.
    """
    if simulated:
        from diagnose.jobs.virtual import connected

        with connected(simulated, scale=scale, server=server) as desk:
            found = _waited(
                lambda at: _of_virtual(at, desk.devices, every, expected, any_state),
                wait_boot_s,
                server,
            )
            yield replace(found, listing=desk.listed)
        return
    named = serial or os.environ.get("ANDROID_SERIAL") or None
    yield _waited(lambda at: _of_adb(at, named, every, expected, any_state), wait_boot_s, server)


def _waited(
    find: Callable[[Address], Attached], wait_boot_s: float | None, server: Address | None
) -> Attached:
    """Find the phones; with a deadline, again until they are there and have started."""
    address = server or server_address()
    if wait_boot_s is None:
        return find(address)
    from diagnose.jobs.boot import check_started

    deadline = time.monotonic() + wait_boot_s
    while True:
        try:
            attached = find(address)
            check_started(attached.ready, address)
        except (DeviceNotFound, DeviceNotReady):
            if time.monotonic() >= deadline:
                raise
            time.sleep(_BOOT_POLL_S)
        else:
            return attached


def _of_adb(
    address: Address, serial: str | None, every: bool, expected: int | None, any_state: bool
) -> Attached:
    listed = list_devices(address)
    if every:
        return _all_of(address, listed, expected, any_state)
    if not listed and any_state and serial is None:
        listed = (UNSEEN,)
    return _enough(Attached(address, (choose(listed, serial, any_state=any_state),)), expected)


def _of_virtual(
    address: Address,
    devices: Sequence[Device],
    every: bool,
    expected: int | None,
    any_state: bool,
) -> Attached:
    """Those that were ordered, in that order; of several, one that is not ready is named."""
    if not every and len(devices) == 1:
        choose(devices, any_state=any_state)
    return _all_of(address, devices, expected, any_state)


def _all_of(
    address: Address, devices: Sequence[Device], expected: int | None, any_state: bool
) -> Attached:
    if not devices:
        choose(devices)  # says that nothing is attached, and what to do
    ready = tuple(one for one in devices if may_be_examined(one, any_state=any_state))
    unready = tuple(one for one in devices if one not in ready)
    return _enough(Attached(address, ready, unready), expected)


def _enough(attached: Attached, expected: int | None) -> Attached:
    """Refuse a run with another number of phones than it was told to expect."""
    found = len(attached.ready)
    if expected is None or found == expected:
        return attached
    others = ", ".join(f"{public_label(d)} ({d.state})" for d in attached.unready)
    message = f"{expected} phones are expected, {found} are ready"
    raise DeviceNotFound(
        message + (f"; not ready: {printable(others, 500)}" if others else ""),
        hint="see what is attached with: diagnose devices",
    )


def why_unready(device: Device) -> DeviceNotReady:
    """Say why a phone cannot be examined, and what to do about it."""
    state = printable(device.adb_state, 100) or device.state
    message = f"the phone {public_label(device)} is not ready: {state}"
    return DeviceNotReady(message, hint=device.advice.en, hint_zh=device.advice.zh)

"""The phones a command is about: the one plugged in, those that were named, virtual ones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnose.discovery.choosing import UNSEEN, choose, may_be_examined
from diagnose.discovery.faces import Device
from diagnose.discovery.phones import list_devices
from diagnose.errors import DeviceNotFound, DeviceNotReady
from diagnose.jobs.naming import public_label
from diagnose.text import printable
from diagnose.transports.adb.server import server_address

if TYPE_CHECKING:
    from diagnose.transports.adb.host import Address


@dataclass(frozen=True)
class Attached:
    """The phones a command is about: those that can be asked, and those that are not ready."""

    address: Address
    ready: tuple[Device, ...]
    unready: tuple[Device, ...] = ()


@contextmanager
def ready_phones(
    serial: str | None,
    simulated: Sequence[str] = (),
    *,
    every: bool = False,
    expected: int | None = None,
    any_state: bool = False,
    scale: float = 1.0,
) -> Iterator[Attached]:
    """Give the adb server and the phones on it; virtual ones are there as long as the block runs.

    `every` takes all that are attached, `expected` is how many of them must be ready, `any_state`
    takes also one that lets nobody in, or that nobody sees. Without a `serial`, `ANDROID_SERIAL`
    names the phone, as it does for adb.
    Raises `DeviceNotFound`, `DeviceNotReady` or `SeveralDevices` where no phone can be chosen.
    """
    if simulated:
        from diagnose.jobs.virtual import connected

        with connected(simulated, scale=scale) as devices:
            yield _of_virtual(devices, every, expected, any_state)
        return
    address = server_address()
    listed = list_devices(address)
    if every:
        yield _all_of(address, listed, expected, any_state)
        return
    named = serial or os.environ.get("ANDROID_SERIAL") or None
    if not listed and any_state and named is None:
        listed = (UNSEEN,)
    chosen = choose(listed, named, any_state=any_state)
    yield _enough(Attached(address, (chosen,)), expected)


def _of_virtual(
    devices: Sequence[Device], every: bool, expected: int | None, any_state: bool
) -> Attached:
    """Those that were ordered, in that order; of several, one that is not ready is named."""
    if not every and len(devices) == 1:
        choose(devices, any_state=any_state)
    return _all_of(server_address(), devices, expected, any_state)


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
    state = printable(device.said, 100) or device.state
    return DeviceNotReady(
        f"the phone {public_label(device)} is not ready: {state}", hint=device.advice.en
    )

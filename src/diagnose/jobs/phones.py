"""The phones a command is about: the one plugged in, those that were named, virtual ones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diagnose.discovery.choosing import choose
from diagnose.discovery.faces import Device
from diagnose.discovery.phones import list_devices
from diagnose.errors import DeviceNotFound, DeviceNotReady
from diagnose.jobs.naming import public_label
from diagnose.text import printable
from diagnose.transports.adb.server import ensure_server

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
    scale: float = 1.0,
) -> Iterator[Attached]:
    """Give the adb server and the phones on it; virtual ones are there as long as the block runs.

    `every` takes all that are attached, `expected` is how many of them must be ready. Without a
    `serial`, `ANDROID_SERIAL` names the phone, as it does for adb.
    Raises `DeviceNotFound`, `DeviceNotReady` or `SeveralDevices` where no phone can be chosen.
    """
    if simulated:
        from diagnose.jobs.virtual import connected

        with connected(simulated, scale=scale) as serials:
            address = ensure_server()
            yield _of_virtual(address, dict(zip(serials, simulated, strict=True)), every, expected)
        return
    address = ensure_server()
    listed = list_devices(address)
    if every:
        yield _all_of(address, listed, expected)
        return
    named = serial or os.environ.get("ANDROID_SERIAL") or None
    yield _enough(Attached(address, (choose(listed, named),)), expected)


def _of_virtual(
    address: Address, ordered: Mapping[str, str], every: bool, expected: int | None
) -> Attached:
    """Those that were ordered, in that order; of several, one that is not ready is named."""
    listed = list_devices(address)
    if not every and len(ordered) == 1:
        found = [choose(listed, serial) for serial in ordered]
    else:
        known = {device.serial: device for device in listed}
        found = [known.get(serial) or choose(listed, serial) for serial in ordered]
    called = [replace(device, called=ordered[device.serial]) for device in found]
    return _all_of(address, called, expected)


def _all_of(address: Address, devices: Sequence[Device], expected: int | None) -> Attached:
    if not devices:
        choose(devices)  # says that nothing is attached, and what to do
    ready = tuple(device for device in devices if device.ready)
    unready = tuple(device for device in devices if not device.ready)
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

"""The phones a command is about: the one plugged in, those that were named, virtual ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from diagnose.discovery.choosing import choose
from diagnose.discovery.phones import list_devices
from diagnose.transports.adb.server import ensure_server

if TYPE_CHECKING:
    from diagnose.discovery.faces import Device
    from diagnose.transports.adb.host import Address


@contextmanager
def ready_phones(
    serial: str | None, simulated: Sequence[str] = (), *, every: bool = False, scale: float = 1.0
) -> Iterator[tuple[Address, list[Device]]]:
    """Give the adb server and the phones on it; virtual ones are there as long as the block runs.

    Raises `DeviceNotFound`, `DeviceNotReady` or `SeveralDevices` where no phone can be chosen.
    """
    if simulated:
        from diagnose.jobs.virtual import connected

        with connected(simulated, scale=scale) as serials:
            address = ensure_server()
            listed = list_devices(address)
            yield address, [choose(listed, name) for name in serials]
        return
    address = ensure_server()
    listed = list_devices(address)
    if every:
        ready = [device for device in listed if device.ready]
        yield address, ready or [choose(listed)]
    else:
        yield address, [choose(listed, serial)]

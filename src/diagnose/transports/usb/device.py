"""One device on the bus, as it can be known without opening it."""

from __future__ import annotations

from typing import Any, Protocol

from diagnose.model.plain import dataclass
from diagnose.parsers.usb.descriptors import Descriptors

LONGEST_STRING = 126  # a string descriptor holds no more


@dataclass(frozen=True)
class UsbDevice:
    """A device with its place, its descriptors and its strings (a stranger's words).

    `path` is the port it hangs on, as `1-4.2`: it stays while the address changes with each plug.
    `speed_mbps` is what was negotiated. `accessible` None: this system does not tell. `drivers`
    names the kernel's driver of each interface; `usbfs` is a program that holds it.
    """

    path: str
    bus: int
    address: int
    descriptors: Descriptors
    manufacturer: str = ""
    product_name: str = ""
    serial: str = ""
    speed_mbps: float | None = None
    node: str = ""
    accessible: bool | None = None
    drivers: tuple[tuple[int, str], ...] = ()


class Bus(Protocol):
    """A USB bus: the computer's own, or a virtual one."""

    def devices(self) -> tuple[UsbDevice, ...]:
        """List what is plugged in; opens and claims nothing."""
        ...

    def open(self, device: UsbDevice) -> Any:
        """Give pyusb's device; raises `DeviceLost` where it is gone."""
        ...

"""The computer's USB bus: read from sysfs where there is one, else asked of libusb.

Not libusb alone: its strings need the device opened, which `devices` must not do; and adb prints
an empty list where it may not open the node, so we look ourselves.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from diagnose.errors import DeviceLost, ParseError
from diagnose.parsers.usb.descriptors import Descriptors, Interface, UsbEndpoint, parse_descriptors
from diagnose.transports.usb.device import LONGEST_STRING, UsbDevice

SYSFS = Path("/sys/bus/usb/devices")
_PORT = re.compile(r"\d{1,3}-\d{1,3}(?:\.\d{1,3}){0,6}")
_LONGEST_ATTRIBUTE = 65_536
_SPEEDS = {1: 1.5, 2: 12.0, 3: 480.0, 4: 5000.0, 5: 10_000.0, 6: 20_000.0}  # libusb's codes


class SystemBus:
    """What is plugged into this computer."""

    def devices(self) -> tuple[UsbDevice, ...]:
        """List it; what cannot be read is left out, nothing is raised."""
        if platform.system() == "Linux":
            return tuple(_from_sysfs())
        return LibusbBus(_backend(), may_open=False).devices()

    def open(self, device: UsbDevice) -> Any:
        """Give pyusb's device for this one; raises `DeviceLost` where it is gone."""
        return LibusbBus(_backend()).open(device)


@cache
def _backend() -> Any:
    """The libusb of the wheel: it hears of new devices without a running udevd."""
    import libusb_package

    return libusb_package.get_libusb1_backend()


def _from_sysfs() -> Iterator[UsbDevice]:
    try:
        names = sorted(entry.name for entry in SYSFS.iterdir())
    except OSError:
        return
    for name in names:
        if _PORT.fullmatch(name):
            with suppress(OSError, ParseError, ValueError):  # unplugged while we look
                yield _one_from_sysfs(name)


def _one_from_sysfs(name: str) -> UsbDevice:
    folder = SYSFS / name
    descriptors = parse_descriptors(_attribute(folder, "descriptors"))
    bus, address = int(_word(folder, "busnum")), int(_word(folder, "devnum"))
    node = f"/dev/bus/usb/{bus:03d}/{address:03d}"
    return UsbDevice(
        path=name,
        bus=bus,
        address=address,
        descriptors=descriptors,
        manufacturer=_string(folder, "manufacturer"),
        product_name=_string(folder, "product"),
        serial=_string(folder, "serial"),
        speed_mbps=_speed(folder),
        node=node,
        accessible=os.access(node, os.R_OK | os.W_OK),
        drivers=tuple(sorted(_drivers(name))),
    )


def _attribute(folder: Path, name: str) -> bytes:
    with (folder / name).open("rb") as file:
        return file.read(_LONGEST_ATTRIBUTE)


def _word(folder: Path, name: str) -> str:
    return _attribute(folder, name).decode("ascii", "replace").strip()


def _string(folder: Path, name: str) -> str:
    with suppress(OSError):
        return _attribute(folder, name).decode("utf-8", "replace").strip("\n")[:LONGEST_STRING]
    return ""


def _speed(folder: Path) -> float | None:
    with suppress(OSError, ValueError):
        return float(_word(folder, "speed"))
    return None


def _drivers(name: str) -> Iterator[tuple[int, str]]:
    for folder in SYSFS.glob(f"{name}:*.*"):
        with suppress(OSError, ValueError):
            driver = (folder / "driver").readlink().name
            yield int(_word(folder, "bInterfaceNumber"), 16), driver


class LibusbBus:
    """What a back end of pyusb shows.

    The strings of a device need it opened: that may be on a virtual bus, never on the computer's.
    """

    def __init__(self, backend: Any, *, may_open: bool = True) -> None:
        self._backend = backend
        self._may_open = may_open

    def devices(self) -> tuple[UsbDevice, ...]:
        """List it; a device that cannot be read is left out."""
        return tuple(self._listed())

    def open(self, device: UsbDevice) -> Any:
        """Give pyusb's device; raises `DeviceLost` where it is gone."""
        import usb.core

        def same(one: Any) -> bool:
            return bool(one.bus == device.bus and one.address == device.address)

        found = usb.core.find(custom_match=same, backend=self._backend)
        if found is None:
            raise DeviceLost(f"the device at USB port {device.path} is gone")
        return found

    def _listed(self) -> Iterator[UsbDevice]:
        import usb.core

        for device in usb.core.find(find_all=True, backend=self._backend) or ():
            with suppress(usb.core.USBError, ValueError, NotImplementedError):
                yield _with_strings(device) if self._may_open else _from_pyusb(device)


def _with_strings(device: Any) -> UsbDevice:
    import usb.core
    import usb.util

    def text(index: int) -> str:
        try:
            return (usb.util.get_string(device, index) or "")[:LONGEST_STRING] if index else ""
        except (usb.core.USBError, ValueError):
            return ""

    return replace(
        _from_pyusb(device),
        manufacturer=text(device.iManufacturer),
        product_name=text(device.iProduct),
        serial=text(device.iSerialNumber),
    )


def _from_pyusb(device: Any) -> UsbDevice:
    """Read what pyusb knows of a device without opening it."""
    ports = ".".join(str(port) for port in device.port_numbers or ())
    return UsbDevice(
        path=f"{device.bus}-{ports}" if ports else f"{device.bus}-@{device.address}",
        bus=device.bus,
        address=device.address,
        descriptors=_descriptors(device),
        speed_mbps=_SPEEDS.get(device.speed or 0),
    )


def _descriptors(device: Any) -> Descriptors:
    configuration = device[0] if device.bNumConfigurations else None
    version = device.bcdUSB
    return Descriptors(
        vendor=device.idVendor,
        product=device.idProduct,
        device_class=device.bDeviceClass,
        usb_version=f"{version >> 8:x}.{version & 0xFF:02x}",
        configurations=device.bNumConfigurations,
        max_power_ma=configuration.bMaxPower * (8 if version >= 0x300 else 2)
        if configuration
        else None,
        interfaces=tuple(
            _interface(one) for one in configuration or () if not one.bAlternateSetting
        ),
    )


def _interface(one: Any) -> Interface:
    return Interface(
        one.bInterfaceNumber,
        (one.bInterfaceClass, one.bInterfaceSubClass, one.bInterfaceProtocol),
        tuple(
            UsbEndpoint(e.bEndpointAddress, e.bmAttributes & 3, e.wMaxPacketSize & 0x7FF)
            for e in one
        ),
    )

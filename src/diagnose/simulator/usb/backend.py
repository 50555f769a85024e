"""Virtual devices as a back end of pyusb: in this process, without root, on every system."""

from __future__ import annotations

import errno
import struct
import time
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import usb.core

from diagnose.simulator.usb.model import Setup, UsbRefusal, VirtualUsb

_POLL_S = 0.002
_CODES = {
    UsbRefusal.STALL: ("Pipe error", errno.EPIPE),
    UsbRefusal.OVERFLOW: ("Overflow", errno.EOVERFLOW),
    UsbRefusal.GONE: ("No such device (it may have been disconnected)", errno.ENODEV),
}
_LIBUSB_SPEED = {1: 1, 2: 2, 3: 3, 5: 4}  # the numbers of Linux and of libusb differ


class VirtualBackend:
    """Shows virtual devices to pyusb in the form of its `IBackend`, those unplugged not."""

    def __init__(self, devices: Sequence[VirtualUsb]) -> None:
        self._devices = devices

    def enumerate_devices(self) -> Iterator[VirtualUsb]:
        """Every device that is plugged in."""
        return (one for one in self._devices if one.plugged and one.enumerates)

    def get_device_descriptor(self, dev: VirtualUsb) -> Any:
        """The device descriptor, with the place on the bus."""
        names = (
            "bLength", "bDescriptorType", "bcdUSB", "bDeviceClass", "bDeviceSubClass",
            "bDeviceProtocol", "bMaxPacketSize0", "idVendor", "idProduct", "bcdDevice",
            "iManufacturer", "iProduct", "iSerialNumber", "bNumConfigurations",
        )  # fmt: skip
        fields = dict(zip(names, struct.unpack("<BBHBBBBHHHBBBB", dev.device[:18]), strict=True))
        bus, _, ports = dev.port.partition("-")
        numbers = tuple(int(one) for one in ports.split("."))
        return SimpleNamespace(
            **fields,
            address=self._devices.index(dev) + 2,
            bus=int(bus),
            port_number=numbers[-1],
            port_numbers=numbers,
            speed=_LIBUSB_SPEED.get(dev.speed, 0),
        )

    def get_configuration_descriptor(self, dev: VirtualUsb, config: int) -> Any:
        """The only configuration; libusb reads none that holds a block of no length."""
        if config:
            raise IndexError("one configuration")
        if not _is_readable(dev.configuration):
            raise usb.core.USBError("Input/Output Error", -1, errno.EIO)
        names = ("bLength", "bDescriptorType", "wTotalLength", "bNumInterfaces",
                 "bConfigurationValue", "iConfiguration", "bmAttributes", "bMaxPower")  # fmt: skip
        fields = zip(names, struct.unpack("<BBHBBBBB", dev.configuration[:9]), strict=True)
        return SimpleNamespace(**dict(fields), extra_descriptors=[])

    def get_interface_descriptor(self, dev: VirtualUsb, intf: int, alt: int, config: int) -> Any:
        """One interface in its only setting."""
        del config
        if alt:
            raise IndexError("one setting")
        block = _interfaces(dev.configuration)[intf][0]
        names = ("bLength", "bDescriptorType", "bInterfaceNumber", "bAlternateSetting",
                 "bNumEndpoints", "bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol",
                 "iInterface")  # fmt: skip
        return SimpleNamespace(**dict(zip(names, block[:9], strict=True)), extra_descriptors=[])

    def get_endpoint_descriptor(
        self, dev: VirtualUsb, ep: int, intf: int, alt: int, config: int
    ) -> Any:
        """One endpoint of an interface."""
        del alt, config
        block = _interfaces(dev.configuration)[intf][1][ep]
        names = ("bLength", "bDescriptorType", "bEndpointAddress", "bmAttributes",
                 "wMaxPacketSize", "bInterval")  # fmt: skip
        fields = dict(zip(names, struct.unpack("<BBBBHB", block[:7]), strict=True))
        return SimpleNamespace(**fields, bRefresh=0, bSynchAddress=0, extra_descriptors=[])

    def open_device(self, dev: VirtualUsb) -> VirtualUsb:
        """Open it; refused where nobody may."""
        if dev.forbidden:
            raise usb.core.USBError("Access denied (insufficient permissions)", -3, errno.EACCES)
        _plugged(dev)
        return dev

    def close_device(self, dev_handle: VirtualUsb) -> None:
        """Nothing is kept open."""

    def get_configuration(self, dev_handle: VirtualUsb) -> int:
        """The only one is set."""
        _plugged(dev_handle)
        return 1

    def claim_interface(self, dev_handle: VirtualUsb, intf: int) -> None:
        """Take an interface; refused where another program has it."""
        _plugged(dev_handle)
        if intf in dev_handle.held:
            raise usb.core.USBError("Resource busy", -6, errno.EBUSY)

    def release_interface(self, dev_handle: VirtualUsb, intf: int) -> None:
        """Give it back."""

    def is_kernel_driver_active(self, dev_handle: VirtualUsb, intf: int) -> bool:
        """No kernel here."""
        del dev_handle, intf
        return False

    def bulk_write(
        self, dev_handle: VirtualUsb, ep: int, intf: int, data: Any, timeout: int
    ) -> int:
        """One transfer to the phone."""
        del intf
        deadline = time.monotonic() + timeout / 1000
        while True:
            took = dev_handle.put(ep, bytes(data))
            if isinstance(took, int):
                return took
            _refused(took, deadline)

    def bulk_read(self, dev_handle: VirtualUsb, ep: int, intf: int, buff: Any, timeout: int) -> int:
        """One transfer to the computer."""
        del intf
        deadline = time.monotonic() + timeout / 1000
        while True:
            data = dev_handle.take(ep, len(buff))
            if isinstance(data, bytes):
                buff[: len(data)] = type(buff)("B", data)
                return len(data)
            _refused(data, deadline)

    intr_write = iso_write = bulk_write  # pyusb looks all of them up before it takes one
    intr_read = iso_read = bulk_read

    def ctrl_transfer(
        self,
        dev_handle: VirtualUsb,
        bmRequestType: int,  # noqa: N803 - pyusb's names
        bRequest: int,  # noqa: N803
        wValue: int,  # noqa: N803
        wIndex: int,  # noqa: N803
        data: Any,
        timeout: int,
    ) -> int:
        """A control request."""
        setup = Setup(bmRequestType, bRequest, wValue, wIndex, len(data))
        answer = dev_handle.control(setup, bytes(data))
        if isinstance(answer, UsbRefusal):
            _refused(answer, time.monotonic() + timeout / 1000)
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        if bmRequestType & 0x80:
            data[: len(answer)] = type(data)("B", answer)
        return len(answer)


def _plugged(dev: VirtualUsb) -> None:
    if not dev.plugged:
        text, number = _CODES[UsbRefusal.GONE]
        raise usb.core.USBError(text, -4, number)


def _refused(refusal: UsbRefusal, deadline: float) -> None:
    """Wait a little for data, or raise as libusb does."""
    if refusal in _CODES:
        text, number = _CODES[refusal]
        raise usb.core.USBError(text, -1, number)
    if time.monotonic() > deadline:
        raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
    time.sleep(_POLL_S)


def _is_readable(configuration: bytes) -> bool:
    at = 0
    while at < len(configuration) and configuration[at] >= 2:
        at += configuration[at]
    return at >= len(configuration)


def _interfaces(configuration: bytes) -> list[tuple[bytes, list[bytes]]]:
    found: list[tuple[bytes, list[bytes]]] = []
    at = 9
    while at + 2 <= len(configuration) and configuration[at] >= 2:
        block = configuration[at : at + configuration[at]]
        if block[1] == 4:
            found.append((block, []))
        elif block[1] == 5 and found:
            found[-1][1].append(block)
        at += configuration[at]
    return found

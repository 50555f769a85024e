"""What a phone is called in reports and test ids: adb's own name of it, fit to be kept.

A serial number is the phone's own and a network address the shop's: both are masked. What stands
for a phone of this computer (an emulator, a virtual phone) is said as it is.
"""

from __future__ import annotations

from diagnose.discovery.faces import Device
from diagnose.privacy.serials import mask_serial

_LOOPBACK = ("127.", "localhost:", "[::1]:")


def public_serial(device: Device) -> str:
    """Name a phone as adb does; `called` is the name a virtual phone was ordered by."""
    if device.called:
        return device.called
    if device.connection == "emulator" or device.serial.startswith(_LOOPBACK):
        return device.serial
    host, colon, port = device.serial.rpartition(":")
    if device.connection == "tcp" and colon and port.isascii() and port.isdigit():
        return f"{mask_serial(host)}:{port}"
    return mask_serial(device.serial)


def public_label(device: Device) -> str:
    """Name a phone with the port it hangs on, as `DeviceIdentity.label` does."""
    return "@".join(filter(None, (public_serial(device), device.usb_path)))

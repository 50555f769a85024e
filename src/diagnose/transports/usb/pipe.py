"""A pair of bulk pipes of one interface, claimed while it is used.

The configuration is never set: that would disturb the other interfaces (adb's among them). A
kernel driver that holds the interface is taken off only where that is asked for, and given back.
"""

from __future__ import annotations

import errno
import time
from contextlib import suppress
from typing import Any

from diagnose.errors import DeviceLost, DeviceNotReady, ProtocolError

_SLICE_S = 0.25  # a read is cut into slices, so that `abort` is heard


class Pipe:
    """Reads and writes whole transfers.

    Raises `DeviceLost` or `ProtocolError`, and `DeviceNotReady` at the start.
    """

    def __init__(
        self, device: Any, interface: int, pair: tuple[int, int], *, take_from_kernel: bool = False
    ) -> None:
        self._device = device
        self._interface = interface
        self._in, self._out = pair
        self._aborted = False
        self._took = False
        try:
            self._claim(take_from_kernel)
        except Exception as problem:
            self.close()
            raise _not_ready(problem) from problem

    def _claim(self, take_from_kernel: bool) -> None:
        import usb.util

        if take_from_kernel and self._kernel_holds():
            self._device.detach_kernel_driver(self._interface)
            self._took = True
        usb.util.claim_interface(self._device, self._interface)

    def _kernel_holds(self) -> bool:
        try:
            return bool(self._device.is_kernel_driver_active(self._interface))
        except NotImplementedError:  # systems without such drivers
            return False

    def write(self, data: bytes, timeout_s: float) -> bool:
        """Send one transfer; False where the phone takes nothing."""
        import usb.core

        try:
            return bool(
                self._device.write(self._out, data, max(1, int(timeout_s * 1000))) == len(data)
            )
        except usb.core.USBTimeoutError:
            return False
        except usb.core.USBError as problem:
            raise _problem(problem) from problem

    def read(self, most: int, timeout_s: float) -> bytes | None:
        """Wait for one transfer; None where none comes."""
        import usb.core

        deadline = time.monotonic() + timeout_s
        while not self._aborted:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            try:
                return bytes(
                    self._device.read(self._in, most, max(1, int(min(left, _SLICE_S) * 1000)))
                )
            except usb.core.USBTimeoutError:
                continue
            except usb.core.USBError as problem:
                raise _problem(problem) from problem
        raise DeviceLost("stopped by the operator")

    def abort(self) -> None:
        """End a read soon, from any thread."""
        self._aborted = True

    def close(self) -> None:
        """Give the interface back to whom it was taken from."""
        import usb.util

        with suppress(Exception):  # unplugged meanwhile: there is nothing to give back
            usb.util.release_interface(self._device, self._interface)
        if self._took:
            with suppress(Exception):
                self._device.attach_kernel_driver(self._interface)
        with suppress(Exception):
            usb.util.dispose_resources(self._device)


def _problem(problem: Any) -> DeviceLost | ProtocolError:
    """Gone, or there and refusing: only the former is a lost phone."""
    refused = getattr(problem, "errno", None) in (errno.EPIPE, errno.EOVERFLOW)
    return ProtocolError(_plain(problem)) if refused else DeviceLost(_plain(problem))


def _plain(problem: Any) -> str:
    number = getattr(problem, "errno", None)
    if number in (errno.ENODEV, errno.ESHUTDOWN):
        return "the phone was unplugged"
    if number == errno.EPIPE:
        return "the phone refused the transfer (stall)"
    if number == errno.EOVERFLOW:
        return "the phone sent more than it announced"
    return f"the USB transfer failed: {problem}"


def _not_ready(problem: Exception) -> Exception:
    number = getattr(problem, "errno", None)
    if number == errno.EBUSY:
        return DeviceNotReady(
            "another program holds the phone's USB interface",
            hint="close it (fwupd, another phone program), unplug and plug in again",
        )
    if number == errno.EACCES or "langid" in str(problem):
        return DeviceNotReady(
            "this user may not open the USB device", hint="`diagnose doctor --fix` shows the rule"
        )
    return DeviceLost(_plain(problem))

"""Questions to a USB device below every protocol: see `Transport` for the contract."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Sequence

from diagnose.errors import DeviceLost, DeviceNotReady, ProtocolError
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request
from diagnose.model.requests.usb import AOA_KEY, DESCRIPTORS_KEY
from diagnose.transports.base import Guard, Way, asked_in_turn, forbidden
from diagnose.transports.usb.device import UsbDevice

_VENDOR_IN, _GET_PROTOCOL = 0xC0, 51
_AOA_TIMEOUT_MS = 1000


class UsbTransport:
    """One device. Descriptors need no opening; no interface is claimed."""

    def __init__(self, way: Way, *, guard: Guard | None = None) -> None:
        self._way = way
        self._guard = guard
        self._cancelled = False
        self.lost_because = ""

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        """Yield one reply a request, in the order given."""
        return asked_in_turn(requests, self._one)

    def abort(self) -> None:
        """End everything under way as CANCELLED."""
        self._cancelled = True

    def _one(self, request: Request) -> Reply:
        if self._cancelled:
            return Reply(request.key, ReplyStatus.CANCELLED)
        if self._guard and (why := self._guard(request)):
            return forbidden(request, why)
        try:
            return _complete(request, self._answer(request.key))
        except DeviceNotReady as problem:  # this computer's fault: the phone heard nothing
            return Reply(request.key, ReplyStatus.MISSING, detail=problem.message)
        except ProtocolError as problem:
            return Reply(request.key, ReplyStatus.REFUSED, detail=problem.message)
        except DeviceLost as problem:
            self.lost_because = problem.message
            status = ReplyStatus.CANCELLED if self._cancelled else ReplyStatus.LOST
            return Reply(request.key, status, detail=problem.message)

    def _answer(self, key: str) -> bytes:
        device = self._way.device
        if device is None:
            raise DeviceLost("nothing is known of the device")
        if key == DESCRIPTORS_KEY:
            return _as_json(describe(device))
        if key == AOA_KEY:
            return str(self._accessory_version(device)).encode()
        raise ProtocolError("no such question to a USB device")

    def _open(self, device: UsbDevice) -> object:
        if self._way.bus is None:
            raise DeviceLost("the device is on no bus")
        return self._way.bus.open(device)

    def _accessory_version(self, device: UsbDevice) -> int:
        """Ask without claiming anything: the adb server keeps its interface."""
        import usb.core
        import usb.util

        opened: usb.core.Device = self._open(device)
        try:
            answer = bytes(
                opened.ctrl_transfer(_VENDOR_IN, _GET_PROTOCOL, 0, 0, 2, _AOA_TIMEOUT_MS)
            )
        except (usb.core.USBError, ValueError) as problem:
            raise _refused(problem) from problem
        finally:
            usb.util.dispose_resources(opened)
        if len(answer) != 2:
            raise ProtocolError(f"{len(answer)} bytes where two were due")
        return int.from_bytes(answer, "little")


def describe(device: UsbDevice) -> dict[str, object]:
    """What the device says it is and how the computer got on with it, as plain values."""
    of = device.descriptors
    return {
        "port": device.path,
        "vendor": f"{of.vendor:04x}",
        "product": f"{of.product:04x}",
        "device_class": f"{of.device_class:02x}",
        "usb_version": of.usb_version,
        "manufacturer": device.manufacturer,
        "product_name": device.product_name,
        "serial": device.serial,
        "speed_mbps": device.speed_mbps,
        "max_power_ma": of.max_power_ma,
        "interfaces": [
            {
                "number": one.number,
                "kind": "/".join(f"{part:02x}" for part in one.triple),
                "driver": dict(device.drivers).get(one.number, ""),
            }
            for one in of.interfaces
        ],
    }


def _as_json(values: dict[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True).encode()


def _complete(request: Request, data: bytes) -> Reply:
    return Reply(request.key, ReplyStatus.COMPLETE, stdout=data, exit_code=0)


def _refused(problem: Exception) -> Exception:
    number = getattr(problem, "errno", None)
    if number == errno.EACCES:
        return DeviceNotReady("this user may not open the USB device", hint="`diagnose doctor`")
    if number in (errno.ENODEV, errno.ESHUTDOWN):
        return DeviceLost("the phone was unplugged")
    return ProtocolError("the device does not know the question: no Android system answers there")

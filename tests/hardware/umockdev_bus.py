"""Virtual USB devices shown to real software by umockdev: sysfs, device nodes, usbfs requests.

Runs under `umockdev-wrapper`, no root, no hardware. libusb, pyusb and Google's fastboot talk to
`simulator.usb.model.VirtualUsb` as to a device of the kernel.
"""

from __future__ import annotations

import errno
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev  # noqa: E402

from diagnose.simulator.usb.model import Setup, UsbRefusal, VirtualUsb  # noqa: E402

# usbfs requests of Linux (include/uapi/linux/usbdevice_fs.h) on 64 bits
CONTROL, BULK, SUBMIT, DISCARD = 0xC0185500, 0xC0185502, 0x8038550A, 0x550B
REAP, REAP_NOW, CAPABILITIES, CLAIM = 0x4008550C, 0x4008550D, 0x8004551A, 0x8004550F
SPEED, CONNECTION = 0x551F, 0x40085511
DRIVER, DRIVER_IOCTL = 0x41045508, 0xC0105512
SIMPLE = {0x80045510, 0x80045505, 0x80045515, 0x8108551B, 0x5514, 0x80085504}
_CODES = {
    UsbRefusal.STALL: errno.EPIPE,
    UsbRefusal.OVERFLOW: errno.EOVERFLOW,
    UsbRefusal.GONE: errno.ENODEV,
}
_POLL_MS = 3


@dataclass
class Transfer:
    """A transfer that libusb submitted and will reap."""

    block: Any
    buffer: Any
    setup: int  # how many bytes of the buffer are the setup of a control transfer
    ask: Callable[[], bytes | int | UsbRefusal]


class Node(UMockdev.IoctlBase):
    """One device node."""

    def __init__(self, device: VirtualUsb) -> None:
        super().__init__()
        self.device = device
        self._pending: list[Transfer] = []
        self._done: list[Any] = []
        self._waiting: list[tuple[Callable[[], bool], float, Any]] = []

    def do_handle_ioctl(self, client: Any) -> bool:
        request = client.props.request & 0xFFFFFFFF
        size = (request >> 16) & 0x3FFF
        block = client.get_arg().resolve(0, size) if size else None
        if not self.device.plugged and request not in (REAP, REAP_NOW):
            client.complete(-1, errno.ENODEV)
            return True
        handle = {
            CAPABILITIES: self._capabilities, CLAIM: self._claim, SPEED: self._speed,
            CONNECTION: self._connection, BULK: self._bulk, CONTROL: self._control,
            SUBMIT: self._submit, DISCARD: self._discard,
            REAP: self._reap, REAP_NOW: self._reap_now,
        }.get(request)  # fmt: skip
        if handle:
            handle(client, block)
        elif request in (DRIVER, DRIVER_IOCTL):
            client.complete(-1, errno.ENODATA)
        else:
            known = request in SIMPLE
            client.complete(0 if known else -1, 0 if known else errno.ENOTTY)
        return True

    def _capabilities(self, client: Any, block: Any) -> None:
        block.update(0, struct.pack("<I", 0x01 | 0x04 | 0x10))
        client.complete(0, 0)

    def _speed(self, client: Any, _block: Any) -> None:
        client.complete(self.device.speed, 0)

    def _connection(self, client: Any, block: Any) -> None:
        block.update(0, struct.pack("<IB3x", 2, 0))
        client.complete(0, 0)

    def _claim(self, client: Any, block: Any) -> None:
        number = struct.unpack("<I", bytes(block.retrieve()))[0]
        held = number in self.device.held
        client.complete(-1 if held else 0, errno.EBUSY if held else 0)

    def _bulk(self, client: Any, block: Any) -> None:
        """The blocking form that Google's fastboot uses."""
        endpoint, length, timeout = struct.unpack_from("<III", bytes(block.retrieve()), 0)
        buffer = block.resolve(16, length) if length else None
        out = bytes(buffer.retrieve()) if buffer and not endpoint & 0x80 else b""

        def ask() -> bytes | int | UsbRefusal:
            taken = self.device.take(endpoint, length) if endpoint & 0x80 else None
            return self.device.put(endpoint, out) if taken is None else taken

        self._until(client, timeout, ask, buffer)

    def _control(self, client: Any, block: Any) -> None:
        kind, request, value, index, length, timeout = struct.unpack_from(
            "<BBHHHI", bytes(block.retrieve()), 0
        )
        buffer = block.resolve(16, length) if length else None
        setup = Setup(kind, request, value, index, length)
        self._until(client, timeout, lambda: self.device.control(setup), buffer)

    def _until(
        self, client: Any, timeout_ms: int, ask: Callable[[], bytes | int | UsbRefusal], buffer: Any
    ) -> None:
        def attempt() -> bool:
            output = ask()
            if output is UsbRefusal.NOTHING_YET:
                return False
            if isinstance(output, UsbRefusal):
                client.complete(-1, _CODES[output])
            elif isinstance(output, int):
                client.complete(output, 0)
            else:
                if output:
                    buffer.update(0, output)
                client.complete(len(output), 0)
            return True

        if not attempt():
            end = time.monotonic() + (timeout_ms or 600_000) / 1000
            self._wait(attempt, end, client)

    def _submit(self, client: Any, block: Any) -> None:
        raw = bytes(block.retrieve())
        kind, endpoint = raw[0], raw[1]
        length = struct.unpack_from("<i", raw, 24)[0]
        buffer = block.resolve(16, length) if length > 0 else None
        data = bytes(buffer.retrieve()) if buffer else b""
        if kind == 2:
            setup = Setup(*struct.unpack("<BBHHH", data[:8]))
            ask = lambda: self.device.control(setup, data[8:])  # noqa: E731
            transfer = Transfer(block, buffer, 8, ask)
        elif endpoint & 0x80:
            transfer = Transfer(block, buffer, 0, lambda: self.device.take(endpoint, length))
        else:
            transfer = Transfer(block, buffer, 0, lambda: self.device.put(endpoint, data))
        self._pending.append(transfer)
        self._advance()
        client.complete(0, 0)

    def _advance(self) -> None:
        """Ask the device again for what is still pending."""
        for transfer in list(self._pending):
            output = transfer.ask()
            if output is UsbRefusal.NOTHING_YET:
                continue
            self._pending.remove(transfer)
            if isinstance(output, UsbRefusal):
                # An unplugged device ends its transfers with ESHUTDOWN, as the kernel does.
                self._finish(transfer, -(108 if output is UsbRefusal.GONE else _CODES[output]), 0)
            elif isinstance(output, int):
                self._finish(transfer, 0, output)
            else:
                if output:
                    transfer.buffer.update(transfer.setup, output)
                self._finish(transfer, 0, len(output))

    def _finish(self, transfer: Transfer, status: int, length: int) -> None:
        transfer.block.update(4, struct.pack("<i", status))
        transfer.block.update(28, struct.pack("<i", length))
        self._done.append(transfer.block)

    def _discard(self, client: Any, _block: Any) -> None:
        if self._pending:
            self._finish(self._pending.pop(0), -errno.ENOENT, 0)
        client.complete(0, 0)

    def _reap(self, client: Any, block: Any) -> None:
        def attempt() -> bool:
            self._advance()
            if self._done:
                block.set_ptr(0, self._done.pop(0))
                client.complete(0, 0)
                return True
            if not self.device.plugged:
                client.complete(-1, errno.ENODEV)
                return True
            return False

        if not attempt():
            self._wait(attempt, float("inf"), client)

    def _reap_now(self, client: Any, block: Any) -> None:
        self._advance()
        if self._done:
            block.set_ptr(0, self._done.pop(0))
            client.complete(0, 0)
        else:
            time.sleep(_POLL_MS / 1000)
            client.complete(-1, errno.EAGAIN if self.device.plugged else errno.ENODEV)

    def _wait(self, attempt: Callable[[], bool], end: float, client: Any) -> None:
        def tick(*_nothing: object) -> bool:
            if not client.get_connected() or attempt():
                return False
            if time.monotonic() > end:
                client.complete(-1, errno.ETIMEDOUT)
                return False
            return True

        source = GLib.timeout_source_new(_POLL_MS)
        source.set_callback(tick)
        source.attach(GLib.MainContext.get_thread_default())


class UmockdevBus:
    """The virtual bus of this process: everything started from it sees the same devices."""

    def __init__(self) -> None:
        self.testbed = UMockdev.Testbed.new()
        self._count = 0
        self._nodes: list[Node] = []
        context = GLib.MainContext.new()
        loop = GLib.MainLoop.new(context, False)

        def run() -> None:
            context.push_thread_default()
            loop.run()

        threading.Thread(target=run, daemon=True).start()

    def plug(self, device: VirtualUsb) -> str:
        """Plug it in at the next port; gives its folder in sysfs."""
        self._count += 1
        number = self._count + 1
        place = f"/devices/pci0000:00/0000:00:14.0/usb1/1-{self._count}"
        name = f"bus/usb/001/{number:03d}"
        raw = (device.device + device.configuration).hex().upper()
        vendor, product = struct.unpack_from("<HH", device.device, 8)
        attributes = {
            "idVendor": f"{vendor:04x}", "idProduct": f"{product:04x}", "busnum": 1,
            "devnum": number, "speed": 480, "bConfigurationValue": 1, "bNumConfigurations": 1,
            "bNumInterfaces": device.configuration[4], "devpath": self._count,
        }  # fmt: skip
        names = zip(("manufacturer", "product", "serial"), device.strings, strict=False)
        lines = "".join(f"A: {key}={value}\\n\n" for key, value in attributes.items())
        lines += "".join(  # as hex: a stranger's words may hold a line end
            f"H: {key}={text.encode().hex().upper()}0A\n"
            for key, text in names
            if isinstance(text, str)
        )
        self.testbed.add_from_string(
            f"P: {place}\nN: {name}={raw}\nE: DEVTYPE=usb_device\nE: DRIVER=usb\n"
            f"E: PRODUCT={vendor:x}/{product:x}/299\nE: BUSNUM=001\nE: DEVNUM={number:03d}\n"
            f"E: MAJOR=189\nE: MINOR={number - 1}\nE: DEVNAME=/dev/{name}\nE: SUBSYSTEM=usb\n"
            f"{lines}H: descriptors={raw}\n"
        )
        node = Node(device)
        self._nodes.append(node)
        self.testbed.attach_ioctl(f"/dev/{name}", node)
        self.testbed.uevent(f"/sys{place}", "add")
        return f"/sys{place}"

    def unplug(self, device: VirtualUsb, sysfs: str) -> None:
        """Pull it out, for whoever talks to it and for who lists the bus."""
        device.unplug()
        self.testbed.uevent(sysfs, "remove")
        self.testbed.remove_device(sysfs)

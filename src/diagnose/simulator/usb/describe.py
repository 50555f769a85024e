"""Descriptors as bytes: what a virtual device describes itself with (USB 2.0, chapter 9.6)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

BULK, INTERRUPT = 2, 3


def device_descriptor(
    vendor: int,
    product: int,
    *,
    usb_version: int = 0x200,
    device_class: tuple[int, int, int] = (0, 0, 0),
    release: int = 0x299,
    strings: tuple[int, int, int] = (1, 2, 3),
    configurations: int = 1,
) -> bytes:
    """Write a device descriptor; a string index of 0 means that the device has none."""
    return struct.pack(
        "<BBHBBBBHHHBBBB", 18, 1, usb_version, *device_class, 64, vendor, product, release,
        *strings, configurations,
    )  # fmt: skip


def configuration(
    interfaces: Sequence[bytes], *, power: int = 250, self_powered: bool = False
) -> bytes:
    """Write a configuration with its interfaces; `power` in units of 2 mA."""
    body = b"".join(interfaces)
    attributes = 0xC0 if self_powered else 0x80
    count = sum(_interfaces_in(one) for one in interfaces)
    return struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), count, 1, 0, attributes, power) + body


def _interfaces_in(block: bytes) -> int:
    at, count = 0, 0
    while at + 2 <= len(block) and block[at]:
        count += block[at + 1] == 4
        at += block[at]
    return count


def interface(number: int, triple: tuple[int, int, int], *endpoints: bytes) -> bytes:
    """Write an interface with its endpoints."""
    return struct.pack("<9B", 9, 4, number, 0, len(endpoints), *triple, 0) + b"".join(endpoints)


def endpoint(address: int, kind: int = BULK, packet_bytes: int = 512, interval: int = 0) -> bytes:
    """Write an endpoint."""
    return struct.pack("<BBBBHB", 7, 5, address, kind, packet_bytes, interval)


def modem(number: int, notify: int, data_in: int, data_out: int) -> bytes:
    """Write the two interfaces of a CDC-ACM modem, joined as one function."""
    functional = (
        b"\x05\x24\x00\x10\x01" + bytes((5, 0x24, 1, 0, number + 1)) + b"\x04\x24\x02\x02"
        + bytes((5, 0x24, 6, number, number + 1))
    )  # fmt: skip
    control = struct.pack("<9B", 9, 4, number, 0, 1, 2, 2, 1, 0)
    joined = struct.pack("<8B", 8, 11, number, 2, 2, 2, 1, 0)
    return (
        joined + control + functional + endpoint(notify, INTERRUPT, 16, 9)
        + interface(number + 1, (10, 0, 0), endpoint(data_in), endpoint(data_out))
    )  # fmt: skip


def string_descriptor(text: str) -> bytes:
    """Write a string descriptor; what does not fit into one is cut."""
    body = text.encode("utf-16-le", "surrogatepass")[:252]
    return bytes((len(body) + 2, 3)) + body

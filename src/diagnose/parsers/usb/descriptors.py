"""USB descriptors: the bytes a device describes itself with, as values.

Formats: USB 2.0 specification, chapter 9.6. The bytes are a stranger's: lengths that lie, loops
and rubbish give a `ParseError` or are left out, never anything else.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import field

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_DEVICE, _CONFIGURATION, _INTERFACE, _ENDPOINT = 1, 2, 4, 5
_MOST_INTERFACES = 64
_MOST_ENDPOINTS = 32
_DEVICE_BODY = struct.Struct("<HBBBBHHHBBBB")


@dataclass(frozen=True)
class UsbEndpoint:
    """One pipe of an interface. `kind`: 0 control, 1 isochronous, 2 bulk, 3 interrupt."""

    address: int
    kind: int
    packet_bytes: int

    @property
    def is_in(self) -> bool:
        """Whether it carries data to the computer."""
        return bool(self.address & 0x80)


@dataclass(frozen=True)
class Interface:
    """One function of the device in its first setting, by class, subclass and protocol."""

    number: int
    triple: tuple[int, int, int]
    endpoints: tuple[UsbEndpoint, ...] = ()

    def bulk_pair(self) -> tuple[int, int] | None:
        """Addresses of the first bulk pipes in and out; None where it has no such pair."""
        ins = [e.address for e in self.endpoints if e.kind == 2 and e.is_in]
        outs = [e.address for e in self.endpoints if e.kind == 2 and not e.is_in]
        return (ins[0], outs[0]) if ins and outs else None


@dataclass(frozen=True)
class Descriptors:
    """What a device says it is. `max_power_ma` is what its first configuration asks for."""

    vendor: int
    product: int
    device_class: int = 0
    usb_version: str = ""
    release: str = ""
    configurations: int = 0
    max_power_ma: int | None = None
    self_powered: bool | None = None
    interfaces: tuple[Interface, ...] = field(default=())


def parse_descriptors(data: bytes) -> Descriptors:
    """Read a device descriptor and the configuration that follows it.

    Raises `ParseError` where there is no whole device descriptor.
    """
    if len(data) < 18 or data[0] < 18 or data[1] != _DEVICE:
        raise ParseError("no device descriptor")
    version, cls, _, _, _, vendor, product, release, *_strings, count = _DEVICE_BODY.unpack_from(
        data, 2
    )
    body = data[18:]
    power, own = _power(body)
    return Descriptors(
        vendor=vendor,
        product=product,
        device_class=cls,
        usb_version=_bcd(version),
        release=_bcd(release),
        configurations=count,
        max_power_ma=None if power is None else power * (8 if version >= 0x300 else 2),
        self_powered=own,
        interfaces=tuple(_interfaces(body))[:_MOST_INTERFACES],
    )


def _bcd(number: int) -> str:
    return f"{number >> 8:x}.{number & 0xFF:02x}"


def _power(body: bytes) -> tuple[int | None, bool | None]:
    if len(body) < 9 or body[0] < 9 or body[1] != _CONFIGURATION:
        return None, None
    return body[8], bool(body[7] & 0x40)


def _interfaces(body: bytes) -> Iterator[Interface]:
    """Every interface of the first configuration, in its first setting."""
    seen: set[int] = set()
    current: Interface | None = None
    for kind, block in _blocks(body):
        if kind == _INTERFACE and len(block) >= 9:
            if current:
                yield current
            number, alternate = block[2], block[3]
            fresh = alternate == 0 and number not in seen
            seen.add(number)
            current = Interface(number, (block[5], block[6], block[7])) if fresh else None
        elif kind == _ENDPOINT and current and len(block) >= 7:
            current = _with_endpoint(current, block)
    if current:
        yield current


def _with_endpoint(interface: Interface, block: bytes) -> Interface:
    if len(interface.endpoints) >= _MOST_ENDPOINTS:
        return interface
    size = int.from_bytes(block[4:6], "little") & 0x7FF
    endpoint = UsbEndpoint(block[2], block[3] & 3, size)
    return Interface(interface.number, interface.triple, (*interface.endpoints, endpoint))


def _blocks(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Cut the bytes into descriptors; ends at a length that lies or a second configuration."""
    at, configurations = 0, 0
    while at + 2 <= len(body):
        length, kind = body[at], body[at + 1]
        configurations += kind == _CONFIGURATION
        if length < 2 or at + length > len(body) or configurations > 1:
            return
        yield kind, body[at : at + length]
        at += length

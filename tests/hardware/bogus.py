"""Ways in which a device can describe itself wrongly: each as a whole virtual device.

What the kernel does with each of them was seen in a guest: most it repairs or passes on as they
are, those in `NEVER_SEEN` do not enumerate at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.simulator.usb import describe
from diagnose.simulator.usb.model import VirtualUsb

DEVICE = describe.device_descriptor(0x18D1, 0x4EE0)
PIPES = (describe.endpoint(0x81), describe.endpoint(0x02))
FASTBOOT = describe.interface(0, (0xFF, 0x42, 3), *PIPES)
HEAD = FASTBOOT[:9]
PLAIN = describe.configuration((FASTBOOT,))
NAMES = ("Google", "Android", "4A171AAAA0001")
NEVER_SEEN = frozenset(
    {
        "device descriptor cut short",
        "device descriptor of zeros",
        "no configuration",
        "packet size of 7 for control",
        "configuration refused",
    }
)


def _with(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def _device(
    device: bytes = DEVICE,
    configuration: bytes = PLAIN,
    strings: tuple[str | bytes | None, ...] = NAMES,
) -> VirtualUsb:
    return VirtualUsb(device, configuration, strings)


def _refusing(request: int, kind: int) -> VirtualUsb:
    device = _device()
    device.refused.add((request, kind))
    return device


def _body(*blocks: bytes, interfaces: int = 1) -> bytes:
    return _with(describe.configuration(blocks), 4, bytes((interfaces,)))


def bogus() -> Mapping[str, VirtualUsb]:
    """Give each kind anew, by its name."""
    no_packets = describe.endpoint(0x81, packet_bytes=0), describe.endpoint(0x02, packet_bytes=0)
    twice = describe.interface(0, (0xFF, 0x42, 3), PIPES[0], PIPES[0])
    junk = b"\x05\xff\x01\x02\x03", b"\x30\x24" + b"z" * 46
    return {
        "total length beyond the end": _device(configuration=_with(PLAIN, 2, b"\xff\x00")),
        "total length within the interface": _device(configuration=_with(PLAIN, 2, b"\x0c\x00")),
        "claims more interfaces than it has": _device(configuration=_body(FASTBOOT, interfaces=3)),
        "no interface": _device(configuration=describe.configuration(())),
        "descriptor of length zero": _device(configuration=_body(HEAD, b"\0\0\0\0", *PIPES)),
        "pipes without packets": _device(
            configuration=_body(describe.interface(0, (0xFF, 0x42, 3), *no_packets))
        ),
        "one pipe twice": _device(configuration=_body(twice)),
        "rubbish between descriptors": _device(configuration=_body(junk[0], FASTBOOT, junk[1])),
        "no strings": _device(describe.device_descriptor(0x18D1, 0x4EE0, strings=(0, 0, 0))),
        "strings refused": _device(strings=(None, None, None)),
        "strings of odd length": _device(strings=(b"\x05\x03a\0b", b"\x40\x03a\0", b"\x02\x03")),
        "strings that are no UTF-16": _device(
            strings=(b"\x06\x03\x00\xd8\x41\x00", "x\0y", "中文\U0001f600")
        ),
        "strings that steer a terminal": _device(
            strings=("a\x1b[31mred\nINJECT", "p" * 120, "SN 1\t2'\";$(id)")
        ),
        "a serial number of whole batches": _device(strings=("Google", "A", "0123456789ABCDEF")),
        "no configuration": _device(describe.device_descriptor(0x18D1, 0x4EE0, configurations=0)),
        "more configurations than it has": _device(
            describe.device_descriptor(0x18D1, 0x4EE0, configurations=4)
        ),
        "device descriptor cut short": _device(DEVICE[:8]),
        "device descriptor of zeros": _device(b"\0" * 18),
        "packet size of 7 for control": _device(_with(DEVICE, 7, b"\x07")),
        "a version of USB that is none": _device(_with(DEVICE, 2, b"\x99\x99")),
        "configuration refused": _refusing(6, 2),
        "choice of the configuration refused": _refusing(9, 0),
    }

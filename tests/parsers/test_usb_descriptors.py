"""USB descriptors: real layouts, and everything a stranger may send instead."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.usb.descriptors import parse_descriptors
from diagnose.simulator.usb import describe

DEVICE = describe.device_descriptor(0x12D1, 0x107E, usb_version=0x210)
MTP = describe.interface(0, (6, 1, 1), describe.endpoint(0x81), describe.endpoint(0x01))
ADB = describe.interface(3, (0xFF, 0x42, 1), describe.endpoint(0x84), describe.endpoint(0x05))
COMPOSITE = describe.configuration((MTP, describe.modem(1, 0x83, 0x82, 0x02), ADB))


def test_a_composite_phone() -> None:
    found = parse_descriptors(DEVICE + COMPOSITE)
    assert (found.vendor, found.product, found.usb_version) == (0x12D1, 0x107E, "2.10")
    assert found.max_power_ma == 500
    assert [one.triple for one in found.interfaces] == [
        (6, 1, 1), (2, 2, 1), (10, 0, 0), (0xFF, 0x42, 1)
    ]  # fmt: skip
    assert found.interfaces[3].bulk_pair() == (0x84, 0x05)
    assert found.interfaces[1].bulk_pair() is None


def test_usb_3_counts_its_power_in_eights() -> None:
    device = describe.device_descriptor(0x18D1, 0x4EE7, usb_version=0x320)
    assert parse_descriptors(device + describe.configuration((ADB,), power=112)).max_power_ma == 896


def test_other_settings_and_a_second_configuration_do_not_count_twice() -> None:
    other = bytearray(MTP)
    other[3] = 1
    twice = describe.configuration((MTP, bytes(other)))
    assert len(parse_descriptors(DEVICE + twice + COMPOSITE).interfaces) == 1


BOGUS = {
    "nothing": b"",
    "short": DEVICE[:8],
    "zero length": b"\0" + DEVICE[1:],
    "wrong kind": DEVICE[:1] + b"\x29" + DEVICE[2:],
    "length too short": b"\x08" + DEVICE[1:],
}
STRANGE = {
    "no configuration": b"",
    "configuration cut": COMPOSITE[:5],
    "total length lies": COMPOSITE[:2] + b"\xff\xff" + COMPOSITE[4:],
    "zero length inside": COMPOSITE[:9] + b"\0\4" + COMPOSITE[11:],
    "one byte inside": COMPOSITE[:9] + b"\1" + COMPOSITE[10:],
    "longer than there is": COMPOSITE[:9] + b"\xff" + COMPOSITE[10:],
    "interface cut": COMPOSITE[:14],
    "endless interfaces": describe.configuration((MTP,)) + MTP * 4000,
    "endless endpoints": COMPOSITE[:9] + MTP + describe.endpoint(0x85) * 4000,
    "same number": describe.configuration((MTP, MTP, MTP)),
    "configuration only": COMPOSITE[:9],
    "noise": bytes(range(256)),
}


@pytest.mark.parametrize("name", BOGUS)
def test_no_device_descriptor_is_told(name: str) -> None:
    with pytest.raises(ParseError):
        parse_descriptors(BOGUS[name])


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_configuration_costs_at_most_itself(name: str) -> None:
    found = parse_descriptors(DEVICE + STRANGE[name])
    assert (found.vendor, found.product) == (0x12D1, 0x107E)
    assert len(found.interfaces) <= 64
    assert all(len(one.endpoints) <= 32 for one in found.interfaces)


@given(st.binary(max_size=400))
def test_nothing_but_a_parse_error_is_raised(noise: bytes) -> None:
    parse_descriptors(DEVICE + noise)
    try:
        parse_descriptors(noise)
    except ParseError:
        return


def test_strings_are_cut_to_what_a_descriptor_holds() -> None:
    data = describe.string_descriptor("长" * 500)
    assert len(data) == data[0] == 254
    assert struct.unpack_from("<BB", data) == (254, 3)

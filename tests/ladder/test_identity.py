"""The identity table: which state a USB device shows, and the words for every state."""

from __future__ import annotations

import pytest

from diagnose.ladder.identity import Identity, maker, recognise, table
from diagnose.ladder.state import State, words_for
from diagnose.parsers.usb.descriptors import Descriptors, Interface

ADB, FASTBOOT, HDC, MTP = (0xFF, 0x42, 1), (0xFF, 0x42, 3), (0xFF, 0x50, 1), (6, 1, 1)


def device(vendor: int, product: int, *triples: tuple[int, int, int], cls: int = 0) -> Descriptors:
    interfaces = tuple(Interface(n, triple) for n, triple in enumerate(triples))
    return Descriptors(vendor, product, device_class=cls, interfaces=interfaces)


def state(vendor: int, product: int, *triples: tuple[int, int, int]) -> State | None:
    found = recognise(device(vendor, product, *triples))
    return found.state if found else None


@pytest.mark.parametrize("row", table().rows, ids=lambda row: f"{row.state}-{row.ids}")
def test_every_row_has_a_source_and_words(row: Identity) -> None:
    assert len(row.source) > 8
    assert words_for(row.state).title.zh


@pytest.mark.parametrize("one", State)
def test_every_state_has_plain_words_in_both_languages(one: State) -> None:
    words = words_for(one)
    for text in (words.title, words.alive, words.not_alive, words.next_step):
        assert text.en
        assert text.zh


def test_no_two_rows_claim_the_same_ids() -> None:
    ids = [row.ids for row in table().rows if row.ids]
    assert len(ids) == len(set(ids))


def test_boot_roms_are_known_by_their_ids() -> None:
    assert state(0x05C6, 0x9008) is State.EDL
    assert state(0x05C6, 0x900E) is State.RAMDUMP
    assert state(0x0E8D, 0x0003) is State.MTK_BROM
    assert state(0x0E8D, 0x2000) is State.MTK_PRELOADER
    assert state(0x12D1, 0x3609) is State.KIRIN_VCOM
    assert state(0x18D1, 0x4F00) is State.TENSOR_ROM
    assert state(0x04E8, 0x685D, (2, 2, 1), (10, 0, 0)) is State.SAMSUNG_DOWNLOAD
    assert state(0x05AC, 0x1227) is State.APPLE_DFU


def test_running_systems_are_known_by_their_interfaces() -> None:
    assert state(0x9999, 0x0001, FASTBOOT) is State.FASTBOOT  # a maker nobody knows
    assert state(0x12D1, 0x107E, MTP, ADB) is State.ADB_UNSEEN
    assert state(0x12D1, 0x5000, HDC) is State.HDC
    assert state(0x04E8, 0x6860, MTP, (2, 2, 1), (10, 0, 0)) is State.MODEM
    assert state(0x18D1, 0x4EE1, MTP) is State.DEBUGGING_OFF
    assert state(0x2717, 0xFF08, (0xFF, 0xFF, 0xFF)) is State.CHARGE_ONLY
    assert state(0x2717, 0xFF08) is State.CHARGE_ONLY


@pytest.mark.parametrize(
    "other",
    [
        device(0x046D, 0xC077, (3, 1, 2)),  # a mouse
        device(0x1D6B, 0x0002, (9, 0, 0), cls=9),  # a hub
        device(0x04E8, 0x61F5, (8, 6, 0x50)),  # Samsung makes disks
        device(0x04E8, 0x3301, (7, 1, 2)),  # and printers
        device(0x12D1, 0x4321, (0x0E, 1, 0), (0x0E, 2, 0)),  # Huawei makes cameras
        device(0x04A9, 0x3294, MTP),  # a photo camera speaks PTP as well
        device(0x2341, 0x0043, (2, 2, 1), (10, 0, 0)),  # a serial toy
    ],
    ids=lambda d: f"{d.vendor:04x}",
)
def test_what_is_no_phone_is_left_alone(other: Descriptors) -> None:
    assert recognise(other) is None


def test_makers() -> None:
    assert maker(0x12D1) == "Huawei"
    assert maker(0x046D) == ""

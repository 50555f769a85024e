"""Bootloader variables, in every spelling that was seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.parsers.fastboot.variables import (
    Slot,
    first_held,
    lock_state,
    millivolts,
    parse_variables,
    slots,
    yes_or_no,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4148mV", 4148), ("3747", 3747), ("4.01V", 4010), (" 3812 mV ", 3812),
        ("4060000", 4060), ("4060000uV", 4060), ("0", None), ("-1", None), ("", None),
        ("(null)", None), ("13", None), ("99999999999", None), ("12 volts", None), ("1e9", None),
    ],
)  # fmt: skip
def test_voltages(text: str, found: int | None) -> None:
    assert millivolts(text) == found


def test_names_with_colons_and_blanks() -> None:
    found = parse_variables(
        [
            "partition-size:userdata: 0x1A92FFB000",
            " product: SF_3GR",
            "slot-retry-count:b:7",
            "========== parition type ==========",
            "(null) parition type: raw",
            "version-bootloader:",
            "kernel:uefi",
            "kernel:second",
            "no colon here",
        ]
    )
    assert found["partition-size:userdata"] == "0x1A92FFB000"
    assert found["product"] == "SF_3GR"
    assert found["slot-retry-count:b"] == "7"
    assert found["kernel"] == "uefi"
    assert first_held(found, "version-bootloader", "product") == "SF_3GR"
    assert "(null) parition type" not in found


def test_slots() -> None:
    found = parse_variables(
        ["slot-retry-count:a:7", "slot-unbootable:a:no", "slot-successful:_b:yes",
         "slot-unbootable:b:Yes", "slot-retry-count:zz:9", "slot-retry-count:b:many"]
    )  # fmt: skip
    assert slots(found) == (
        Slot("a", 7, unbootable=False),
        Slot("b", None, unbootable=True, successful=True),
    )


@pytest.mark.parametrize(
    ("lines", "locked"),
    [
        (["unlocked:no"], True), (["unlocked: YES"], False), (["device_state: unlocked"], False),
        (["device-state:locked"], True), (["unlocked:"], None), ([], None),
        (["unlocked:maybe"], None),
        (["unlocked:(null)", "locked:yes"], True),
    ],
)  # fmt: skip
def test_lock(lines: list[str], locked: bool | None) -> None:
    assert lock_state(parse_variables(lines)) is locked


@given(st.lists(st.text(max_size=80), max_size=40))
def test_nothing_raises(lines: list[str]) -> None:
    found = parse_variables(lines)
    slots(found)
    lock_state(found)
    for value in found.values():
        millivolts(value)
        yes_or_no(value)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus here")
def test_what_real_bootloaders_said() -> None:
    def read(device: str) -> dict[str, str]:
        text = (CORPUS / device / "fastboot_getvar_all.txt").read_text("utf-8")
        return dict(
            parse_variables(line.removeprefix("(bootloader)") for line in text.splitlines())
        )

    poco = read("xiaomi-POCO_F3-alioth")
    assert (first_held(poco, "product"), millivolts(poco["battery-voltage"])) == ("alioth", 3747)
    assert [slot.tries_left for slot in slots(poco)] == [7, 7]
    assert lock_state(poco) is False
    assert lock_state(read("nokia-6.1_2018")) is True
    assert millivolts(read("sony-Xperia_XZ_Premium")["battery-voltage"]) == 4280
    tablet = read("rca-RCT6873W42")
    assert first_held(tablet, "product") == "SF_3GR"
    assert lock_state(tablet) is False
    assert slots(tablet) == ()

"""Answers about input devices and interfaces that were cut: what they lack is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.radio.wifi import parse_interfaces
from diagnose.parsers.touch.input import lists_every_device, parse_input_service
from diagnose.simulator.building import build_phone
from diagnose.simulator.shell import run_command


def answer(command: str) -> str:
    output = run_command(build_phone("pixel-9"), command).stdout
    return output.decode() if isinstance(output, bytes) else b"".join(output).decode()


GETEVENT, INPUT, INTERFACES = (
    answer(command) for command in ("getevent -lp", "dumpsys input", "ls /sys/class/net")
)


@given(st.data())
def test_a_list_that_begins_or_ends_in_the_middle_is_not_whole(data: st.DataObject) -> None:
    assert lists_every_device(GETEVENT)
    cut = data.draw(st.integers(1, len(GETEVENT) - 1))
    devices = GETEVENT[:cut].count("add device ")
    ends_between_devices = cut in {
        at for at in range(len(GETEVENT)) if GETEVENT.startswith("add device ", at)
    }
    assert not lists_every_device(GETEVENT[cut:])
    if devices and not ends_between_devices:
        assert not lists_every_device(GETEVENT[:cut])


@given(st.integers(0, len(INPUT)))
def test_a_dump_that_is_cut_never_says_there_is_no_touch_screen(cut: int) -> None:
    try:
        devices = parse_input_service(INPUT[:cut])
    except ParseError:
        return
    assert any(device.is_touch for device in devices)


@given(st.integers(0, len(INTERFACES) - 1))
def test_a_cut_listing_of_interfaces_is_none(cut: int) -> None:
    assert "wlan0" in parse_interfaces(INTERFACES)
    if not INTERFACES[:cut].endswith("\n"):
        with pytest.raises(ParseError):
            parse_interfaces(INTERFACES[:cut])

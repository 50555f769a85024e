"""`getevent -lp` and the input reader."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parsers.senses_mutation import mutated

from diagnose.errors import ParseError
from diagnose.parsers.touch.input import parse_getevent, parse_input_service

GETEVENT = """add device 1: /dev/input/event5
  name:     "acme-snd-card Headset Jack"
  events:
    SW  (0005): SW_HEADPHONE_INSERT*  SW_MICROPHONE_INSERT
  input props:
    <none>
could not get driver version for /dev/input/mouse0, Not a typewriter
add device 2: /dev/input/event2
  name:     "acme_touch"
  events:
    KEY (0001): BTN_TOUCH             KEY_WAKEUP
    ABS (0003): ABS_MT_SLOT           : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_X     : value 0, min 0, max 1079, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 2399, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_DIRECT
add device 3: /dev/input/event0
  name:     "gpio-keys"
  events:
    KEY (0001): KEY_VOLUMEDOWN*       KEY_POWER             KEY_F1    KEY_F2
                KEY_VOLUMEUP
  input props:
    <none>
"""
SERVICE = """INPUT MANAGER (dumpsys input)

Event Hub State:
  Devices:
    8: acme_touch
      Classes: 0x00000015

Input Reader State:
  Device 7: gpio-keys
    Sources: 0x00000101
    Keyboard Input Mapper:
  Device 8: acme_touch
    Sources: 0x00001103
    Touch Input Mapper (mode - direct):
      Parameters:
        DeviceType: touchScreen
      Raw Touch Axes:
        X: min=0, max=1079, flat=0, fuzz=0, resolution=0
        Y: min=0, max=2399, flat=0, fuzz=0, resolution=0
        Slot: min=0, max=9, flat=0, fuzz=0, resolution=0

Input Dispatcher State:
  FocusedApplications:
    displayId=0, name='com.owner.secret/.Main'
"""


def test_axes_keys_and_switches() -> None:
    jack, touch, keys = parse_getevent(GETEVENT)
    assert jack.switches == {"SW_HEADPHONE_INSERT", "SW_MICROPHONE_INSERT"}
    assert jack.held == {"SW_HEADPHONE_INSERT"}
    assert (touch.is_touch, touch.slot_count, touch.name) == (True, 10, "acme_touch")
    assert touch.axes["ABS_MT_POSITION_Y"].maximum == 2399
    assert keys.keys == {"KEY_VOLUMEDOWN", "KEY_POWER", "KEY_F1", "KEY_F2", "KEY_VOLUMEUP"}
    assert keys.held == {"KEY_VOLUMEDOWN"}
    assert not keys.is_touch


@pytest.mark.parametrize("words", ["touchScreen", "TOUCH_SCREEN"])
def test_the_reader_names_its_touch_screen(words: str) -> None:
    devices = parse_input_service(SERVICE.replace("touchScreen", words))
    assert [device.is_touch for device in devices] == [False, True]
    assert devices[1].slot_count == 10
    assert not any("secret" in repr(device) for device in devices)


def test_a_touch_pad_is_no_touch_screen() -> None:
    devices = parse_input_service(SERVICE.replace("touchScreen", "touchPad"))
    assert not any(device.is_touch for device in devices)


def test_anything_else_is_refused() -> None:
    for text in ("", "could not open /dev/input/event0, Permission denied\n"):
        with pytest.raises(ParseError):
            parse_getevent(text)
        with pytest.raises(ParseError):
            parse_input_service(text)


def test_a_dump_cut_before_the_devices_is_no_list_of_none() -> None:
    with pytest.raises(ParseError):
        parse_input_service(SERVICE[: SERVICE.index("  Device 7")])


@given(st.one_of(st.text(max_size=400), mutated((GETEVENT, SERVICE))))
def test_only_parse_errors(text: str) -> None:
    for parser in (parse_getevent, parse_input_service):
        with contextlib.suppress(ParseError):
            for device in parser(text):
                assert device.slot_count is None or isinstance(device.slot_count, int)


def test_a_hostile_dump_takes_linear_time() -> None:
    started = time.perf_counter()
    parse_getevent(GETEVENT + "    KEY (0001): " + "KEY_A " * 500_000 + "\n" + " " * 2_000_000)
    parse_input_service(SERVICE + "  Device 1: a\n" * 100_000)
    assert time.perf_counter() - started < 10

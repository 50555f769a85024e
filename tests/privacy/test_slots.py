"""No person's word stays in a place that declares what may stand there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.privacy.slots import planted

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Shell
from diagnose.model.requests.kept import kept_of_plain
from diagnose.parsers.sensor.sensors import parse_sensors
from diagnose.parsers.touch.input import parse_getevent, parse_input_service
from diagnose.privacy.redactor import Redactor
from diagnose.requests import adb
from diagnose.run.recording import recorded

KEYBOARD = """\
add device 1: /dev/input/event9
  name:     "Anna's Keyboard"
  events:
    KEY (0001): KEY_ENTER             KEY_A
  input props:
    <none>
add device 2: /dev/input/event8
  name:     "Anna's Trackpad"
  events:
    ABS (0003): ABS_MT_POSITION_X     : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_POINTER
add device 3: /dev/input/event2
  name:     "sec_touchscreen"
  events:
    ABS (0003): ABS_MT_POSITION_X     : value 0, min 0, max 1079, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 2399, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_DIRECT
add device 4: /dev/input/event4
  name:     "kalama-mtp-snd-card Button Jack"
  events:
    KEY (0001): KEY_VOLUMEUP
  input props:
    <none>
"""
READER = """\
Input Reader State (Nums of device: 3):
  Device 4: Anna's Touchscreen
    EventHub Devices: [ 4 ]
    IsExternal: true
    Touch Input Mapper (mode - DIRECT):
      Parameters:
        DeviceType: TOUCH_SCREEN
      Raw Touch Axes:
        X: min=0, max=9, flat=0, fuzz=0, resolution=0
        Y: min=0, max=9, flat=0, fuzz=0, resolution=0
  Device 5: Anna's Keyboard
    IsExternal: true
    Keyboard Input Mapper:
  Device 2: sec_touchscreen
    IsExternal: false
    Touch Input Mapper (mode - DIRECT):
      Parameters:
        DeviceType: TOUCH_SCREEN
      Raw Touch Axes:
        X: min=0, max=1079, flat=0, fuzz=0, resolution=0
        Y: min=0, max=2399, flat=0, fuzz=0, resolution=0
Input Dispatcher State:
"""
SENSORS = """\
Total 2 h/w sensors, 2 running 0 disabled clients:
Sensor List:
0x00000001) LSM6DSO Accelerometer | STMicro | ver: 1 | type: android.sensor.accelerometer(1)\
 | perm: n/a | flags: 0x00000000
0x00000102) Anna's Headphones | Anna | ver: 1 | type: android.sensor.head_tracker(37)\
 | perm: n/a | flags: 0x00000020
Recent Sensor events:
LSM6DSO Accelerometer: last 1 events
\t 1 (ts=1.0, wall=00:00:01.000) 0.00, 0.00, 9.81,
Anna's Headphones: last 1 events
\t 1 (ts=1.0, wall=00:00:01.000) 0.00, 0.00, 0.00,
"""
TOMBSTONE = """\
Drop box contents: 1 entries
2026-01-01 00:00:00 SYSTEM_TOMBSTONE (text, 9 bytes)
  pid: 7, tid: 8, name: annas-thread  >>> system_server <<<
"""
OUTPUTS = (
    (adb.GETPROP, "[gsm.sim.operator.iso-country]: [anna]\n"),
    (adb.GETPROP, "[init.svc.x]: [anna]\n[ro.build.user]: [anna]\n[ro.build.host]: [annas-pc]\n"),
    (adb.GETPROP, "[ro.build.display.id]: [lineage eng.anna.20200101 test-keys]\n"),
    (
        adb.GETPROP,
        "ro.build.host=annas-pc\nro.build.version.incremental=eng.anna.20200101.120000\n",
    ),
    (adb.SOUND_CARDS, " 1 [Anna           ]: USB-Audio - Annas Headset\n"),
    (adb.DROPBOX, "Drop box contents: 1 entries\n2026-01-01 00:00:00 annas_tag (text, 9 bytes)\n"),
    (
        adb.DROPBOX,
        TOMBSTONE,
    ),
    (adb.CAMERAS, "Number of camera devices: 1\n  01-01 00:00:00 : ANNA called by anna\n"),
    (adb.CAMERAS, "Number of camera devices: 1\n== Camera of Anna: ==\n"),
    (adb.ADDED_PACKAGES, "package:com.example  installer=anna\n"),
    (adb.USB, "USB MANAGER STATE\n  usb_ports={\n   id=anna\n   connected=anna\n  }\n"),
    (adb.FINGERPRINT, '{"service":"anna","prints":[{"anna":1}]}\n'),
    (adb.TELEPHONY, "Phone Id=0\nmSignalStrength=SignalStrength: 20 anna gsm\n"),
    (adb.BLUETOOTH, "Bluetooth Status\n  state: anna\n  address: <anna:ab12>\n"),
    (adb.AUDIO, "- STREAM_ANNA:\n- mode (internal) = anna\n"),
    (adb.DEVICEIDLE, "  Annas list:\n  anna=1\n"),
    (adb.SUPPLIES, "/sys/class/power_supply/battery/uevent:POWER_SUPPLY_STATUS=Anna\n"),
)


def kept(request: Shell, text: str) -> str:
    reply = Reply(request.key, ReplyStatus.COMPLETE, text.encode())
    return recorded(reply, request, Redactor(key=b"k" * 32)).reply.stdout.decode()


@pytest.mark.parametrize(
    ("request_", "text"),
    [(adb.GETEVENT, KEYBOARD), (adb.INPUT, READER), (adb.SENSORS, SENSORS), *OUTPUTS],
)
def test_what_a_person_named_does_not_stay(request_: Shell, text: str) -> None:
    assert "anna" in text.lower()
    assert "anna" not in kept(request_, text).lower()


def test_of_input_devices_the_panel_and_the_sockets_are_told() -> None:
    devices = parse_getevent(kept(adb.GETEVENT, KEYBOARD))
    assert [device.name for device in devices] == [
        "<dropped>",
        "<dropped>",
        "sec_touchscreen",
        "Jack",
    ]
    assert [device.is_touch for device in devices] == [False, False, True, False]
    reader = parse_input_service(kept(adb.INPUT, READER))
    assert [device.name for device in reader if device.is_touch] == ["sec_touchscreen"]


def test_a_sensor_of_a_headset_is_a_sensor_without_its_name() -> None:
    census = parse_sensors(kept(adb.SENSORS, SENSORS))
    assert [(one.name, one.type) for one in census.sensors] == [
        ("LSM6DSO Accelerometer", 1),
        ("<dropped>", 37),
    ]
    assert census.is_whole
    assert [one.name for one in census.recent] == ["LSM6DSO Accelerometer", "<dropped>"]


def test_a_word_survives_only_where_the_maker_alone_writes(
    record_property: Callable[[str, object], None],
) -> None:
    words = list(planted())
    survived = [word for word in words if word.survived]
    assert len(words) > 5000
    record_property("figures", f"words in places: {len(words)} planted, {len(survived)} survived")
    assert {(one.command, one.before) for one in survived if one.reason is None} == set()


@pytest.mark.parametrize("request_", [adb.GETPROP, adb.INPUT, adb.GETEVENT, adb.SENSORS])
def test_what_is_kept_is_kept_alike_out_of_a_kept_plan(request_: Shell) -> None:
    assert request_.kept is not None
    assert kept_of_plain(request_.kept.plain()).plain() == request_.kept.plain()
    for text in (KEYBOARD, READER, SENSORS, OUTPUTS[1][1]):
        assert kept_of_plain(request_.kept.plain()).of(text) == request_.kept.of(text)

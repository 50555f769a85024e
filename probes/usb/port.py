"""The USB port: roles, and dirt or water as far as the phone can sense it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.usb.dumpsys import UsbPort, parse_usb
from diagnose.requests import adb

# The words of the dump, and the enum names some vendors print instead.
CONTAMINANT = {
    "detected": "detected",
    "not detected": "not detected",
    "contaminant status detected": "detected",
    "contaminant status not detected": "not detected",
}
WATER = 0x20  # BATT_MISC_EVENT_HICCUP_TYPE of Samsung's kernel: water in the port

USB_HAL = sdk.Source(
    text=sdk.Text(
        "Android USB HAL: contaminant presence detection (UsbPortStatus)",
        "Android USB HAL：异物检测（UsbPortStatus）",
    ),
    basis=sdk.Basis.VENDOR,
)
SAMSUNG = sdk.Source(
    text=sdk.Text(
        "Samsung kernel: batteryMiscEvent bit 0x20, water in the port",
        "三星内核：batteryMiscEvent 位 0x20，接口进水",
    ),
    basis=sdk.Basis.VENDOR,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    ports = answers.parse_or_none(adb.USB, parse_usb)
    yield from _contaminant(answers, ports or ())
    yield from _water(answers)
    for port in ports or ():
        yield from _roles(answers, port)


def _contaminant(answers: sdk.Answers, ports: tuple[UsbPort, ...]) -> Iterator[sdk.Draft]:
    states = {port.id: CONTAMINANT.get(_status(port)) for port in ports}
    if not any(states.values()):
        reason = None if answers.no_answer(adb.USB) else sdk.Reason.UNSUPPORTED
        yield answers.unread("contaminant", adb.USB, reason=reason)
    for port in ports:
        if word := states[port.id]:
            raw = port.fields["contaminant_presence_status"].raw
            yield answers.measure(f"contaminant.{_name(port)}", word, adb.USB, raw=raw)


def _water(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    dump = answers.parse_or_none(adb.BATTERY, parse_battery)
    events = dump.integer("batteryMiscEvent") if dump else None
    if dump and events is not None and events >= 0:
        raw = dump.raw("batteryMiscEvent")
        yield answers.measure("water", bool(events & WATER), adb.BATTERY, raw=raw)


def _status(port: UsbPort) -> str:
    return (port.word("contaminant_presence_status") or "").replace("-", " ")


def _roles(answers: sdk.Answers, port: UsbPort) -> Iterator[sdk.Draft]:
    for measure, field in (
        ("connected", "connected"),
        ("power_role", "power_role"),
        ("data_role", "data_role"),
    ):
        if (word := port.word(field)) and (role := port.fields[field]):
            value = word == "true" if measure == "connected" else word
            yield answers.measure(f"{measure}.{_name(port)}", value, adb.USB, raw=role.raw)


def _name(port: UsbPort) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", port.id)[:32] or "port"


PROBE = sdk.Probe(
    id="usb.port",
    title=sdk.Text("USB port", "USB 接口"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the phone senses dirt or water in its port, and how the port is used.",
            "手机是否检测到接口内有异物或液体，以及接口的使用方式。",
        ),
        meaning=sdk.Text(
            "Phones that can sense it stop charging over the port until it is clean and dry.",
            "具备检测功能的手机会暂停充电，直到接口清洁干燥。",
        ),
        consequence=sdk.Text(
            "Charging a wet or dirty port corrodes its contacts.",
            "接口潮湿或有异物时充电会腐蚀触点。",
        ),
        action=sdk.Text(
            "Do not charge over the cable; clean and dry the port, then test again.",
            "请勿有线充电；清洁并干燥接口后复测。",
        ),
    ),
    requests=(adb.USB, adb.BATTERY, adb.FEATURES),
    service=sdk.Service(
        adb.USB,
        sdk.Text("a USB port", "USB 接口"),
        ("android.hardware.usb.accessory", "android.hardware.usb.host"),
    ),
    interpret=interpret,
    symptoms=("will-not-charge", "water"),
    measures={
        "contaminant": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Dirt or water in the port", "接口异物或液体"),
            sdk.OneOf(good=("not detected",), fail=("detected",), source=USB_HAL),
            says={
                sdk.Outcome.FAIL: sdk.Text(
                    "The phone senses dirt or water in its USB port.",
                    "手机检测到 USB 接口内有异物或液体。",
                )
            },
            advice=sdk.Text(
                "Do not charge over the cable; clean and dry the port.",
                "请勿有线充电；请清洁并干燥接口。",
            ),
            words={
                "detected": sdk.Text("detected", "检测到"),
                "not detected": sdk.Text("not detected", "未检测到"),
            },
        ),
        "water": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Water in the port", "接口进水"),
            sdk.OneOf(good=(False,), fail=(True,), source=SAMSUNG),
            says={
                sdk.Outcome.FAIL: sdk.Text(
                    "The phone senses water in its USB port.", "手机检测到 USB 接口进水。"
                )
            },
            advice=sdk.Text("Dry the port before charging.", "请待接口干燥后再充电。"),
            words={
                True: sdk.Text("sensed", "检测到"),
                False: sdk.Text("none sensed", "未检测到"),
            },
        ),
        "connected": sdk.Spec(sdk.Unit.NONE, sdk.Text("Something is plugged in", "已连接设备")),
        "power_role": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Power role", "供电角色"),
            words={
                "sink": sdk.Text("takes power", "受电"),
                "source": sdk.Text("gives power", "供电"),
            },
        ),
        "data_role": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Data role", "数据角色"),
            words={
                "device": sdk.Text("to a computer", "连接电脑"),
                "host": sdk.Text("to an accessory", "连接配件"),
            },
        ),
    },
)

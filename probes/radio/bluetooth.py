"""Bluetooth: whether it goes on, has an address and does not crash."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.radio.bluetooth import Bluetooth, parse_bluetooth
from diagnose.parsers.radio.modem import is_airplane_mode
from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.system.features import lacks_feature, parse_features
from diagnose.requests import adb

_FEATURE = "android.hardware.bluetooth"
_EXPECTED = sdk.Source(
    text=sdk.Text("what is switched on should be on", "已打开的功能应处于打开状态"),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    is_there = answers.parse_or_none(adb.BLUETOOTH, parse_bluetooth) is not None
    if lacks_feature(features, _FEATURE) and not is_there:
        raise sdk.NotApplicable("the phone declares no Bluetooth")
    found = answers.parse(adb.BLUETOOTH, parse_bluetooth)
    yield answers.measure("state", found.state, adb.BLUETOOTH, raw=found.state_raw)
    yield from _starts(answers, found)
    if found.crashes is not None:
        yield answers.measure("crashes", found.crashes, adb.BLUETOOTH, raw=found.crashes_raw)
    if found.has_address is not None and found.state == "ON":
        yield answers.measure("address", found.has_address, adb.BLUETOOTH, raw="address: ")


def _starts(answers: sdk.Answers, found: Bluetooth) -> Iterator[sdk.Draft]:
    """Judged only where the owner has it on and no flight mode holds it off."""
    if found.state == "ON":
        yield answers.measure("starts", True, adb.BLUETOOTH, raw=found.state_raw)
        return
    airplane = answers.parse_or_none(adb.AIRPLANE_MODE, parse_setting)
    is_off = is_airplane_mode(airplane, answers.properties) is False
    if is_off and answers.parse_or_none(adb.BLUETOOTH_SWITCH, parse_setting) == "1":
        yield answers.measure(
            "starts", False, adb.BLUETOOTH, adb.BLUETOOTH_SWITCH, raw=found.state_raw
        )


PROBE = sdk.Probe(
    id="radio.bluetooth",
    title=sdk.Text("Bluetooth", "蓝牙"),
    about=sdk.About(
        tested=sdk.Text(
            "The state of Bluetooth and how often it crashed; no paired device is kept.",
            "蓝牙状态与崩溃次数；不保存已配对设备。",
        ),
        meaning=sdk.Text(
            "Bluetooth that is switched on but stays off does not reach its chip.",
            "已开启却无法启动，说明系统无法访问蓝牙芯片。",
        ),
        consequence=sdk.Text(
            "Headphones, watches and cars do not connect.", "耳机、手表和车机无法连接。"
        ),
        action=sdk.Text(
            "Clear the Bluetooth settings and restart before the board is blamed.",
            "先重置蓝牙设置并重启，再判断主板。",
        ),
    ),
    requests=(adb.BLUETOOTH, adb.BLUETOOTH_SWITCH, adb.AIRPLANE_MODE, adb.FEATURES, adb.GETPROP),
    measures={
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("state", "状态"),
            essential=True,
            words={
                "ON": sdk.Text("on", "打开"),
                "OFF": sdk.Text("off", "关闭"),
                "TURNING_ON": sdk.Text("turning on", "正在打开"),
                "TURNING_OFF": sdk.Text("turning off", "正在关闭"),
                "BLE_ON": sdk.Text("on for low energy only", "仅低功耗模式打开"),
            },
        ),
        "starts": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("goes on when switched on", "开关生效"),
            criterion=sdk.OneOf(good=(True,), attention=(False,), source=_EXPECTED),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Bluetooth is switched on in the settings but is not on.",
                    "设置中已开启蓝牙，但实际未开启。",
                )
            },
            advice=sdk.Text(
                "Reset the network settings and restart; then the chip is examined.",
                "重置网络设置并重启；仍无效再检查芯片。",
            ),
        ),
        "crashes": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("crashes since start", "开机以来崩溃次数"),
            criterion=sdk.Range(attention_above=2, source=_EXPECTED),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Bluetooth crashed {value} times since the start.",
                    "开机以来蓝牙崩溃 {value} 次。",
                )
            },
        ),
        "address": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("has an address of its own", "有自己的地址"),
            criterion=sdk.OneOf(good=(True,), attention=(False,), source=_EXPECTED),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Bluetooth is on but has no address of its own.", "蓝牙已开启但没有自己的地址。"
                )
            },
        ),
    },
    service=sdk.Service(
        adb.BLUETOOTH, sdk.Text("Bluetooth", "蓝牙"), ("android.hardware.bluetooth",)
    ),
    interpret=interpret,
    symptoms=("bluetooth",),
)

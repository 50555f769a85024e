"""Wi-Fi: whether its chip shows an interface and its switch takes effect."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.parsers.radio.modem import is_airplane_mode
from diagnose.parsers.radio.wifi import (
    WifiStatus,
    parse_interfaces,
    parse_wifi_status,
    wifi_interfaces,
)
from diagnose.parsers.software.setting import parse_setting
from diagnose.parsers.system.features import lacks_feature, parse_features
from diagnose.requests import adb
from diagnose.sdk.declaration import declared_part

_FEATURE = "android.hardware.wifi"
_DRIVER = "wlan.driver.status"
_NOT_LISTED = sdk.OneOf(
    good=(True,),
    attention=(False,),
    source=sdk.Source(
        text=sdk.Text(
            "a driver that found its chip makes an interface", "驱动找到芯片后会建立网络接口"
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    features = answers.parse_or_none(adb.FEATURES, parse_features)
    names = answers.parse_or_none(adb.NETWORK_INTERFACES, parse_interfaces) or ()
    if lacks_feature(features, _FEATURE) and not wifi_interfaces(names):
        raise sdk.NotApplicable("the phone declares no Wi-Fi")
    status = answers.parse_or_none(adb.WIFI, parse_wifi_status)
    is_wanted = _is_wanted(answers)
    yield _chip(answers, status, is_wanted=is_wanted)
    if status is not None:
        yield from _state(answers, status, is_wanted=is_wanted)


def _is_wanted(answers: sdk.Answers) -> bool | None:
    """Whether the owner has Wi-Fi on; in flight mode the setting (2, 3) says nothing sure."""
    setting = answers.parse_or_none(adb.WIFI_SWITCH, parse_setting)
    airplane = answers.parse_or_none(adb.AIRPLANE_MODE, parse_setting)
    if setting not in ("0", "1") or is_airplane_mode(airplane, answers.properties) is not False:
        return None
    return setting == "1"


def _chip(answers: sdk.Answers, status: WifiStatus | None, *, is_wanted: bool | None) -> sdk.Draft:
    """A driver that found its chip makes an interface; drivers may be unloaded while off."""
    features = answers.parse_or_none(adb.FEATURES, parse_features) or {}
    criterion = declared_part(answers.properties, features)
    names = answers.parse_or_none(adb.NETWORK_INTERFACES, parse_interfaces)
    found = wifi_interfaces(names or ())
    if found:
        return answers.measure(
            "chip", True, adb.NETWORK_INTERFACES, raw=found[0], criterion=criterion
        )
    if answers.properties.get(_DRIVER) == "ok":
        raw = line_of(answers.properties, _DRIVER)
        return answers.measure("chip", True, adb.GETPROP, raw=raw, criterion=criterion)
    if status is not None and (status.is_connected or (status.is_enabled and names is None)):
        return answers.measure("chip", True, adb.WIFI, raw=status.switch_raw, criterion=criterion)
    if names is not None and is_wanted:
        # `ls` says no end of its list: alone it accuses nobody.
        sure = status is not None and not status.is_enabled
        criterion = criterion if sure else _NOT_LISTED
        return answers.measure(
            "chip", False, adb.NETWORK_INTERFACES, adb.WIFI_SWITCH, criterion=criterion
        )
    reason = sdk.Reason.DEPENDENCY if names is not None else None
    return answers.unread("chip", adb.NETWORK_INTERFACES, adb.WIFI, adb.WIFI_SWITCH, reason=reason)


def _state(
    answers: sdk.Answers, status: WifiStatus, *, is_wanted: bool | None
) -> Iterator[sdk.Draft]:
    raw = status.switch_raw
    yield answers.measure("enabled", status.is_enabled, adb.WIFI, raw=raw)
    if is_wanted:
        yield answers.measure("starts", status.is_enabled, adb.WIFI, adb.WIFI_SWITCH, raw=raw)
    yield answers.measure("connected", status.is_connected, adb.WIFI)
    if status.rssi_dbm is not None:
        yield answers.measure("level", status.rssi_dbm, adb.WIFI, raw=status.rssi_raw)


PROBE = sdk.Probe(
    id="radio.wifi",
    title=sdk.Text("Wi-Fi", "Wi-Fi"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the Wi-Fi chip is found and switches on; no names of networks are kept.",
            "Wi-Fi 芯片是否被识别并能开启；不保存网络名称。",
        ),
        meaning=sdk.Text(
            "A chip that is not found while Wi-Fi is on is not reached by its driver.",
            "Wi-Fi 已开启却找不到芯片，说明驱动无法访问芯片。",
        ),
        consequence=sdk.Text("No Wi-Fi; mobile data is used up.", "无法使用 Wi-Fi，流量消耗增加。"),
        action=sdk.Text(
            "Restart and look again; then compare the level with a reference phone.",
            "重启后复查；再与参考机对比信号强度。",
        ),
    ),
    requests=(
        adb.WIFI,
        adb.NETWORK_INTERFACES,
        adb.WIFI_SWITCH,
        adb.AIRPLANE_MODE,
        adb.FEATURES,
        adb.GETPROP,
    ),
    measures={
        "chip": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Wi-Fi chip found", "识别到 Wi-Fi 芯片"),
            essential=True,
            says={
                sdk.Outcome.FAIL: sdk.Text(
                    "Wi-Fi is switched on, but the phone finds no Wi-Fi chip.",
                    "Wi-Fi 已开启，但未识别到 Wi-Fi 芯片。",
                ),
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Wi-Fi is switched on, but no Wi-Fi interface is there.",
                    "Wi-Fi 已开启，但没有 Wi-Fi 接口。",
                ),
            },
            advice=sdk.Text(
                "Restart and restore the maker's system; then the chip or its solder is examined.",
                "先重启并恢复原厂系统，再检查芯片与焊点。",
            ),
            words={
                True: sdk.Text("recognised", "已识别"),
                False: sdk.Text("not recognised", "未识别"),
            },
        ),
        "enabled": sdk.Spec(sdk.Unit.NONE, sdk.Text("switched on", "已开启")),
        "starts": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("goes on when switched on", "开关生效"),
            criterion=sdk.OneOf(
                good=(True,),
                attention=(False,),
                source=sdk.Source(
                    text=sdk.Text("what is switched on should be on", "已打开的功能应处于打开状态"),
                    basis=sdk.Basis.GUESS,
                ),
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Wi-Fi is switched on in the settings but is not on.",
                    "设置中已开启 Wi-Fi，但实际未开启。",
                )
            },
        ),
        "connected": sdk.Spec(sdk.Unit.NONE, sdk.Text("connected to a network", "已连接网络")),
        "level": sdk.Spec(sdk.Unit.DBM, sdk.Text("received level", "接收强度")),
    },
    service=sdk.Service(adb.WIFI, sdk.Text("Wi-Fi", "Wi-Fi"), ("android.hardware.wifi",)),
    interpret=interpret,
    symptoms=("wifi",),
)

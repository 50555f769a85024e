"""Whether the owner's data are hidden for the time of the repair (maintenance or repair mode)."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import flag
from diagnose.parsers.software.setting import parse_number_setting
from diagnose.parsers.system.image import is_makers_system
from diagnose.requests import adb

# A number only. `pm list users` would tell as much, and the names of the users with it.

# Samsung's framework (One UI 5): UserInfo.MAINTENANCE_MODE_USER_ID.
_SAMSUNG_USER = 77
# Android 14 (AOSP): Settings.Global.REPAIR_MODE_ACTIVE; where it was never on it is not set.
_FIRST_SDK = 34
_FIRST_SDK_SAMSUNG = 33
_NO_PHONE = {"watch", "tv", "automotive", "embedded"}

_SWITCH_ON = sdk.Text(
    "Before the phone is handed over, its owner can switch on the mode that hides photos, messages "
    "and accounts (in Settings: Samsung, Maintenance mode; Pixel, Repair mode). It needs a working "
    "screen.",
    "留机之前，机主可在“设置”中开启“维修模式”（三星、Pixel），隐藏照片、信息和账号；屏幕须可操作。",
)
OFF = sdk.Remark(
    "off",
    sdk.Text("Maintenance or repair mode is off.", "维修模式未开启。"),
    because=("active",),
    advice=_SWITCH_ON,
)
UNKNOWN = sdk.Remark(
    "not_known",
    sdk.Text(
        "It cannot be read whether maintenance or repair mode is on.", "无法读取维修模式状态。"
    ),
    because=("active",),
    advice=_SWITCH_ON,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    found = _active(answers)
    yield found
    if not found.value and _may_have_it(answers, found):
        yield UNKNOWN if found.value is None else OFF


def _active(answers: sdk.Answers) -> sdk.Draft:
    brand = answers.properties.get("ro.product.brand", "").lower()
    if brand == "samsung":
        user = answers.parse_or_none(adb.CURRENT_USER, parse_user)
        if user is not None:
            return answers.measure("active", user == _SAMSUNG_USER, adb.CURRENT_USER, raw=str(user))
    elif answers.no_answer(adb.REPAIR_MODE) is None:
        setting = answers.parse(adb.REPAIR_MODE, parse_number_setting)
        if setting is not None or (brand == "google" and _sdk(answers) >= _FIRST_SDK):
            return answers.measure("active", bool(setting), adb.REPAIR_MODE)
    return answers.unread(
        "active", adb.CURRENT_USER if brand == "samsung" else adb.REPAIR_MODE, adb.GETPROP
    )


def _may_have_it(answers: sdk.Answers, found: sdk.Draft) -> bool:
    """Whether the owner can switch it on: advice about a mode that is not there helps nobody."""
    known = answers.properties
    kind = known.get("ro.build.characteristics", "").split(",")
    if not is_makers_system(known) or flag(known, "ro.config.low_ram") or _NO_PHONE & {*kind}:
        return False
    brand = known.get("ro.product.brand", "").lower()
    if brand == "google":  # of its tablets nobody says so
        return _sdk(answers) >= _FIRST_SDK and "tablet" not in kind
    if brand == "samsung":
        return _sdk(answers) >= _FIRST_SDK_SAMSUNG
    return found.value is not None  # the phone wrote the setting of the mode


def parse_user(text: str) -> int:
    """Read the number of the user; raises `ParseError` for anything else."""
    words = text.strip()
    if not (words.isascii() and words.isdigit() and len(words) < 6):
        raise sdk.ParseError("not the number of a user")
    return int(words)


def _sdk(answers: sdk.Answers) -> int:
    level = answers.properties.get("ro.build.version.sdk", "")
    return int(level) if level.isascii() and level.isdigit() and len(level) < 4 else 0


PROBE = sdk.Probe(
    id="integrity.repair_mode",
    title=sdk.Text("Protection of private data", "隐私保护模式"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether maintenance or repair mode is on, which hides the owner's data.",
            "是否已开启维修（保护）模式，以隐藏机主数据。",
        ),
        meaning=sdk.Text(
            "While it is on, photos, messages and accounts of the owner cannot be opened. It is "
            "known how Samsung (One UI 5) and Pixel (Android 14) say so; other makers' modes "
            "cannot be seen over adb.",
            "开启后无法打开机主的照片、信息和账号。仅三星（One UI 5）和 Pixel（Android 14）"
            "的状态可读，其他厂商的模式无法通过 adb 查看。",
        ),
        consequence=sdk.Text(
            "While it is off, whoever holds the unlocked phone can see everything on it.",
            "未开启时，任何拿到已解锁手机的人都能看到全部内容。",
        ),
        action=sdk.Text(
            "Ask the owner to switch it on before the phone is left; a dead screen prevents it.",
            "请机主在留机前开启；屏幕失灵时无法开启。",
        ),
    ),
    requests=(adb.GETPROP, adb.CURRENT_USER, adb.REPAIR_MODE),
    measures={
        "active": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Maintenance mode on", "维修模式已开启"), essential=True
        )
    },
    interpret=interpret,
)

"""Whether the owner's data are hidden for the time of the repair (maintenance or repair mode)."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.setting import parse_number_setting
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    DataClass,
    Draft,
    ParseError,
    Probe,
    Shell,
    Spec,
    Text,
    Unit,
)

# A number only. `pm list users` would tell as much, and the names of the users with it.
USER = Shell("am", "get-current-user", expected_ms=40, data_class=DataClass.SOFTWARE)
SETTING = Shell(
    "settings",
    "get",
    "global",
    "repair_mode_active",
    expected_ms=40,
    data_class=DataClass.SOFTWARE,
)

# Samsung's framework (One UI 5): UserInfo.MAINTENANCE_MODE_USER_ID.
_SAMSUNG_USER = 77
# Android 14 (AOSP): Settings.Global.REPAIR_MODE_ACTIVE; where it was never on it is not set.
_FIRST_SDK = 34


def interpret(answers: Answers) -> Iterator[Draft]:
    brand = answers.properties.get("ro.product.brand", "").lower()
    if brand == "samsung":
        user = answers.parse_or_none(USER, parse_user)
        if user is not None:
            on = user == _SAMSUNG_USER
            yield answers.measure("active", on, USER, raw=str(user))
            return
    elif answers.refused(SETTING) is None:
        setting = answers.parse(SETTING, parse_number_setting)
        if setting is not None or (brand == "google" and _sdk(answers) >= _FIRST_SDK):
            yield answers.measure("active", bool(setting), SETTING)
            return
    yield answers.unread("active", USER if brand == "samsung" else SETTING, GETPROP)


def parse_user(text: str) -> int:
    """Read the number of the user; raises `ParseError` for anything else."""
    said = text.strip()
    if not (said.isascii() and said.isdigit() and len(said) < 6):
        raise ParseError("not the number of a user")
    return int(said)


def _sdk(answers: Answers) -> int:
    said = answers.properties.get("ro.build.version.sdk", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0


PROBE = Probe(
    id="integrity.repair_mode",
    title=Text("Protection of private data", "隐私保护模式"),
    about=About(
        tested=Text(
            "Whether maintenance or repair mode is on, which hides the owner's data.",
            "是否已开启维修（保护）模式，以隐藏机主数据。",
        ),
        meaning=Text(
            "While it is on, photos, messages and accounts of the owner cannot be opened. It is "
            "known how Samsung (One UI 5) and Pixel (Android 14) say so; other makers' modes "
            "cannot be seen over adb.",
            "开启后无法打开机主的照片、信息和账号。仅三星（One UI 5）和 Pixel（Android 14）"
            "的状态可读，其他厂商的模式无法通过 adb 查看。",
        ),
        consequence=Text(
            "While it is off, whoever holds the unlocked phone can see everything on it.",
            "未开启时，任何拿到已解锁手机的人都能看到全部内容。",
        ),
        action=Text(
            "Ask the owner to switch it on before the phone is left; a dead screen prevents it.",
            "请机主在留机前开启；屏幕失灵时无法开启。",
        ),
    ),
    requests=(GETPROP, USER, SETTING),
    measures={
        "active": Spec(Unit.NONE, Text("Maintenance mode on", "维修模式已开启"), essential=True)
    },
    interpret=interpret,
)

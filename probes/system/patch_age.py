"""How old the newest security patch of the system is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diagnose import sdk
from diagnose.parsers.property_values import line_of, patch_level
from diagnose.parsers.system.operating_system import operating_system
from diagnose.parsers.system.product import is_emulator
from diagnose.parsers.system.update_age import BUILT, build_day, months_between, promised_month
from diagnose.requests import adb

A_YEAR = sdk.Range(
    attention_above=12,
    source=sdk.Source(
        text=sdk.Text(
            "house rule: more than a year without security patches deserves a word",
            "店内规则：超过一年无安全补丁应提示",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
PATCH = "ro.build.version.security_patch"
VENDOR_PATCH = "ro.vendor.build.security_patch"
# The same day on every HUAWEI and HONOR phone of 2018 to 2024: a placeholder.
PLACEHOLDERS = (date(2018, 6, 19),)
LAST_ONES = 2  # months: the last patch often bears a month before the promise ends


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    if is_emulator(properties):
        raise sdk.NotApplicable("an emulator's image is as old as it is")
    patch = patch_level(properties.get(PATCH, ""))
    raw = line_of(properties, PATCH)
    if patch is None:
        yield answers.unread("age", adb.GETPROP)
    else:
        yield answers.measure("level", patch.isoformat(), adb.GETPROP, raw=raw)
        harmony = operating_system(properties).name.startswith("HarmonyOS")
        yield from (_harmony if harmony else _android)(answers, patch, raw)
    vendor = patch_level(properties.get(VENDOR_PATCH, ""))
    if vendor is not None and vendor not in PLACEHOLDERS:
        raw = line_of(properties, VENDOR_PATCH)
        yield answers.measure("vendor_level", vendor.isoformat(), adb.GETPROP, raw=raw)


def _android(answers: sdk.Answers, patch: date, raw: str) -> Iterator[sdk.Draft | sdk.Remark]:
    if answers.now is None:
        yield answers.unread("age", adb.GETPROP, reason=sdk.Reason.DEPENDENCY, note=NO_DATE)
        return
    today, fact = answers.now.date(), answers.fact("support_until")
    age = months_between(patch, today)
    yield answers.measure("age", age, adb.GETPROP, raw=raw, criterion=A_YEAR)
    until = promised_month(str(fact.value)) if fact else None
    if until is None or A_YEAR.judge(age) is sdk.Outcome.PASS:
        return
    if months_between(until, today) == 0:
        yield sdk.Remark("waiting", WAITING.format(until=f"{until:%Y-%m}"), ("age",), FIND_IT)
    else:
        last = FIND_LAST if months_between(patch, until) > LAST_ONES else None
        yield sdk.Remark("ended", ENDED.format(until=f"{until:%Y-%m}"), ("age",), last)


def _harmony(answers: sdk.Answers, patch: date, raw: str) -> Iterator[sdk.Draft]:
    """The Android level is no date of a HarmonyOS update: it stays while the system is renewed.

    A Mate X5 whose system was built 2025-09 says 2021-10-05, a MatePad (BAH3-W09) built 2023-06
    says 2020-11-01, a JKM-AL00 built 2023-05 says 2020-08-01: the day of the build tells the age.
    """
    if answers.now is None:
        yield answers.unread("age", adb.GETPROP, reason=sdk.Reason.DEPENDENCY, note=NO_DATE)
        return
    properties, today = answers.properties, answers.now.date()
    age, built = months_between(patch, today), build_day(properties, answers.now)
    yield answers.measure("age", age, adb.GETPROP, raw=raw, note=OWN_BULLETIN)
    if built and operating_system(properties).name == "HarmonyOS":  # NEXT: the day of its container
        raw = next(line_of(properties, name) for name in BUILT if name in properties)
        # Observed: three captures are too few to hold a phone against it.
        yield answers.measure("build_age", months_between(built, today), adb.GETPROP, raw=raw)


NO_DATE = sdk.Text(
    "Nothing tells when the phone was read: how old its patch was then is unknown.",
    "无法得知手机的读取时间，因此无法判断补丁当时的新旧。",
)
OWN_BULLETIN = sdk.Text(
    "HarmonyOS has security bulletins of its own; the Android level says little about it.",
    "HarmonyOS 有自己的安全公告，Android 补丁级别参考意义有限。",
)
WAITING = sdk.Text(
    "The maker gives security updates until {until}: one is waiting, or they do not arrive.",
    "厂商提供安全更新至 {until}：有更新待安装，或更新未能送达。",
)
FIND_IT = sdk.Text(
    "Install it; if none is found, check network, storage and whether the system is the maker's.",
    "请安装更新；若找不到，请检查网络、存储空间及系统是否为官方版本。",
)
ENDED = sdk.Text(
    "The maker promised security updates until {until}: no repair changes that.",
    "厂商承诺的安全更新至 {until}，维修无法改变。",
)
FIND_LAST = sdk.Text("Look for the last update there was.", "请检查是否还有最后一次更新可装。")
OLD_BUILD = sdk.Text("The system was built {value} months ago.", "系统编译于 {value} 个月前。")

PROBE = sdk.Probe(
    id="system.patch_age",
    tile=sdk.Tile(
        sdk.Text("Age of the security patch", "安全补丁时间"), rank=40, measures=("age",)
    ),
    title=sdk.Text("Age of the security patch", "安全补丁时间"),
    about=sdk.About(
        tested=sdk.Text("The date of the newest security patch.", "最新安全补丁的日期。"),
        meaning=sdk.Text(
            "Makers close known holes month by month, for some years after a model's release.",
            "厂商在机型发布后的数年内按月修补已知漏洞。",
        ),
        consequence=sdk.Text("Holes known since then stay open.", "此后公开的漏洞仍未修补。"),
        action=sdk.Text(
            "Install the system update if there is one. Where the maker offers none any more, "
            "use the phone for banking with care.",
            "如有系统更新请安装；若厂商已停止更新，使用银行类应用时请谨慎。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "age": sdk.Spec(
            sdk.Unit.MONTH,
            sdk.Text("Months since the last security patch", "距上次安全补丁的月数"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The last security patch is {value} months old.",
                    "最近的安全补丁已是 {value} 个月前的。",
                )
            },
            advice=sdk.Text("Look for a system update, if any.", "如仍有系统更新，请检查并安装。"),
        ),
        "build_age": sdk.Spec(
            sdk.Unit.MONTH,
            sdk.Text("Months since the system was built", "距系统编译的月数"),
            says={sdk.Outcome.ATTENTION: OLD_BUILD},
        ),
        "level": sdk.Spec(sdk.Unit.NONE, sdk.Text("Security patch level", "安全补丁级别")),
        "vendor_level": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Patch level of the drivers", "驱动部分补丁级别")
        ),
    },
    facts={
        "support_until": sdk.FactSpec(
            sdk.Unit.NONE,
            sdk.Text("Security updates are given until", "安全更新的截止月份"),
            sdk.FactKind.PATTERN,
            pattern=r"20[1-4]\d-(0[1-9]|1[0-2])",
            example="2031-08",
        )
    },
    interpret=interpret,
)

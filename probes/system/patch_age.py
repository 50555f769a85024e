"""How old the newest security patch of the system is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diagnose.parsers.operating_system import operating_system
from diagnose.parsers.product import is_emulator
from diagnose.parsers.property_values import line_of, patch_level
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    Draft,
    NotApplicable,
    Outcome,
    Probe,
    Range,
    Source,
    Spec,
    Text,
    Unit,
)

A_YEAR = Range(
    attention_above=12,
    source=Source(
        text="house rule: more than a year without security patches deserves a word",
        basis=Basis.GUESS,
    ),
)
PATCH = "ro.build.version.security_patch"
VENDOR_PATCH = "ro.vendor.build.security_patch"
# The same day on every HUAWEI and HONOR phone of 2018 to 2024: a placeholder.
PLACEHOLDERS = (date(2018, 6, 19),)


def interpret(answers: Answers) -> Iterator[Draft]:
    answers.text(GETPROP)
    properties = answers.properties
    if is_emulator(properties):
        raise NotApplicable("an emulator's image is as old as it is")
    patch = patch_level(properties.get(PATCH, ""))
    raw = line_of(properties, PATCH)
    if patch is None:
        yield answers.unread("age", GETPROP)
    else:
        harmony = operating_system(properties).name.startswith("HarmonyOS")
        yield answers.measure("level", patch.isoformat(), GETPROP, raw=raw)
        yield answers.measure(
            "age",
            _months(patch, answers.now.date()),
            GETPROP,
            raw=raw,
            criterion=None if harmony else A_YEAR,
            note=OWN_BULLETIN if harmony else None,
        )
    vendor = patch_level(properties.get(VENDOR_PATCH, ""))
    if vendor is not None and vendor not in PLACEHOLDERS:
        raw = line_of(properties, VENDOR_PATCH)
        yield answers.measure("vendor_level", vendor.isoformat(), GETPROP, raw=raw)


def _months(since: date, until: date) -> int:
    """Whole calendar months; a level from the future is no age."""
    return max(0, 12 * (until.year - since.year) + until.month - since.month)


OWN_BULLETIN = Text(
    "HarmonyOS has security bulletins of its own; the Android level says little about it.",
    "HarmonyOS 有自己的安全公告，Android 补丁级别参考意义有限。",
)

PROBE = Probe(
    id="system.patch_age",
    title=Text("Age of the security patch", "安全补丁时间"),
    about=About(
        tested=Text(
            "The date of the newest security patch in the system.", "系统中最新安全补丁的日期。"
        ),
        meaning=Text(
            "Makers close known holes month by month, for some years after a model's release.",
            "厂商在机型发布后的数年内按月修补已知漏洞。",
        ),
        consequence=Text(
            "Holes known since then stay open on this phone.",
            "此后公开的漏洞在该机上仍未修补。",
        ),
        action=Text(
            "Install the system update if there is one. Where the maker offers none any more, "
            "use the phone for banking with care.",
            "如有系统更新请安装；若厂商已停止更新，使用银行类应用时请谨慎。",
        ),
    ),
    requests=(GETPROP,),
    measures={
        "age": Spec(
            Unit.MONTH,
            Text("Months since the last security patch", "距上次安全补丁的月数"),
            essential=True,
            says={
                Outcome.ATTENTION: Text(
                    "The last security patch is {value} months old.",
                    "最近的安全补丁已是 {value} 个月前的。",
                )
            },
            advice=Text("Look for a system update.", "请检查系统更新。"),
        ),
        "level": Spec(Unit.NONE, Text("Security patch level", "安全补丁级别")),
        "vendor_level": Spec(Unit.NONE, Text("Patch level of the drivers", "驱动部分补丁级别")),
    },
    interpret=interpret,
)

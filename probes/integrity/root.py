"""Traces of root access where the shell can see them. Finding none proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.requests import adb

MISSING = "No such file"
AOSP = sdk.Source(
    text=sdk.Text(
        "Android Compatibility Definition: user builds carry no su; any found was put there",
        "Android 兼容性定义：user 版系统不含 su，若发现即为后装",
    ),
    basis=sdk.Basis.STANDARD,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    no = answers.no_answer(adb.SU)
    if no is not None and not (answers.lacks(adb.SU) and MISSING in no.message):
        yield answers.unread("su_found", adb.SU)
        return
    listed = [] if no else answers.text(adb.SU).split()
    found = [path for path in adb.SU_PATHS if path in listed]
    yield answers.measure("su_found", bool(found), adb.SU, raw=found[0] if found else "")


PROBE = sdk.Probe(
    id="integrity.root",
    title=sdk.Text("Traces of root access", "Root 痕迹"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the program “su” lies where the shell can see it.",
            "在 Shell 可见位置是否存在 su 程序。",
        ),
        meaning=sdk.Text(
            "If it is there, the system was changed. If it is not, that proves nothing: modern "
            "tools hide it.",
            "存在则说明系统被改动；不存在并不能证明未改动，新工具会将其隐藏。",
        ),
        consequence=sdk.Text(
            "Apps with root rights can change anything, also what the phone says of itself.",
            "拥有 Root 权限的应用可更改任何内容，包括手机自报的信息。",
        ),
        action=sdk.Text(
            "Ask the owner; restore the maker's system if it was not wanted.",
            "请询问机主；若非本人所为，请恢复原厂系统。",
        ),
    ),
    requests=(adb.SU,),
    measures={
        "su_found": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Program “su” found", "发现 su 程序"),
            sdk.OneOf(attention=(True,), source=AOSP),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone has root access installed: its software was changed.",
                    "该机已获取 Root 权限：系统被改动过。",
                )
            },
            words=sdk.FOUND,
        ),
    },
    interpret=interpret,
)

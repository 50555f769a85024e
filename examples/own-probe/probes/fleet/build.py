"""Our fleet runs released builds only: a phone with another build must not go out."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.requests import adb

RELEASED = sdk.OneOf(
    good=("user",),
    fail=("eng", "userdebug"),
    source=sdk.Source(
        text=sdk.Text("fleet policy 3.1: released builds only", "车队规定 3.1：仅限正式版"),
        basis=sdk.Basis.STANDARD,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    """Say of which type the build is; a phone that does not tell is not called good."""
    kind = answers.properties.get("ro.build.type")
    if kind is None:
        yield answers.unread("type", adb.GETPROP)
    else:
        line = line_of(answers.properties, "ro.build.type")  # nothing passes without its words
        yield answers.measure("type", kind, adb.GETPROP, raw=line)


PROBE = sdk.Probe(
    id="fleet.build",
    title=sdk.Text("Build of the fleet", "设备群系统版本"),
    about=sdk.About(
        tested=sdk.Text("Whether the phone runs a released build.", "手机是否运行正式版系统。"),
        meaning=sdk.Text("Test builds have open doors.", "测试版系统存在安全隐患。"),
        consequence=sdk.Text("A test build must not reach a user.", "测试版系统不得交付用户。"),
        action=sdk.Text("Install the released build.", "请安装正式版系统。"),
    ),
    requests=(adb.GETPROP,),
    measures={
        "type": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Type of the build", "系统版本类型"),
            criterion=RELEASED,
            essential=True,
            says={sdk.Outcome.FAIL: sdk.Text("This is a test build.", "这是测试版系统。")},
        )
    },
    interpret=interpret,
)

"""Whether the system is a maker's release, or a test, debug or community build."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import flag, line_of, word
from diagnose.parsers.system.operating_system import operating_system
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

AOSP = sdk.Source(
    text="source.android.com: sign builds for release; user, userdebug and eng build variants",
    basis=sdk.Basis.VENDOR,
)
CDD = sdk.Source(
    text="Android Compatibility Definition: devices are sold with user builds",
    basis=sdk.Basis.STANDARD,
)
USER = sdk.OneOf(good=("user",), attention=("userdebug", "eng"), source=CDD)
RELEASE_KEYS = sdk.OneOf(good=("release-keys",), attention=("test-keys", "dev-keys"), source=AOSP)
NOT_AS_SOLD = sdk.OneOf(good=(False,), attention=(True,), source=CDD)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    if is_emulator(properties):
        raise sdk.NotApplicable("an emulator runs a debug build on purpose")
    for name, source in (("type", "ro.build.type"), ("keys", "ro.build.tags")):
        if value := word(properties, source):
            yield answers.measure(name, value, adb.GETPROP, raw=line_of(properties, source))
        else:
            yield answers.unread(name, adb.GETPROP)
    for name, source, bad in (
        ("debuggable", "ro.debuggable", True),
        ("root_shell", "ro.secure", False),
    ):
        if (said := flag(properties, source)) is not None:
            raw = line_of(properties, source)
            yield answers.measure(name, said is bad, adb.GETPROP, raw=raw)
    system = operating_system(properties)
    yield answers.measure(
        "community_system", system.custom, adb.GETPROP, raw=f"{system.name} {system.version}"
    )


CHANGED = {
    sdk.Outcome.ATTENTION: sdk.Text(
        "This is not a maker's release of the system ({value}).",
        "当前系统不是原厂正式版（{value}）。",
    )
}

PROBE = sdk.Probe(
    id="integrity.build",
    title=sdk.Text("Kind of system build", "系统版本类型"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the installed system is a release build of the maker.",
            "所装系统是否为厂商正式发布的版本。",
        ),
        meaning=sdk.Text(
            "Phones are sold with “user” builds signed with release keys. Anything else was "
            "installed later.",
            "手机出厂均为使用正式密钥签名的 user 版本，其他版本均为后来安装。",
        ),
        consequence=sdk.Text(
            "Test and community systems can bring faults of their own and no warranty.",
            "测试版或第三方系统可能自带问题，且不在保修范围内。",
        ),
        action=sdk.Text(
            "Repeat the test on the maker's system before a part is blamed.",
            "在判定配件故障前，请在原厂系统上重新检测。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "type": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Build variant", "编译类型"), USER, essential=True, says=CHANGED
        ),
        "keys": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Signed with", "签名密钥"), RELEASE_KEYS, says=CHANGED
        ),
        "debuggable": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("System can be debugged", "系统可调试"),
            NOT_AS_SOLD,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The whole system can be debugged, which no phone is sold with.",
                    "整个系统处于可调试状态，出厂手机不会如此。",
                )
            },
        ),
        "root_shell": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Shell with full rights", "Shell 拥有全部权限"), NOT_AS_SOLD
        ),
        "community_system": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Community system", "第三方系统"),
            sdk.OneOf(good=(False,), attention=(True,), source=AOSP),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A community system is installed in place of the maker's. That is no fault, "
                    "but the maker's limits and support do not hold for it.",
                    "已安装第三方系统。这不是故障，但厂商的标准与支持不再适用。",
                )
            },
        ),
    },
    interpret=interpret,
)

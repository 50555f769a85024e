"""Whether the system is a maker's release, or a test, debug or community build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnose import sdk
from diagnose.parsers.property_values import flag, line_of, word
from diagnose.parsers.system.image import is_signed_by_maker, is_vouched
from diagnose.parsers.system.operating_system import community_lines, operating_system
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

AOSP = sdk.Source(
    text=sdk.Text(
        "source.android.com: sign builds for release; user, userdebug and eng build variants",
        "source.android.com：发布签名；user、userdebug 与 eng 版本",
    ),
    basis=sdk.Basis.VENDOR,
)
CDD = sdk.Source(
    text=sdk.Text(
        "Android Compatibility Definition: devices are sold with user builds",
        "Android 兼容性定义：上市设备使用 user 版系统",
    ),
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
            raw = line_of(properties, source)
            signed = name == "keys" and value != "release-keys" and is_signed_by_maker(properties)
            yield answers.measure(
                name,
                value,
                adb.GETPROP,
                raw=raw,
                criterion=BY_MAKER if signed else None,
                note=VOUCHED if signed else None,
            )
        else:
            yield answers.unread(name, adb.GETPROP)
    for name, source, bad in (
        ("debuggable", "ro.debuggable", True),
        ("root_shell", "ro.secure", False),
    ):
        if (value_text := flag(properties, source)) is not None:
            raw = line_of(properties, source)
            yield answers.measure(name, value_text is bad, adb.GETPROP, raw=raw)
    yield _community(answers, properties)


def _community(answers: sdk.Answers, properties: Mapping[str, str]) -> sdk.Draft:
    """Only the bootloader can vouch for the maker: a name that is in no list proves nothing."""
    lines = tuple(line_of(properties, name) for name in community_lines(properties))
    if operating_system(properties).custom:
        return answers.measure("community_system", True, adb.GETPROP, raw=lines)
    if is_vouched(properties):
        raw = line_of(properties, "ro.boot.verifiedbootstate")
        return answers.measure("community_system", False, adb.GETPROP, raw=raw)
    return answers.unread("community_system", adb.GETPROP, reason=sdk.Reason.UNSUPPORTED)


BY_MAKER = sdk.OneOf(
    source=AOSP
)  # neither good nor bad: what the keys are called says nothing then
VOUCHED = sdk.Text(
    "The bootloader is locked and verified the system with the maker's own key, whatever the keys "
    "are called.",
    "引导程序已锁定，并以厂商密钥验证了系统；与密钥名称无关。",
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
            sdk.Unit.NONE,
            sdk.Text("Build variant", "编译类型"),
            USER,
            essential=True,
            says=CHANGED,
            words={
                "user": sdk.Text("as sold (user)", "正式版（user）"),
                "userdebug": sdk.Text("for tests (userdebug)", "调试版（userdebug）"),
                "eng": sdk.Text("for development (eng)", "工程版（eng）"),
            },
        ),
        "keys": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Signed with", "签名密钥"),
            RELEASE_KEYS,
            says=CHANGED,
            words={
                "release-keys": sdk.Text("the maker's (release-keys)", "厂商密钥（release-keys）"),
                "test-keys": sdk.Text("public test keys (test-keys)", "公开测试密钥（test-keys）"),
                "dev-keys": sdk.Text("developer keys (dev-keys)", "开发密钥（dev-keys）"),
            },
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
            words=sdk.IN_USE,
        ),
    },
    interpret=interpret,
)

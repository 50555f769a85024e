"""SELinux: whether the system's strictest access rules are in force."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of, word
from diagnose.requests import adb

CDD = sdk.Source(
    text=sdk.Text(
        "Android Compatibility Definition, 9.7 Security features: SELinux in enforcing mode",
        "Android 兼容性定义 9.7 安全功能：SELinux 须为强制模式",
    ),
    basis=sdk.Basis.STANDARD,
)
MODES = ("Enforcing", "Permissive", "Disabled")
# What the bootloader asked for is no measurement: a Galaxy Z Fold7 in order says "permissive".
AT_BOOT = "ro.boot.selinux"


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    mode = (answers.text_or_none(adb.GETENFORCE) or "").strip()
    if mode in MODES:
        yield answers.measure("mode", mode, adb.GETENFORCE, raw=mode)
    elif answers.no_answer(adb.GETENFORCE):
        yield answers.unread("mode", adb.GETENFORCE)
    else:
        yield answers.unread("mode", adb.GETENFORCE, reason=sdk.Reason.UNSUPPORTED)
    properties = answers.properties
    if value := word(properties, AT_BOOT):
        yield answers.measure("boot_setting", value, adb.GETPROP, raw=line_of(properties, AT_BOOT))


MODE_WORDS = {
    "Enforcing": sdk.Text("enforced", "强制执行"),
    "Permissive": sdk.Text("not enforced, only logged", "未强制执行，仅记录"),
    "Disabled": sdk.Text("switched off", "已关闭"),
}

PROBE = sdk.Probe(
    id="integrity.selinux",
    title=sdk.Text("Access rules (SELinux)", "访问控制（SELinux）"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the system enforces its access rules.", "系统是否强制执行访问控制规则。"
        ),
        meaning=sdk.Text(
            "“Enforcing” is what every phone is sold with.",
            "“Enforcing”（强制）是所有手机出厂时的状态。",
        ),
        consequence=sdk.Text(
            "Otherwise apps and attackers can reach what is closed to them on other phones.",
            "否则应用和攻击者可访问本应受保护的内容。",
        ),
        action=sdk.Text(
            "Restore the maker's system if it is not enforcing.",
            "若不是强制状态，请恢复原厂系统。",
        ),
    ),
    requests=(adb.GETENFORCE, adb.GETPROP),
    measures={
        "mode": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("SELinux mode", "SELinux 模式"),
            sdk.OneOf(good=("Enforcing",), attention=("Permissive", "Disabled"), source=CDD),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The system's access rules are not enforced ({value}): its software was "
                    "changed.",
                    "系统访问控制未强制执行（{value}）：系统已被改动。",
                )
            },
            advice=sdk.Text("Restore the maker's system.", "请恢复原厂系统。"),
            words=MODE_WORDS,
        ),
        "boot_setting": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Setting of the bootloader", "引导程序中的设置"),
            words={word.lower(): text for word, text in MODE_WORDS.items()},
        ),
    },
    interpret=interpret,
)

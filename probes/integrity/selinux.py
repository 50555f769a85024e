"""SELinux: whether the system's strictest access rules are in force."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.property_values import line_of, word
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    DataClass,
    Draft,
    OneOf,
    Outcome,
    Probe,
    Reason,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

GETENFORCE = Shell("getenforce", expected_ms=12, data_class=DataClass.SOFTWARE)
CDD = Source(
    text="Android Compatibility Definition, 9.7 Security features: SELinux in enforcing mode",
    basis=Basis.STANDARD,
)
MODES = ("Enforcing", "Permissive", "Disabled")
# What the bootloader asked for is no measurement: a Galaxy Z Fold7 in order says "permissive".
AT_BOOT = "ro.boot.selinux"


def interpret(answers: Answers) -> Iterator[Draft]:
    said = (answers.text_or_none(GETENFORCE) or "").strip()
    if said in MODES:
        yield answers.measure("mode", said, GETENFORCE, raw=said)
    elif answers.refused(GETENFORCE):
        yield answers.unread("mode", GETENFORCE)
    else:
        yield answers.unread("mode", GETENFORCE, reason=Reason.UNSUPPORTED)
    properties = answers.properties
    if value := word(properties, AT_BOOT):
        yield answers.measure("boot_setting", value, GETPROP, raw=line_of(properties, AT_BOOT))


PROBE = Probe(
    id="integrity.selinux",
    title=Text("Access rules (SELinux)", "访问控制（SELinux）"),
    about=About(
        tested=Text(
            "Whether the system enforces its access rules.", "系统是否强制执行访问控制规则。"
        ),
        meaning=Text(
            "“Enforcing” is what every phone is sold with.",
            "“Enforcing”（强制）是所有手机出厂时的状态。",
        ),
        consequence=Text(
            "Otherwise apps and attackers can reach what is closed to them on other phones.",
            "否则应用和攻击者可访问本应受保护的内容。",
        ),
        action=Text(
            "Restore the maker's system if it is not enforcing.",
            "若不是强制状态，请恢复原厂系统。",
        ),
    ),
    requests=(GETENFORCE, GETPROP),
    measures={
        "mode": Spec(
            Unit.NONE,
            Text("SELinux mode", "SELinux 模式"),
            OneOf(good=("Enforcing",), attention=("Permissive", "Disabled"), source=CDD),
            essential=True,
            says={
                Outcome.ATTENTION: Text(
                    "The system's access rules are not enforced ({value}): its software was "
                    "changed.",
                    "系统访问控制未强制执行（{value}）：系统已被改动。",
                )
            },
            advice=Text("Restore the maker's system.", "请恢复原厂系统。"),
        ),
        "boot_setting": Spec(Unit.NONE, Text("Setting of the bootloader", "引导程序中的设置")),
    },
    interpret=interpret,
)

"""Whether the bootloader is locked, and whether it ever was not."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.integrity.bootloader import lock_statements
from diagnose.parsers.property_values import flag, line_of
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

AOSP = sdk.Source(
    text=sdk.Text(
        "source.android.com: locking and unlocking the bootloader",
        "source.android.com：引导程序的锁定与解锁",
    ),
    basis=sdk.Basis.VENDOR,
)
KNOX = sdk.Source(
    text=sdk.Text(
        "Samsung Knox documentation: the warranty bit is a one-time fuse",
        "三星 Knox 文档：保修位为一次性熔丝",
    ),
    basis=sdk.Basis.VENDOR,
)
OPLUS = sdk.Source(
    text=sdk.Text(
        "OnePlus and OPPO set ro.is_ever_orange once the phone started unlocked",
        "一加和 OPPO 在解锁启动后设置 ro.is_ever_orange",
    ),
    basis=sdk.Basis.GUESS,
)
WARRANTY = ("ro.boot.warranty_bit", "ro.warranty_bit")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    if is_emulator(properties):
        raise sdk.NotApplicable("an emulator has no bootloader to lock")
    candidates = [
        sdk.Candidate(
            statement.locked,
            adb.GETPROP,
            raw=statement.raw,
            trust=statement.trust,
            note=sdk.Text(statement.source),
        )
        for statement in lock_statements(properties)
    ]
    yield (
        answers.compare("locked", candidates)
        if candidates
        else answers.unread("locked", adb.GETPROP)
    )
    for measure, names in (
        ("warranty_bit_set", WARRANTY),
        ("ever_unlocked", ("ro.is_ever_orange",)),
        ("unlock_allowed", ("sys.oem_unlock_allowed",)),
    ):
        for name in names:
            if (value := flag(properties, name)) is not None:
                yield answers.measure(measure, value, adb.GETPROP, raw=line_of(properties, name))
                break


UNLOCKED = sdk.Text(
    "The bootloader is unlocked: the owner or someone before can have installed other software.",
    "引导程序已解锁：机主或前任使用者可能安装过其他系统。",
)

PROBE = sdk.Probe(
    id="integrity.bootloader",
    title=sdk.Text("Bootloader lock", "引导锁"),
    about=sdk.About(
        tested=sdk.Text("Whether the bootloader is locked.", "引导程序（Bootloader）是否锁定。"),
        meaning=sdk.Text(
            "A locked bootloader starts only the maker's software.",
            "锁定的引导程序只会启动原厂系统。",
        ),
        consequence=sdk.Text(
            "Unlocked, the phone's software cannot be trusted, and some makers end the warranty "
            "for software faults.",
            "解锁后系统不再可信，部分厂商不再承担软件保修。",
        ),
        action=sdk.Text(
            "Ask the owner whether it was unlocked on purpose. Locking it again erases the phone.",
            "请询问机主是否自行解锁。重新上锁会清除手机数据。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "locked": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Bootloader locked", "引导程序已锁定"),
            sdk.OneOf(good=(True,), attention=(False,), source=AOSP),
            essential=True,
            says={sdk.Outcome.ATTENTION: UNLOCKED},
            words={
                True: sdk.Text("locked", "已锁定"),
                False: sdk.Text("unlocked", "未锁定"),
            },
        ),
        "warranty_bit_set": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Samsung warranty fuse blown", "三星保修熔丝已熔断"),
            sdk.OneOf(good=(False,), attention=(True,), source=KNOX),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Samsung's warranty fuse is blown: other software was started on this phone "
                    "at some time. Knox functions stay off for good.",
                    "三星保修熔丝已熔断：该机曾启动过非官方系统，Knox 功能将永久停用。",
                )
            },
        ),
        "ever_unlocked": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Was unlocked before", "曾经解锁"),
            sdk.OneOf(attention=(True,), source=OPLUS),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone was started with an unlocked bootloader before.",
                    "该机曾在解锁状态下启动过。",
                )
            },
        ),
        "unlock_allowed": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Unlocking is allowed in settings", "设置中允许解锁")
        ),
    },
    interpret=interpret,
)

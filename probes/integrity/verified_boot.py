"""Android Verified Boot: whether the bootloader vouches for the system that runs."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of, word
from diagnose.parsers.system.product import is_emulator
from diagnose.requests import adb

AVB = sdk.Source(
    text=sdk.Text(
        "source.android.com, Verified Boot: boot flow (green, yellow, orange, red) and dm-verity "
        "modes",
        "source.android.com 启动时验证：启动流程（绿、黄、橙、红）与 dm-verity 模式",
    ),
    basis=sdk.Basis.VENDOR,
)
STATE = "ro.boot.verifiedbootstate"
MODE = "ro.boot.veritymode"
VERSIONS = ("ro.boot.avb_version", "ro.boot.vbmeta.avb_version")


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    answers.text(adb.GETPROP)
    properties = answers.properties
    if is_emulator(properties):
        raise sdk.NotApplicable("an emulator has no bootloader that could vouch for it")
    for name, source in (("state", STATE), ("verity_mode", MODE)):
        if value := word(properties, source):
            raw = line_of(properties, source)
            note = REFUSES if name == "verity_mode" and value.lower() == "eio" else None
            yield answers.measure(name, value.lower(), adb.GETPROP, raw=raw, note=note)
        else:
            yield answers.unread(name, adb.GETPROP)
    for source in VERSIONS:
        value = word(properties, source)
        if value and value != "0.0":
            yield answers.measure("version", value, adb.GETPROP, raw=line_of(properties, source))
            return


# No defect: some makers start so, and after damage was met once it is what protects.
REFUSES = sdk.Text(
    "Damaged parts of the system are refused, not read: the protection works.",
    "遇到损坏的系统数据时拒绝读取：保护功能有效。",
)

PROBE = sdk.Probe(
    id="integrity.verified_boot",
    title=sdk.Text("Verified boot", "启动验证"),
    about=sdk.About(
        tested=sdk.Text(
            "The result of the check the bootloader makes of the system at every start.",
            "引导程序每次开机时对系统完整性的检查结果。",
        ),
        meaning=sdk.Text(
            "Green: the maker's system, unchanged. Yellow: another key. Orange: the bootloader is "
            "unlocked and checks nothing. Red: the check failed.",
            "绿色：原厂系统未被改动。黄色：使用其他密钥。橙色：引导程序已解锁，不做检查。"
            "红色：检查未通过。",
        ),
        consequence=sdk.Text(
            "Changed software can cause faults that look like hardware, and banking and payment "
            "apps may refuse to run.",
            "被改动的系统可能引起类似硬件故障的问题，银行和支付应用也可能无法使用。",
        ),
        action=sdk.Text(
            "If it is not green, restore the maker's system before parts are replaced. Back up "
            "first: this erases the phone.",
            "若不是绿色，请在更换配件前先恢复原厂系统。恢复会清除数据，请先备份。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Verified boot state", "启动验证状态"),
            sdk.OneOf(good=("green",), attention=("yellow", "orange"), fail=("red",), source=AVB),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The software may have been changed: verified boot is {value}. This is no "
                    "fault of the hardware, but warranty and repair may take another path.",
                    "系统可能被改动：启动验证状态为 {value}。这不是硬件故障，"
                    "但可能影响保修与维修方式。",
                ),
                sdk.Outcome.FAIL: sdk.Text(
                    "Verified boot failed (red): the system or its storage is damaged or changed.",
                    "启动验证未通过（红色）：系统或其存储区已损坏或被改动。",
                ),
            },
            advice=sdk.Text(
                "Restore the maker's system and test again.", "请恢复原厂系统后重新检测。"
            ),
            words={
                "green": sdk.Text("green", "绿色"),
                "yellow": sdk.Text("yellow", "黄色"),
                "orange": sdk.Text("orange", "橙色"),
                "red": sdk.Text("red", "红色"),
            },
        ),
        "verity_mode": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Protection of the system partition", "系统分区保护"),
            sdk.OneOf(
                good=("enforcing", "restart", "panicking"),
                attention=("logging", "disabled", "ignore_corruption"),
                source=AVB,
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The system partition is not fully protected (dm-verity: {value}).",
                    "系统分区未受完整保护（dm-verity：{value}）。",
                )
            },
            words={
                "enforcing": sdk.Text("enforced", "强制执行"),
                "logging": sdk.Text("only logged", "仅记录"),
                "disabled": sdk.Text("switched off", "已关闭"),
                "eio": sdk.Text("damaged data is refused (eio)", "拒绝读取损坏数据（eio）"),
                "restart": sdk.Text(
                    "damaged data restarts it (restart)", "遇损坏数据则重启（restart）"
                ),
                "panicking": sdk.Text(
                    "damaged data stops it (panicking)", "遇损坏数据则停机（panicking）"
                ),
                "ignore_corruption": sdk.Text("damaged data is let through", "放行损坏数据"),
            },
        ),
        "version": sdk.Spec(sdk.Unit.NONE, sdk.Text("Verified boot version", "启动验证版本")),
    },
    interpret=interpret,
)

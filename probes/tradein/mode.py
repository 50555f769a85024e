"""Whether the phone is in Android 16's trade-in mode: it closes adb, or ends in an erased phone."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.parsers.tradein.report import parse_tradein
from diagnose.requests import adb

# Only ever `getstatus`: `evaluate` opens adb and erases the phone at its next start.
# It starts a Java program: about a second, so that it is among the first to be sent.
MODE = "persist.adb.tradeinmode"
MODES = {"": "off", "0": "off", "-1": "off", "1": "status only", "2": "evaluation"}
FIRST_WITH_MODE = 36
AOSP = sdk.Source(
    text=sdk.Text(
        "AOSP adb, daemon/tradeinmode.cpp; source.android.com, trade-in mode",
        "AOSP adb，daemon/tradeinmode.cpp；source.android.com 以旧换新模式",
    ),
    basis=sdk.Basis.VENDOR,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    report = answers.parse_or_none(adb.TRADE_IN, parse_tradein)
    # adbd opens this one command in that mode; another phone opens all or none. A plan that does
    # not ask for the features has the refused properties alone.
    closed = answers.declined(adb.FEATURES) or (
        answers.reply(adb.FEATURES).status is sdk.ReplyStatus.MISSING
    )
    if report and answers.declined(adb.GETPROP) and closed:
        yield answers.measure("mode", "status only", adb.TRADE_IN, raw='"locks"')
        locked = report.locked is not None and report.locked.flag is True
        yield LOCKED if locked else OPEN
        return
    known = answers.properties
    level = answers.sdk_level
    if level is not None and level < FIRST_WITH_MODE:
        raise sdk.NotApplicable("trade-in mode came with Android 16")
    # An absent property says "off" only in an answer that is a phone's.
    mode = MODES.get(known.get(MODE, "").strip()) if level else None
    raw = line_of(known, MODE) if MODE in known else ""
    if mode:
        yield answers.measure("mode", mode, adb.GETPROP, raw=raw)
    else:
        yield answers.unread("mode", adb.GETPROP)
    if mode == "evaluation":
        yield ERASED


OPEN = sdk.Remark(
    "only_status",
    sdk.Text(
        "The phone is in trade-in mode: only its status can be read. What is not in it was not "
        "tested.",
        "手机处于以旧换新模式：只能读取其状态报告，其余项目均未检测。",
    ),
    because=("mode",),
    advice=sdk.Text(
        "For more, finish the phone's setup, switch USB debugging on and run again. Evaluation "
        "mode would open adb as well, but erases the phone at its next start: it is never used "
        "here.",
        "如需更多检测：完成手机设置、开启 USB 调试后重新运行。评估模式也能开放 adb，但下次开机会"
        "清除手机，本工具从不使用。",
    ),
)
LOCKED = sdk.Remark(
    "locked_status",
    sdk.Text(
        "The phone is in trade-in mode and locked to its owner's account: it says that and nothing "
        "else.",
        "手机处于以旧换新模式且已锁定在机主账号下：仅能读到锁定状态。",
    ),
    because=("mode",),
    advice=sdk.Text(
        "The owner must sign in on the phone first; then finish its setup, switch USB debugging "
        "on and run again.",
        "须先由机主在手机上登录账号，再完成设置、开启 USB 调试后重新运行。",
    ),
)
ERASED = sdk.Remark(
    "erased_at_restart",
    sdk.Text(
        "The phone is in evaluation mode: whatever is on it is erased when it restarts.",
        "手机处于评估模式：重启后所有数据都会被清除。",
    ),
    because=("mode",),
    advice=sdk.Text("Save what is needed before it restarts.", "重启前请保存所需数据。"),
)

PROBE = sdk.Probe(
    id="tradein.mode",
    explains_closed=True,
    title=sdk.Text("Trade-in mode", "以旧换新模式"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the phone is in the mode for buyers of used phones.",
            "手机是否处于供回收商使用的以旧换新模式。",
        ),
        meaning=sdk.Text(
            "After a reset Android 16 tells a computer its condition before it is set up.",
            "Android 16 手机恢复出厂后，未设置前即可向电脑报告自身状况。",
        ),
        consequence=sdk.Text(
            "In this mode most of the phone cannot be tested; that says nothing about its parts.",
            "此模式下大部分项目无法检测，这并不说明部件有问题。",
        ),
        action=sdk.Text(
            "Finish the phone's setup, switch USB debugging on and run again.",
            "完成手机设置、开启 USB 调试后重新运行。",
        ),
    ),
    requests=(adb.GETPROP, adb.TRADE_IN, adb.FEATURES),
    measures={
        "mode": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Trade-in mode", "以旧换新模式"),
            sdk.OneOf(good=("off",), attention=("status only", "evaluation"), source=AOSP),
            essential=True,
            words={
                "off": sdk.Text("off", "关闭"),
                "status only": sdk.Text("status only", "仅状态报告"),
                "evaluation": sdk.Text("evaluation", "评估模式"),
            },
        )
    },
    interpret=interpret,
)

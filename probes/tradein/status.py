"""What the phone tells a buyer about itself (Android 16 trade-in mode), beyond its battery."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.tradein.report import TradeIn, parse_tradein
from diagnose.requests import adb

# Only ever `getstatus`: `evaluate` erases the phone.
ANDROID = sdk.Source(
    text=sdk.Text(
        "Android 16 trade-in mode: the phone's own report",
        "Android 16 以旧换新模式：手机自身的报告",
    ),
    basis=sdk.Basis.VENDOR,
)
LITTLE_LEFT = sdk.Source(
    text=sdk.Text("little storage life is left", "存储剩余寿命不多"), basis=sdk.Basis.GUESS
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    if answers.lacks(adb.TRADE_IN):
        raise sdk.NotApplicable("this phone has no trade-in mode")
    try:
        report = answers.parse(adb.TRADE_IN, parse_tradein)
    except sdk.ParseError as problem:
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "the phone is not in trade-in mode") from problem
    yield from _locks(answers, report)
    yield from _parts(answers, report)
    yield from _attestation(answers, report)


def _locks(answers: sdk.Answers, report: TradeIn) -> Iterator[sdk.Draft]:
    for name, printed in (("locked", report.locked), ("moisture", report.moisture)):
        if printed and printed.flag is not None:
            yield answers.measure(name, printed.flag, adb.TRADE_IN, raw=printed.raw)


def _parts(answers: sdk.Answers, report: TradeIn) -> Iterator[sdk.Draft]:
    left = report.storage.get("useful_lifetime_remaining")
    if left and left.integer is not None and 0 <= left.integer <= 100:
        yield answers.measure("storage_left", left.integer, adb.TRADE_IN, raw=left.raw)
    for index, screen in enumerate(report.screens):
        word = screen.value.lower()[:40]
        yield answers.measure(f"screen.{index}", word, adb.TRADE_IN, raw=screen.raw)
    for index, (folds, rated) in enumerate(report.hinges):
        if rated:
            share = 1000 * folds // rated / 10
            raw = f"{folds}"
            yield answers.measure(f"hinge.{index}", share, adb.TRADE_IN, raw=raw)


def _attestation(answers: sdk.Answers, report: TradeIn) -> Iterator[sdk.Draft]:
    """Only in an answer to `--challenge`. The certificates name this phone: never their bytes."""
    if report.attested:
        yield answers.measure("attested", True, adb.TRADE_IN, raw='"certificates"')
    elif error := report.attestation_error:
        yield answers.measure("attestation_error", error.value, adb.TRADE_IN, raw=error.raw)


def _warns(en: str, zh: str) -> dict[sdk.Outcome, sdk.Text]:
    return {sdk.Outcome.ATTENTION: sdk.Text(en, zh)}


PROBE = sdk.Probe(
    id="tradein.status",
    title=sdk.Text("Trade-in report", "以旧换新检测报告"),
    about=sdk.About(
        tested=sdk.Text(
            "What a phone that was reset tells about its own parts.",
            "恢复出厂设置后的手机对自身部件的说明。",
        ),
        meaning=sdk.Text(
            "The maker recorded changed screens, moisture, folds and storage life; an account lock "
            "outlives a reset.",
            "厂商记录了屏幕更换、进液、折叠次数和存储寿命；账号锁在恢复出厂后仍有效。",
        ),
        consequence=sdk.Text(
            "A phone that had liquid inside may fail later; a locked phone cannot be used by "
            "another owner.",
            "进过液体的手机日后可能出现故障；被锁定的手机他人无法使用。",
        ),
        action=sdk.Text(
            "Ask the owner about repairs, liquid and the account before any quote.",
            "报价前请向机主了解维修史、进液情况和账号状态。",
        ),
    ),
    requests=(adb.TRADE_IN,),
    interpret=interpret,
    symptoms=("water",),
    measures={
        "locked": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Locked to an account", "账号锁定"),
            sdk.OneOf(good=(False,), attention=(True,), source=ANDROID),
            says=_warns("The phone is locked to its owner's account.", "手机已锁定在机主账号下。"),
            advice=sdk.Text(
                "The owner must remove the account before a board is changed.",
                "更换主板前须由机主移除账号。",
            ),
            is_owner_lock=True,
        ),
        "moisture": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Moisture was inside", "内部进液记录"),
            sdk.OneOf(good=(False,), attention=(True,), source=ANDROID),
            says=_warns(
                "The phone's sensor says that moisture came inside.", "手机传感器显示内部曾进液。"
            ),
            advice=sdk.Text(
                "Open and inspect the board before other repairs.", "请先拆机检查主板再进行维修。"
            ),
        ),
        "storage_left": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("Storage life left", "存储剩余寿命"),
            sdk.Range(attention_below=10, source=LITTLE_LEFT),
            says=_warns(
                "Only {value} {unit} of the storage's life is left.",
                "存储剩余寿命仅 {value}{unit}。",
            ),
            advice=sdk.Text("Keep a backup.", "请做好备份。"),
        ),
        "screen": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Screen part", "屏幕部件"),
            sdk.OneOf(good=("original",), attention=("replaced",), source=ANDROID),
            says=_warns("The phone says that a screen was replaced.", "手机显示屏幕曾被更换。"),
            advice=sdk.Text("Ask for the record of the repair.", "请索要维修记录。"),
            words={
                "original": sdk.Text("original", "原装"),
                "replaced": sdk.Text("replaced", "更换过"),
                "unsupported": sdk.Text("unsupported", "不支持"),
            },
        ),
        "hinge": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("Folds done, of the rated number", "已折叠次数占额定次数"),
            sdk.Range(attention_above=99.9, source=ANDROID),
            says=_warns(
                "The hinge was folded more often than it is made for ({value} {unit}).",
                "铰链折叠次数已超过设计值（{value}{unit}）。",
            ),
            advice=sdk.Text("Have the hinge checked.", "请检查铰链。"),
        ),
        "attested": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Certificates vouch for the phone", "有手机身份证书")
        ),
        "attestation_error": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Why no certificate", "没有证书的原因"),
            words={
                "Attestation keys unavailable": sdk.Text(
                    "the maker's keys are missing", "缺少厂商密钥"
                ),
                "Device identifier error": sdk.Text(
                    "its own numbers cannot be proven", "无法证明自身号码"
                ),
                "Network connection needed for attestation": sdk.Text(
                    "needs the network", "需要联网"
                ),
            },
        ),
    },
)

"""Crash reports the phone keeps: how many of which kind, and whether one app is behind them."""

from collections.abc import Iterable

from diagnose import sdk
from diagnose.parsers.stability import crash_pattern as reports
from diagnose.parsers.stability.dropbox import DropBox, parse_dropbox
from diagnose.requests import adb

PRACTICE = sdk.Source(
    text=sdk.Text(
        "workshop practice: one app with 80 % is software; mixed native crashes are memory",
        "维修经验：单个应用占 80% 为软件问题；多程序底层崩溃多为内存问题",
    ),
    basis=sdk.Basis.GUESS,
)
MOST_CITED = 12


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    box = answers.parse(adb.DROPBOX, parse_dropbox)
    entries = box.entries
    for name, count, tags in (
        ("system_crashes", reports.count_of(entries, reports.SYSTEM), reports.SYSTEM),
        ("native_crashes", reports.count_native(entries), reports.NATIVE + reports.TOMBSTONES),
        ("app_crashes", reports.count_of(entries, reports.APP), reports.APP),
        ("kernel_logs", reports.count_of(entries, reports.KERNEL), reports.KERNEL),
    ):
        yield answers.measure(name, count, adb.DROPBOX, raw=_cited(box, tags))
    yield from _pattern(answers, box)
    times = [entry.at for entry in entries if entry.at is not None]
    if times:
        yield answers.measure("days_kept", (max(times) - min(times)).days + 1, adb.DROPBOX)


def _cited(box: DropBox, tags: Iterable[str]) -> tuple[str, ...]:
    """The reports counted; the number the box states, where so many were read, shows the rest."""
    rows = tuple(entry.raw for entry in box.entries if entry.tag in tags)[:MOST_CITED]
    return (box.raw, *rows) if box.is_whole else rows


def _pattern(answers: sdk.Answers, box: DropBox) -> sdk.Interpreted:
    pattern = reports.pattern_of(box.entries)
    if pattern == "few" and not box.is_whole:
        yield answers.unread("pattern", adb.DROPBOX, note=INCOMPLETE)
        return
    tags = reports.NATIVE + reports.APP + reports.TOMBSTONES
    yield answers.measure("pattern", pattern, adb.DROPBOX, raw=_cited(box, tags))
    if pattern in SENTENCES:
        yield SENTENCES[pattern]
    others = reports.count_unnamed(box.entries)
    if pattern == "one_app" and others:
        yield sdk.Remark("others", OTHERS.format(value=str(others)), ("pattern", "native_crashes"))


INCOMPLETE = sdk.Text(
    "Fewer reports were read than the box holds, so they may hide others.",
    "读到的记录少于记录箱所述数量，可能有遗漏。",
)
OTHERS = sdk.Text(
    "Further crashes deep in the system, which this app does not explain: {value}.",
    "另有 {value} 次系统底层崩溃，与该应用无关。",
)
# Under the name of the measure's own finding, because that is what they are.
SENTENCES = {
    "one_app": sdk.Remark(
        "pattern.attention",
        sdk.Text(
            "One app crashes again and again: that points to its software.",
            "同一个应用反复崩溃：多为该应用的软件问题。",
        ),
        because=("pattern",),
        advice=sdk.Text("Update this app or remove it.", "请更新或卸载该应用。"),
    ),
    "one_service": sdk.Remark(
        "pattern.attention",
        sdk.Text("One service of the system crashes again and again.", "同一个系统服务反复崩溃。"),
        because=("pattern", "native_crashes"),
        advice=sdk.Text(
            "Update the system, then have the part checked that this service serves.",
            "请更新系统；若仍出现，请检查该服务对应的部件。",
        ),
    ),
    "native": sdk.Remark(
        "pattern.attention",
        sdk.Text(
            "Programs deep in the system crash again and again; their reports name none of them.",
            "系统底层程序反复崩溃，记录中未注明程序名称。",
        ),
        because=("pattern", "native_crashes"),
        advice=sdk.Text(
            "Update the system; if it goes on, see which program it is before any part is changed.",
            "请更新系统；若仍出现，请先查明是哪个程序，再考虑更换部件。",
        ),
    ),
    "mixed_native": sdk.Remark(
        "pattern.attention",
        sdk.Text(
            "Many different programs crash deep in the system: memory or storage may be the cause.",
            "多个不同程序在系统底层崩溃，原因可能在内存或存储。",
        ),
        because=("pattern",),
        advice=sdk.Text(
            "Free storage and update the system; if it goes on, have memory and storage tested.",
            "请清理空间并更新系统；若仍出现，请检测内存和存储。",
        ),
    ),
}

PROBE = sdk.Probe(
    id="stability.crashes",
    title=sdk.Text("Crash reports", "崩溃记录"),
    about=sdk.About(
        tested=sdk.Text(
            "How many crash reports the phone keeps, by kind. Their contents are not read.",
            "手机保存的各类崩溃记录数量（不读取其内容）。",
        ),
        meaning=sdk.Text(
            "One crashing app is a software matter. Many different programs failing deep in the "
            "system can point to memory or storage.",
            "单个应用反复崩溃是软件问题；许多不同程序在底层崩溃，可能与内存或存储有关。",
        ),
        consequence=sdk.Text(
            "Crashes go on until their cause is removed.", "不排除原因，崩溃会继续发生。"
        ),
        action=sdk.Text(
            "Update or remove the app first; only then suspect the board.",
            "先更新或卸载该应用，再考虑主板。",
        ),
    ),
    requests=(adb.DROPBOX,),
    measures={
        "pattern": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Pattern of app crashes", "应用崩溃的分布"),
            criterion=sdk.OneOf(
                good=("few",),
                attention=("one_app", "one_service", "mixed_native", "native"),
                source=PRACTICE,
            ),
            essential=True,
            words={
                "few": sdk.Text("hardly any", "很少"),
                "mixed": sdk.Text("several apps", "多个应用"),
                "mixed_native": sdk.Text("many programs deep in the system", "多个程序在底层崩溃"),
                "one_app": sdk.Text("mostly one app", "主要是同一个应用"),
                "one_service": sdk.Text("mostly one service of the system", "主要是同一个系统服务"),
                "native": sdk.Text("native", "系统底层程序反复崩溃"),
            },
        ),
        "system_crashes": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Crashes of the Android system", "系统服务崩溃次数"),
            criterion=sdk.Range(attention_above=1, source=PRACTICE),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The Android system itself crashed {value} times.",
                    "安卓系统服务自身崩溃了 {value} 次。",
                )
            },
            advice=sdk.Text(
                "Update the system, free storage, then look at storage and memory.",
                "请更新系统并清理空间，然后检查存储和内存。",
            ),
        ),
        "native_crashes": sdk.Spec(sdk.Unit.COUNT, sdk.Text("Native crashes", "底层程序崩溃次数")),
        "app_crashes": sdk.Spec(
            sdk.Unit.COUNT, sdk.Text("App crashes and freezes", "应用崩溃和无响应次数")
        ),
        # Many phones save the kernel's log at every start: a count of them proves nothing.
        "kernel_logs": sdk.Spec(sdk.Unit.COUNT, sdk.Text("Saved kernel logs", "保存的内核日志数")),
        "days_kept": sdk.Spec(sdk.Unit.DAY, sdk.Text("Days covered", "记录覆盖天数")),
    },
    interpret=interpret,
    symptoms=("app-crashes", "restarts", "slow"),
)

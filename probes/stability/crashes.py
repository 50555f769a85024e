"""Crash reports the phone keeps: how many of which kind, and whether one app is behind them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from diagnose import sdk
from diagnose.parsers.stability.dropbox import DropBoxEntry, parse_dropbox
from diagnose.requests import adb

NATIVE = ("data_app_native_crash", "system_app_native_crash", "system_server_native_crash")
APP = ("data_app_crash", "system_app_crash", "data_app_anr", "system_app_anr")
SYSTEM = ("system_server_crash", "system_server_watchdog", "SYSTEM_RESTART")
# Each tombstone is kept up to three times since Android 12, as text and in two binary forms.
TOMBSTONES = ("SYSTEM_TOMBSTONE", "SYSTEM_TOMBSTONE_PROTO", "SYSTEM_TOMBSTONE_PROTO_WITH_HEADERS")
KERNEL = ("APANIC_CONSOLE", "SYSTEM_LAST_KMSG")

MANY, ONE_APP_SHARE, SEVERAL = 5, 0.8, 3
PRACTICE = sdk.Source(
    text="workshop practice: one app with 80 % is software; mixed native crashes are memory",
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    entries = answers.parse(adb.DROPBOX, parse_dropbox)
    tags = Counter(entry.tag for entry in entries)
    native = max(_sum(tags, NATIVE), *(tags[tag] for tag in TOMBSTONES))
    yield answers.measure(
        "system_crashes", _sum(tags, SYSTEM), adb.DROPBOX, raw=_first(tags, SYSTEM)
    )
    yield answers.measure(
        "native_crashes", native, adb.DROPBOX, raw=_first(tags, NATIVE + TOMBSTONES)
    )
    yield answers.measure("app_crashes", _sum(tags, APP), adb.DROPBOX, raw=_first(tags, APP))
    yield answers.measure("kernel_logs", _sum(tags, KERNEL), adb.DROPBOX, raw=_first(tags, KERNEL))
    pattern = _pattern(entries)
    yield answers.measure("pattern", pattern, adb.DROPBOX)
    if pattern in SENTENCES:
        yield SENTENCES[pattern]
    times = [entry.at for entry in entries if entry.at is not None]
    if times:
        yield answers.measure("days_kept", (max(times) - min(times)).days + 1, adb.DROPBOX)


def _pattern(entries: Sequence[DropBoxEntry]) -> str:
    """Tell `one_app`, `mixed_native`, `mixed`, or `few` crashes apart."""
    native = Counter(e.process for e in entries if e.tag in NATIVE and e.process is not None)
    if native.total() >= MANY and len(native) >= SEVERAL and _top(native) < ONE_APP_SHARE:
        return "mixed_native"
    every = native + Counter(e.process for e in entries if e.tag in APP and e.process is not None)
    if every.total() < MANY:
        return "few"
    return "one_app" if _top(every) >= ONE_APP_SHARE else "mixed"


def _top(processes: Counter[int]) -> float:
    return max(processes.values()) / processes.total()


def _sum(tags: Counter[str], names: Iterable[str]) -> int:
    return sum(tags[name] for name in names)


def _first(tags: Counter[str], names: Iterable[str]) -> str:
    return next((name for name in names if tags[name]), "")


# Under the name of the measure's own finding, because that is what they are.
SENTENCES = {
    "one_app": sdk.Remark(
        "pattern.attention",
        sdk.Text(
            "One app crashes again and again: that points to its software, not to a part.",
            "同一个应用反复崩溃：多为该应用的软件问题，而非零件故障。",
        ),
        because=("pattern",),
        advice=sdk.Text("Update this app or remove it.", "请更新或卸载该应用。"),
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
                good=("few",), attention=("one_app", "mixed_native"), source=PRACTICE
            ),
            essential=True,
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

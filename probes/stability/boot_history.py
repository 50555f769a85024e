"""Why the phone started last, and the starts before: which of them nobody asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from diagnose import sdk
from diagnose.parsers.property_values import line_of
from diagnose.parsers.stability import boot_reason as boots
from diagnose.parsers.stability import boot_words as words
from diagnose.requests import adb

HISTORY = "persist.sys.boot.reason.history"
LAST = ("sys.boot.reason", "ro.boot.bootreason", "persist.sys.boot.reason")
WINDOW = timedelta(days=30)
PRACTICE = sdk.Source(
    text=sdk.Text(
        "workshop practice: two starts after a crash within 30 days point to hardware",
        "维修经验：30 天内两次崩溃后重启多为硬件问题",
    ),
    basis=sdk.Basis.GUESS,
)
EMPTIED = sdk.Source(
    text=sdk.Text(
        "every start on record after an empty battery is worth asking about",
        "所有开机记录均为没电关机，值得询问",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    answers.text(adb.GETPROP)
    starts = boots.parse_boot_history(answers.properties.get(HISTORY, ""))
    told = _told(answers.properties)
    if not told and starts:
        told = [(starts[0].reason, starts[0].raw)]
    if not told:
        yield answers.unread("last_start", adb.GETPROP, reason=sdk.Reason.UNSUPPORTED)
        return
    yield _last_start(answers, told)
    if starts:
        yield from _recent(answers, starts)
        yield from _by_kind(answers, starts)


def _told(properties: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give each reason of the last start with the line that says so; "0" is how none is written."""
    return [
        (properties[name], line_of(properties, name))
        for name in LAST
        if properties.get(name, "") not in ("", "0")
    ]


def _last_start(answers: sdk.Answers, told: list[tuple[str, str]]) -> sdk.Draft:
    """The most telling of the sources: the boot loader saw an undervoltage Android did not."""
    candidates = [
        sdk.Candidate(
            boots.classify_boot_reason(reason).value,
            adb.GETPROP,
            raw=line,
            trust=boots.telling(reason),
            note=sdk.Text(reason),
        )
        for reason, line in told
    ]
    candidates.sort(key=lambda candidate: candidate.trust)
    best = max(candidates, key=lambda candidate: candidate.trust)
    word = words.boot_word(str(best.note))
    note = word.plain if word else words.NOBODYS
    # Whoever asked for a start, a word of the boot loader that nobody knows may tell of a crash.
    is_strange = any(words.boot_word(reason) is None for reason, _ in told)
    return answers.compare("last_start", candidates, note=note, unproven=is_strange)


def _recent(answers: sdk.Answers, starts: tuple[boots.Start, ...]) -> sdk.Interpreted:
    """Count the starts of the last 30 days that nobody wished for."""
    if answers.now is None:
        reason = sdk.Reason.DEPENDENCY
        yield answers.unread("crash_starts", adb.GETPROP, reason=reason, note=words.NO_DATE)
        return
    recent = [start for start in starts if boots.is_within(start, WINDOW, answers.now)]
    strange = _strange(answers, starts)
    crashed = [start for start in recent if start.kind in words.ABNORMAL]
    yield _counted(answers, "crash_starts", len(crashed), crashed or list(starts), strange)
    empty = [start for start in recent if start.kind is words.BootClass.BATTERY]
    emptied = boots.count_emptied(empty)
    yield _counted(answers, "empty_battery_starts", emptied, empty or list(starts), strange)
    if strange:
        yield _counted(answers, "unclassified", len(strange), strange)


def _strange(answers: sdk.Answers, starts: tuple[boots.Start, ...]) -> list[boots.Start]:
    """The starts of which nobody can say what they were; any of them may be one that counts."""
    line = line_of(answers.properties, HISTORY)
    is_cut = line.startswith("[") and not line.endswith("]")  # its last row may be half of one
    unknown = [start for start in starts if start.kind is words.BootClass.UNKNOWN]
    return [*unknown, *starts[-1:]] if is_cut else unknown


def _counted(
    answers: sdk.Answers,
    name: str,
    count: int,
    shown: list[boots.Start],
    strange: Sequence[boots.Start] = (),
) -> sdk.Draft:
    """A count of starts; what nobody can classify may be one more, so then few do not pass."""
    raw = tuple(dict.fromkeys(start.raw for start in shown))
    return answers.measure(name, count, adb.GETPROP, raw=raw, unproven=bool(strange))


def _by_kind(answers: sdk.Answers, starts: tuple[boots.Start, ...]) -> sdk.Interpreted:
    for kind, count in sorted(Counter(start.kind.value for start in starts).items()):
        own = [start for start in starts if start.kind.value == kind]
        yield _counted(answers, f"starts.{kind}", count, own)


REASONS = {
    "user": sdk.Text("user", "用户操作"),
    "update": sdk.Text("update", "系统更新"),
    "held_key": sdk.Text("held key", "按键被长按"),
    "watchdog": sdk.Text("watchdog", "看门狗重启"),
    "chip": sdk.Text("chip", "芯片自身重启"),
    "kernel_panic": sdk.Text("kernel panic", "内核崩溃"),
    "undervoltage": sdk.Text("undervoltage", "电压过低"),
    "power_fault": sdk.Text("power fault", "电源芯片保护断电"),
    "thermal": sdk.Text("thermal", "过热关机"),
    "battery": sdk.Text("empty battery", "电量耗尽"),
    "storage": sdk.Text("storage", "存储"),
    "rescue": sdk.Text("rescue", "系统自救"),
    "unknown": sdk.Text("unknown", "未知"),
}
STARTED_BY = REASONS | {"user": sdk.Text("by the user", "用户操作")}

PROBE = sdk.Probe(
    id="stability.boot_history",
    title=sdk.Text("Reasons of the last starts", "最近的开机原因"),
    about=sdk.About(
        tested=sdk.Text("Why the phone was started the last times.", "最近几次开机或重启的原因。"),
        meaning=sdk.Text(
            "Starts by the owner or an update are normal, and so is a battery used until it is "
            "empty. Crashes of the kernel, a stuck system, a collapsing voltage or heat are not.",
            "用户操作、系统更新或电量用尽属正常；内核崩溃、系统卡死、供电骤降或过热则不正常。",
        ),
        consequence=sdk.Text(
            "A phone that goes down by itself can lose data and gets worse with time.",
            "自行关机或重启的手机可能丢失数据，情况会逐渐加重。",
        ),
        action=sdk.Text(
            "Rule out software (safe mode, update) first; then test battery and board.",
            "先排除软件原因（安全模式、更新系统），再检测电池和主板。",
        ),
    ),
    requests=(adb.GETPROP,),
    measures={
        "last_start": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Before the last start", "上次开机的原因"),
            criterion=sdk.OneOf(
                good=("user", "update"),
                attention=tuple(sorted(kind.value for kind in words.ABNORMAL)),
                source=sdk.Source(
                    text=sdk.Text(
                        "AOSP bootstat: reasons of a start nobody asked for",
                        "AOSP bootstat：非用户要求的开机原因",
                    ),
                    basis=sdk.Basis.VENDOR,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Before its last start the phone went down by itself ({value}).",
                    "上次开机之前，手机是自行关机的（{value}）。",
                )
            },
            advice=sdk.Text(
                "Ask whether it happened before; test the battery under load.",
                "询问是否曾多次发生，并对电池做负载测试。",
            ),
            words=REASONS,
        ),
        "crash_starts": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Starts after a crash, last 30 days", "近 30 天异常重启次数"),
            criterion=sdk.Range(attention_above=1, source=PRACTICE),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone went down by itself {value} times within 30 days.",
                    "手机在 30 天内自行重启了 {value} 次。",
                )
            },
            advice=sdk.Text(
                "If it goes on in safe mode, test battery and board.",
                "若安全模式下仍发生，请检测电池和主板。",
            ),
        ),
        "empty_battery_starts": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Starts after an empty battery, last 30 days", "近 30 天没电关机次数"),
            criterion=sdk.Range(attention_above=3, source=EMPTIED),
            says={sdk.Outcome.ATTENTION: words.GAVE_WAY},
            advice=sdk.Text("Ask what charge it showed then.", "请询问当时显示的电量。"),
        ),
        "unclassified": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Starts on record of unknown reason", "原因不明的开机次数"),
        ),
        "starts": sdk.Spec(
            sdk.Unit.COUNT,
            sdk.Text("Starts on record, by reason", "各类开机次数"),
            places=STARTED_BY,
        ),
    },
    interpret=interpret,
    symptoms=("restarts", "shuts-down", "will-not-start"),
)

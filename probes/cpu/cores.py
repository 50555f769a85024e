"""Processor cores: fitted against possible. Cores that are asleep are normal and do not count."""

from diagnose import sdk
from diagnose.parsers.cpu.cores import parse_cpu_lists, parse_cpuinfo
from diagnose.parsers.getprop import parse_getprop
from diagnose.parsers.system.image import is_makers_system
from diagnose.requests import adb

# Not the whole file: old kernels print the phone's serial number at its end.


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    lists = answers.parse_or_none(adb.CPU_FILES, parse_cpu_lists) or {}
    present, possible = lists.get("present"), lists.get("possible")
    if present is None:
        yield answers.unread("cores", adb.CPU_FILES)
    else:
        yield answers.measure(
            "cores",
            len(present),
            adb.CPU_FILES,
            raw="/sys/devices/system/cpu/present",
            criterion=_expected(answers, len(possible or ())),
        )
    online = _online(answers, lists.get("online"))
    if online:
        yield answers.compare("online", online)


def _online(answers: sdk.Answers, listed: frozenset[int] | None) -> list[sdk.Candidate]:
    info = answers.parse_or_none(adb.CPUINFO, parse_cpuinfo)
    candidates = (
        [sdk.Candidate(len(info.online), adb.CPUINFO, raw="processor", trust=50)] if info else []
    )
    if listed is not None:
        raw = "/sys/devices/system/cpu/online"
        candidates.append(sdk.Candidate(len(listed), adb.CPU_FILES, raw=raw, trust=80))
    return candidates


def _expected(answers: sdk.Answers, possible: int) -> sdk.Range | None:
    fact = answers.fact("cpu_cores")
    if fact is not None and isinstance(fact.value, int) and not isinstance(fact.value, bool):
        own = is_makers_system(answers.parse_or_none(adb.GETPROP, parse_getprop) or {})
        if fact.source.basis is sdk.Basis.GUESS or not own:  # a foreign kernel may leave cores out
            return sdk.Range(attention_below=fact.value, source=fact.source)
        return sdk.Range(fail_below=fact.value, source=fact.source)
    properties = answers.parse_or_none(adb.GETPROP, parse_getprop) or {"ro.boot.qemu": "1"}
    emulated = "1" in (properties.get("ro.kernel.qemu"), properties.get("ro.boot.qemu"))
    if not possible or emulated:  # an emulator leaves room for cores it was not given
        return None
    return sdk.Range(
        attention_below=possible,
        source=sdk.Source(
            text=sdk.Text(
                "the kernel's own list of possible cores (some kernels list spare ones)",
                "内核列出的可用核心（部分内核会列出备用核心）",
            ),
            basis=sdk.Basis.GUESS,
        ),
    )


PROBE = sdk.Probe(
    id="cpu.cores",
    title=sdk.Text("Processor cores", "处理器核心"),
    about=sdk.About(
        tested=sdk.Text(
            "How many processor cores the system found.", "系统识别到的处理器核心数量。"
        ),
        meaning=sdk.Text(
            "All cores of the model must be there. Cores that sleep to save power are normal.",
            "型号应有的核心必须全部存在；为省电而休眠的核心属正常。",
        ),
        consequence=sdk.Text(
            "A missing core makes the phone slow and points to damage of the chip or its solder.",
            "缺少核心会使手机变慢，说明芯片或焊点可能损坏。",
        ),
        action=sdk.Text("Have the board checked.", "请检修主板。"),
    ),
    requests=(adb.CPU_FILES, adb.CPUINFO, adb.GETPROP),
    measures={
        "cores": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Cores found", "识别到的核心"),
            essential=True,
            sign=sdk.Sign("mainboard", sdk.Proves.DIFFERENCE),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The system found {value} cores, fewer than the processor can have.",
                    "系统识别到 {value} 个核心，少于处理器应有的数量。",
                ),
                sdk.Outcome.FAIL: sdk.Text(
                    "The system found only {value} cores: at least one is missing.",
                    "系统只识别到 {value} 个核心，至少缺少一个。",
                ),
            },
            advice=sdk.Text("Have the board checked.", "请检修主板。"),
        ),
        "online": sdk.Spec(sdk.Unit.NONE, sdk.Text("Cores awake", "正在运行的核心")),
    },
    interpret=interpret,
    facts={
        "cpu_cores": sdk.FactSpec(
            sdk.Unit.NONE,
            sdk.Text("Processor cores", "处理器核心"),
            sdk.FactKind.INTEGER,
            measure="cores",
        )
    },
    symptoms=("slow",),
)

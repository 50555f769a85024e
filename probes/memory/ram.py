"""Working memory: how much the system sees against what the model has, and how much is left."""

from diagnose import sdk
from diagnose.parsers.memory.meminfo import parse_meminfo
from diagnose.requests import adb

KIB_PER_GIB = 1024**2
# Firmware, modem and camera keep a part for themselves: 2 GB models show 1.8 GiB, 12 GB ones 11.
ALMOST_ALL, MORE_THAN_HALF = 0.75, 0.6


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    sizes = answers.parse(adb.MEMINFO, parse_meminfo)
    total = sizes["MemTotal"]
    yield answers.measure(
        "total",
        round(total / KIB_PER_GIB, 2),
        adb.MEMINFO,
        raw="MemTotal:",
        criterion=_expected(answers),
    )
    available = sizes.get("MemAvailable")  # kernels before 3.14 (Android 4) do not tell
    if available is None or available > total:
        yield answers.unread("available_percent", adb.MEMINFO)
    else:
        share = round(100 * available / total, 1)
        yield answers.measure("available_percent", share, adb.MEMINFO, raw="MemAvailable:")


ACCORDING_TO = sdk.Text("{size} GB according to: {source}", "{size} GB，依据：{source}")


def _expected(answers: sdk.Answers) -> sdk.Range | None:
    """Limits from the memory the model was sold with (its smallest variant), 2 GB and more."""
    fact = answers.fact("memory_gb")
    smallest = _smallest(fact.value) if fact else None
    if fact is None or smallest is None or smallest < 2:
        return None
    source = sdk.Source(
        text=ACCORDING_TO.format(size=f"{smallest:g}", source=fact.source.text),
        basis=fact.source.basis,
    )
    sure = fact.source.basis is not sdk.Basis.GUESS
    return sdk.Range(
        fail_below=smallest * MORE_THAN_HALF if sure else None,
        attention_below=smallest * ALMOST_ALL,
        source=source,
    )


def _smallest(sold: sdk.Value) -> float | None:
    """The smallest of the variants (`("6", "8")`), or the one number there is."""
    variants = sold if isinstance(sold, tuple) else (str(sold),)
    numbers = [float(word) for word in variants if word.replace(".", "", 1).isdecimal()]
    return min(numbers, default=None)


PROBE = sdk.Probe(
    id="memory.ram",
    title=sdk.Text("Working memory", "运行内存"),
    about=sdk.About(
        tested=sdk.Text(
            "How much working memory the system sees, and how much is free for apps.",
            "系统识别到的运行内存容量，以及可供应用使用的部分。",
        ),
        meaning=sdk.Text(
            "The system sees a little less than the box says; much less means a part of the "
            "memory does not answer.",
            "系统显示略少于标称值是正常的；明显偏少说明部分内存没有响应。",
        ),
        consequence=sdk.Text(
            "With too little memory apps restart all the time and the phone stutters.",
            "内存不足会使应用频繁重启、手机卡顿。",
        ),
        action=sdk.Text(
            "If memory is merely full, remove apps that run in the background; if a part is "
            "missing, the board has to be checked.",
            "若只是占满，请卸载常驻后台的应用；若容量缺失，需检修主板。",
        ),
    ),
    requests=(adb.MEMINFO,),
    measures={
        "total": sdk.Spec(
            sdk.Unit.GIBIBYTE,
            sdk.Text("Memory seen by the system", "系统识别的内存"),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The system sees {value} {unit}, less than this model is sold with.",
                    "系统只识别到 {value} {unit}，少于该型号的标称容量。",
                ),
                sdk.Outcome.FAIL: sdk.Text(
                    "The system sees only {value} {unit}: a large part of the memory is missing.",
                    "系统只识别到 {value} {unit}，有很大一部分内存缺失。",
                ),
            },
            advice=sdk.Text("Have the memory on the board checked.", "请检修主板上的内存。"),
        ),
        "available_percent": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("Memory free for apps", "可用内存比例"),
            criterion=sdk.Range(
                attention_below=5,
                source=sdk.Source(
                    text=sdk.Text(
                        "workshop practice: below 5 % at rest a program is at fault",
                        "维修经验：空闲时低于 5% 多为程序问题",
                    ),
                    basis=sdk.Basis.GUESS,
                ),
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "Only {value} {unit} of the memory is left for apps.",
                    "只剩 {value}{unit} 的内存可供应用使用。",
                )
            },
            advice=sdk.Text(
                "Restart and look again; then remove apps that run in the background.",
                "请重启后再看；若仍如此，请卸载常驻后台的应用。",
            ),
        ),
    },
    interpret=interpret,
    facts={
        "memory_gb": sdk.FactSpec(sdk.Unit.GIGABYTE, sdk.Text("Memory sizes sold", "在售内存版本"))
    },
    symptoms=("slow", "app-crashes", "restarts"),
)

"""Time of one small write, which the phone's disk service measures itself."""

from diagnose import sdk
from diagnose.parsers.storage.diskstats import parse_diskstats
from diagnose.requests import adb

# The second is the same dump with its default deadline spelled out: it is measured again.
REQUESTS = (adb.DISKSTATS, adb.DISKSTATS_AGAIN)


def interpret(answers: sdk.Answers) -> sdk.Interpreted:
    times = [
        (stats.latency_ms, request, stats.latency_raw)
        for request in REQUESTS
        if (stats := answers.parse_or_none(request, parse_diskstats))
        and stats.latency_ms is not None
    ]
    if times:
        yield _faster(answers, times)
    else:
        yield answers.unread("write_latency", *REQUESTS)
    yield from _test_write(answers)


def _faster(answers: sdk.Answers, times: list[tuple[int, sdk.Shell, str]]) -> sdk.Draft:
    """One slow write proves nothing (the phone may be busy); the faster of two counts."""
    best_ms = min(latency_ms for latency_ms, _, _ in times)
    return answers.compare(
        "write_latency",
        [
            sdk.Candidate(latency_ms, request, raw=raw, trust=60 if latency_ms == best_ms else 30)
            for latency_ms, request, raw in times
        ],
    )


def _test_write(answers: sdk.Answers) -> sdk.Interpreted:
    for request in REQUESTS:
        stats = answers.parse_or_none(request, parse_diskstats)
        if stats is not None:
            raw = stats.write_error or stats.latency_raw
            yield answers.measure("test_write", not stats.write_error, request, raw=raw)
            if stats.write_kb_per_s is not None:
                speed = round(stats.write_kb_per_s / 1000, 1)
                yield answers.measure("recent_write_speed", speed, request, raw="Recent Disk Write")
            return


PROBE = sdk.Probe(
    id="storage.latency",
    title=sdk.Text("Storage speed", "存储速度"),
    about=sdk.About(
        tested=sdk.Text(
            "How long the phone's own disk service takes to write 512 bytes.",
            "手机磁盘服务写入 512 字节所需的时间。",
        ),
        meaning=sdk.Text(
            "Healthy storage takes a few milliseconds. The faster of two writes is judged.",
            "正常存储只需几毫秒；以两次写入中较快的一次为准。",
        ),
        consequence=sdk.Text(
            "Slow storage makes everything stutter, however fast the processor.",
            "存储变慢时，处理器再快手机也会卡顿。",
        ),
        action=sdk.Text(
            "Free space and restart, then measure again; if it stays slow, check storage wear.",
            "清理空间并重启后再测；若仍然很慢，请检查存储芯片磨损。",
        ),
    ),
    requests=REQUESTS,
    measures={
        "write_latency": sdk.Spec(
            sdk.Unit.MILLISECOND,
            sdk.Text("Small write", "小数据写入时间"),
            criterion=sdk.Range(
                attention_above=20,
                source=sdk.Source(
                    text=sdk.Text(
                        "workshop practice: more than 20 ms twice is suspect",
                        "维修经验：两次超过 20 ms 可疑",
                    ),
                    basis=sdk.Basis.GUESS,
                ),
            ),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A write of 512 bytes took {value} {unit} twice: the storage is slow.",
                    "两次写入 512 字节都用了 {value} {unit} 或更久，存储速度偏慢。",
                )
            },
            advice=sdk.Text(
                "Measure again after a restart and with free space.", "清理空间并重启后再测一次。"
            ),
        ),
        "test_write": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("The phone could write its test file", "手机能写入测试文件"),
            criterion=sdk.OneOf(
                good=(True,),
                attention=(False,),
                source=sdk.Source(
                    text=sdk.Text(
                        "AOSP DiskStatsService prints Test-Error when its own write fails",
                        "AOSP DiskStatsService：自身写入失败时输出 Test-Error",
                    ),
                    basis=sdk.Basis.VENDOR,
                ),
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone's disk service could not write its test file.",
                    "手机的磁盘服务无法写入测试文件。",
                )
            },
            advice=sdk.Text(
                "Back up the data before anything else.", "请先备份数据，再做其他处理。"
            ),
        ),
        "recent_write_speed": sdk.Spec(
            sdk.Unit.NONE, sdk.Text("Recent write speed, MB/s", "近期写入速度（MB/s）")
        ),
    },
    interpret=interpret,
    symptoms=("slow",),
)

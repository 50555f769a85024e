"""How much is written to the storage: what wears it, counted by the phone's own storaged."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.storage.storaged import parse_storaged
from diagnose.requests import adb

_HOUR_S = 3600


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    use = answers.parse(adb.STORAGED, parse_storaged)
    yield answers.measure("recorded", round(use.seconds / _HOUR_S, 1), adb.STORAGED, raw=use.raw)
    if use.seconds < _HOUR_S:  # a rate from minutes would be a rate of the start-up
        yield answers.unread("written_per_day", adb.STORAGED)
        return
    per_day = use.written_bytes * 24 * _HOUR_S / use.seconds / 1e9
    yield answers.measure("written_per_day", round(per_day, 2), adb.STORAGED, raw=use.raw)


PROBE = sdk.Probe(
    id="storage.writes",
    title=sdk.Text("Writing to the storage", "存储写入量"),
    about=sdk.About(
        tested=sdk.Text(
            "How much was written to the storage chip in the time the phone has on record.",
            "手机有记录的时段内写入存储芯片的数据量。",
        ),
        meaning=sdk.Text(
            "Every write wears the chip a little; some gigabytes a day are ordinary.",
            "每次写入都会轻微损耗芯片，每天数 GB 属正常。",
        ),
        consequence=sdk.Text(
            "A phone that writes without pause wears its storage and battery sooner.",
            "持续大量写入会加快存储和电池的损耗。",
        ),
        action=sdk.Text(
            "If it is very much: look for an app that downloads or records all the time.",
            "若写入量异常大，请检查是否有应用持续下载或录制。",
        ),
    ),
    requests=(adb.STORAGED,),
    measures={
        "written_per_day": sdk.Spec(sdk.Unit.GIGABYTE, sdk.Text("Written per day", "每日写入量")),
        "recorded": sdk.Spec(sdk.Unit.HOUR, sdk.Text("Time on record", "记录时长")),
    },
    interpret=interpret,
    symptoms=("slow", "drains-fast"),
)

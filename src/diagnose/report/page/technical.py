"""The technical part: every value, limit, source and evidence; what was sent; where it comes from.

Requests and sources are numbered, and said in full once: a value names the number and the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement, ProbeResult
from diagnose.model.result import Reading as Source
from diagnose.report.page.front import mark
from diagnose.report.page.model import (
    Area,
    Mark,
    PageEvidence,
    PageReading,
    Receipt,
    Row,
    Sent,
    Tested,
)
from diagnose.report.phrase import Phrase, Speaker, flat, plain
from diagnose.report.selection import by_area
from diagnose.report.vocabulary import DATA_CLASS_NAMES, DATA_CLASSES, STATUSES
from diagnose.report.wording import REASONS, TOOL_ERROR, PageWords
from diagnose.text import printable

_RAW_CHARACTERS = 120
_GOES_WITHOUT_SAYING = (Outcome.PASS, Outcome.OBSERVED)


class Numbers:
    """The numbers of the requests and of the sources of a report's limits."""

    def __init__(self, report: Report) -> None:
        keys = dict.fromkeys(command.request for command in report.privacy.commands)
        limits: dict[str, Measurement] = {}
        for measurement in _measurements(report):
            keys.update(dict.fromkeys(evidence.request for evidence in measurement.evidence))
            if measurement.criterion is not None:
                source = measurement.criterion.source
                limits.setdefault(f"{source.basis} {source.text}", measurement)
        self.requests = {key: f"R{number}" for number, key in enumerate(keys, 1)}
        self.sources = {key: f"S{number}" for number, key in enumerate(limits, 1)}
        self._limits = limits

    def of_limit(self, measurement: Measurement) -> str:
        """The number of the source of a value's limit; empty where it has none."""
        if measurement.criterion is None:
            return ""
        source = measurement.criterion.source
        return self.sources[f"{source.basis} {source.text}"]

    def rows(self, say: Speaker) -> tuple[Row, ...]:
        """Every source once, with its number."""
        return tuple(
            Row(plain(self.sources[key]), say.each(partial(_source, measurement)))
            for key, measurement in self._limits.items()
        )


def areas(report: Report, numbers: Numbers, say: Speaker) -> tuple[Area, ...]:
    """Every probe with every value, area by area."""
    return tuple(
        Area(
            title=say(report.area(name)),
            tested=tuple(_tested(result, numbers, say) for result in results),
        )
        for name, results in by_area(report).items()
    )


def receipt(report: Report, numbers: Numbers, say: Speaker) -> Receipt:
    """The privacy receipt."""
    commands = report.privacy.commands
    kept = sum(command.bytes_kept for command in commands)
    masked = sum(command.masked for command in commands)
    return Receipt(
        summary=(
            say.pair(
                f"{len(commands)} commands were sent to the phone; {_size(kept)} of answers were "
                f"kept, {masked} values in them were masked before anything was stored.",
                f"共向手机发送 {len(commands)} 条命令；保留应答 {_size(kept)}，"
                f"其中 {masked} 处内容在保存前已隐藏。",
            ),
            _effect(report, say),
        ),
        classes=tuple(
            Row(say(DATA_CLASSES[name]) if name in DATA_CLASSES else plain(name), _class(name, say))
            for name in report.privacy.data_classes
        ),
        sent=tuple(
            Sent(
                number=numbers.requests[command.request],
                request=printable(command.request, 400),
                data_class=_class(command.data_class, say),
                status=say(STATUSES[command.status])
                if command.status in STATUSES
                else plain(command.status),
                kept=_size(command.bytes_kept),
                masked=str(command.masked),
            )
            for command in commands
        ),
    )


def provenance(report: Report, say: Speaker) -> tuple[Row, ...]:
    """Program, rules and digests: what another shop needs to check this report."""
    profile = f"{report.profile.id} {report.profile.sha256[:16]}"
    rows = (
        (say.pair("Report number", "报告编号"), plain(report.report_id)),
        (say.pair("Made by", "生成程序"), plain(f"{report.tool.name} {report.tool.version}")),
        (say.pair("Station", "工位"), plain(report.station)),
        (say.pair("Device profile", "机型档案"), plain(profile)),
        (say.pair("Format", "格式"), plain(f"report {report.schema_version}")),
        (say.pair("Evidence, SHA-256", "原始记录校验码 SHA-256"), plain(report.capture.sha256)),
        (say.pair("Evidence from", "原始记录来源"), plain(report.capture.source)),
        (say.pair("Phone read", "手机读取时间"), _read_at(report, say)),
        (say.pair("Report, SHA-256", "报告校验码 SHA-256"), plain(report.digest)),
    )
    return tuple(Row(label, value) for label, value in rows if flat(value))


def _read_at(report: Report, say: Speaker) -> Phrase:
    """When imported evidence was captured; of a run of our own the report's date says it."""
    capture = report.capture
    if capture.clock == "none":
        return say.pair("unknown: no age is told", "未知，因此不判断时效")
    if not capture.source:
        return ()
    day = capture.started_at.date().isoformat()
    if capture.clock == "evidence":
        return say.pair(f"not before {day}, by its own records", f"不早于 {day}（据其自身记录）")
    return plain(day)


def _measurements(report: Report) -> Iterator[Measurement]:
    for result in report.results:
        yield from result.measurements


def _source(measurement: Measurement, words: PageWords) -> str:
    return words.source(measurement)


def _tested(result: ProbeResult, numbers: Numbers, say: Speaker) -> Tested:
    return Tested(
        mark=_mark(result.outcome, say),
        title=say(result.title),
        note=_why_not(result, say),
        readings=tuple(_reading(m, numbers, say) for m in result.measurements),
    )


def _mark(outcome: Outcome, say: Speaker) -> Mark | None:
    """What is normal goes without saying: a page that says it a hundred times is not read."""
    return None if outcome in _GOES_WITHOUT_SAYING else mark(outcome, say)


def _why_not(result: ProbeResult, say: Speaker) -> Phrase:
    if result.error:
        return say(TOOL_ERROR)
    if result.outcome is Outcome.NOT_RUN and result.reason:
        return say(REASONS[result.reason])
    return ()


def _reading(measurement: Measurement, numbers: Numbers, say: Speaker) -> PageReading:
    return PageReading(
        title=say.each(lambda words: words.title(measurement)),
        value=say.value(measurement),
        id=printable(measurement.id),
        mark=_mark(measurement.outcome, say) if measurement.value is not None else None,
        limit=say.each(lambda words: _limit(measurement, numbers, words)),
        notes=_notes(measurement, say),
        evidence=tuple(
            PageEvidence(numbers.requests[e.request], e.line, printable(e.raw, _RAW_CHARACTERS))
            for e in measurement.evidence
        ),
    )


def _limit(measurement: Measurement, numbers: Numbers, words: PageWords) -> str:
    """The limit with the number of its source."""
    return f"{words.limit(measurement)} {numbers.of_limit(measurement)}".strip()


def _notes(measurement: Measurement, say: Speaker) -> tuple[Phrase, ...]:
    forced = say.pair("forced on the phone, no evidence", "数值被人为设定，不作为依据")
    others = [reading for reading in measurement.readings if not reading.chosen]
    return (
        *([forced] if measurement.simulated else []),
        *([say(measurement.note)] if measurement.note else []),
        *(_other(reading, measurement, say) for reading in others),
    )


def _other(reading: Source, measurement: Measurement, say: Speaker) -> Phrase:
    """What another source says of the same, and why it was not taken."""

    def in_words(words: PageWords) -> str:
        why = words(reading.note)
        trust = f"{words(reading.source)}{words.pick(', trust ', '，可信度 ')}{reading.trust}"
        value = words.reading(reading, measurement)
        told = trust + (words.pick("; ", "；") + why if why else "")
        return words.pick("also: ", "另有：") + value + words.aside(told)

    return say.each(in_words)


def _effect(report: Report, say: Speaker) -> Phrase:
    changing = [c for c in report.privacy.commands if c.effect != "read"]
    if changing:
        return say.pair(
            f"{len(changing)} of them changed something on the phone, as the operator ordered.",
            f"其中 {len(changing)} 条按经办人指令改动了手机。",
        )
    return say.pair(
        "Nothing was written to the phone. No messages, photos, contacts, calls or accounts "
        "were read.",
        "未向手机写入任何内容；未读取短信、照片、联系人、通话记录或账号。",
    )


def _class(name: str, say: Speaker) -> Phrase:
    return say(DATA_CLASS_NAMES[name]) if name in DATA_CLASS_NAMES else plain(name)


def _size(count: int) -> str:
    return f"{count} B" if count < 1000 else f"{count / 1000:.1f} kB"

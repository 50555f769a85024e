"""The technical part: every measurement, limit, source and evidence; what was sent; where from."""

from __future__ import annotations

from diagnose.model.report import Report
from diagnose.model.result import Measurement, Reading
from diagnose.report.page.front import mark
from diagnose.report.page.model import Detail, DetailTable, Evidence, Receipt, Row, Sent
from diagnose.report.phrase import Phrase, Speaker, flat, plain
from diagnose.report.selection import by_area
from diagnose.report.sources import source_text
from diagnose.report.vocabulary import DATA_CLASS_NAMES, DATA_CLASSES, STATUSES
from diagnose.text import printable

_RAW_CHARACTERS = 160


def details(report: Report, say: Speaker) -> tuple[DetailTable, ...]:
    """All measurements, area by area."""
    tables = []
    for name, results in by_area(report).items():
        rows = tuple(_detail(m, say) for result in results for m in result.measurements)
        if rows:
            title = say.each(lambda words, area=name: words.area(area))  # type: ignore[misc]
            tables.append(DetailTable(title, rows))
    return tuple(tables)


def receipt(report: Report, say: Speaker) -> Receipt:
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
        (say.pair("Evidence, SHA-256", "原始记录 SHA-256"), plain(report.capture.sha256)),
        (say.pair("Evidence from", "原始记录来源"), plain(report.capture.source)),
        (say.pair("Phone read", "手机读取时间"), _read_at(report, say)),
        (say.pair("Report, SHA-256", "报告 SHA-256"), plain(report.digest)),
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


def _detail(measurement: Measurement, say: Speaker) -> Detail:
    return Detail(
        id=printable(measurement.id),
        title=say.each(lambda words: words.title(measurement)),
        value=say.value(measurement),
        mark=mark(measurement.outcome, say),
        limit=say.each(lambda words: words.limit(measurement)),
        source=say.each(lambda words: words.source(measurement)),
        notes=_notes(measurement, say),
        evidence=tuple(
            Evidence(printable(e.request, 300), e.line, printable(e.raw, _RAW_CHARACTERS))
            for e in measurement.evidence
        ),
        readings=tuple(_reading(r, measurement, say) for r in measurement.readings)
        if len(measurement.readings) > 1
        else (),
    )


def _notes(measurement: Measurement, say: Speaker) -> tuple[Phrase, ...]:
    forced = say.pair("forced on the phone, no evidence", "数值被人为设定，不作为依据")
    notes = [forced] if measurement.simulated else []
    return (*notes, *([say(measurement.note)] if measurement.note else []))


def _reading(reading: Reading, measurement: Measurement, say: Speaker) -> Phrase:
    return say.each(
        lambda words: (
            f"{words.pick('used', '采用') if reading.chosen else words.pick('also', '另有')}: "
            f"{words.reading(reading, measurement)} "
            f"({words(reading.source)}, {words.pick('trust', '可信度')} {reading.trust}"
            f"{'; ' + words(source_text(reading.note)) if reading.note else ''})"
        )
    )


def _effect(report: Report, say: Speaker) -> Phrase:
    changing = [c for c in report.privacy.commands if c.effect != "read"]
    if changing:
        return say.pair(
            f"{len(changing)} of them changed something on the phone, as the operator ordered.",
            f"其中 {len(changing)} 条按操作员指令改动了手机。",
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

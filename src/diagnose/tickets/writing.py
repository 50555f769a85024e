"""From a report or a case to what is sent: subject, summary, fields and files."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from typing import Final

from diagnose.model.case import Case
from diagnose.model.digest import digest_of
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.model.words import sealed, without_words, words_of
from diagnose.report.pdf import render_pdf
from diagnose.report.record import Record, record_of
from diagnose.report.vocabulary import CONFIDENCES
from diagnose.report.wording import ENDED, PageWords, verdict_of
from diagnose.tickets.compact import within
from diagnose.tickets.content import LONGEST_TEXT, Content, File
from diagnose.tickets.delivery import DeliveryKind, TicketDraft, case_thread
from diagnose.tickets.inert import inert
from diagnose.tickets.mapping import FieldRule, TicketMapping
from diagnose.tickets.sources import SOURCES, Material, device_name

TICKET: Final = "ticket"
LONGEST_LINE: Final = 240
LONGEST_SUBJECT: Final = 200
MOST_NAMED: Final = 5
LONGEST_FIELD: Final = 255


@dataclass(frozen=True)
class TicketSubject:
    """What a ticket is about: a report, or a case with its page. `lang` is the shop's."""

    report: Report
    lang: str
    case: Case | None = None

    @property
    def thread(self) -> str:
        """The name of its ticket in the outbox; a report that was changed is another report."""
        if self.case:
            return case_thread(self.case.case_id)
        return f"report:{self.report.report_id[:80]}:{self.report.digest[:16]}"


def delivery_id(system: str, thread: str, event: str) -> str:
    """The same for the same delivery, wherever and however often it is made; letters only.

    An outbox that was restored from yesterday's backup finds by it what was sent today.
    """
    name = f"{system}\n{thread}\n{event}".encode()
    return "msg" + base64.b32encode(hashlib.sha256(name).digest())[:26].decode().lower()


def draft_ticket(mapping: TicketMapping, subject: TicketSubject) -> TicketDraft:
    """Write the ticket of a report or a case."""
    named = delivery_id(mapping.name, subject.thread, TICKET)
    files = tuple(_files(mapping, subject))
    material = Material(
        report=subject.report,
        lang=subject.lang,
        delivery_id=named,
        case=subject.case,
        case_link=_case_link(mapping, subject.case),
        sha256={kind: file.sha256 for kind, file in files},
    )
    content = Content(
        delivery_id=named,
        lang=subject.lang,
        subject=_title(material),
        text=joined(_lines(mapping, material), named),
        fields=dict(_fields(mapping, material)),
        sources=mapping.field_sources,
        files=tuple(file for _, file in files),
    )
    content = within(content, mapping.largest_file_bytes)
    return TicketDraft(mapping.key, subject.thread, TICKET, DeliveryKind.TICKET, content)


def joined(lines: Iterator[str], named: str) -> str:
    """Put lines together, below the limit; the last names the delivery."""
    last, text = f"diagnose {named}", ""
    for line in lines:
        if len(text) + len(line) + len(last) + 2 > LONGEST_TEXT - 1:
            break
        text += line + "\n"
    return text + last


def line_of(words: str) -> str:
    """One line of a text: nothing in it is markup."""
    return inert(words, LONGEST_LINE)


def private_copy(report: Report) -> Report:
    """Leave out what the customer said; the digest holds without it, as on the page of a case."""
    intake = report.intake
    if not words_of(intake).has_words:
        return report
    if intake.seal:
        return report.model_copy(update={"intake": without_words(intake)})
    bare = without_words(sealed(intake, secrets.token_hex(32)))
    copy = report.model_copy(update={"intake": bare})
    return copy.model_copy(update={"digest": digest_of(copy)})


def report_file(report: Report, name: str) -> File:
    """A report as an attachment."""
    data = (report.model_dump_json(indent=2) + "\n").encode()
    return File(name, "application/json", data)


def _files(mapping: TicketMapping, subject: TicketSubject) -> Iterator[tuple[str, File]]:
    words = mapping.attach.words
    report = subject.report if words else private_copy(subject.report)
    if mapping.attach.report:
        yield "report", report_file(report, "report.json")
    if mapping.attach.page:
        record = Record()
        if subject.case:
            record = record_of(subject.case) if words else Record(case_id=subject.case.case_id)
        page = render_pdf(report, lang=subject.lang, record=record).sheet
        yield "page", File("report.pdf", "application/pdf", page)


def _case_link(mapping: TicketMapping, case: Case | None) -> str:
    return mapping.case_link.replace("{case}", case.case_id) if case else ""


def _title(material: Material) -> str:
    words = material.words
    number = material.case.case_id if material.case else material.report.report_id
    title = f"{device_name(material.report)}: {words(verdict_of(material.report))} – {number}"
    return inert(title, LONGEST_SUBJECT)


def _fields(mapping: TicketMapping, material: Material) -> Iterator[tuple[str, str]]:
    for name, rule in mapping.fields.items():
        if value := _value(rule, material):
            yield name, value


def _value(rule: FieldRule, material: Material) -> str:
    if rule.always:
        return rule.always
    value = SOURCES[rule.source].of(material)
    if rule.values:
        return rule.values.get(value, "")
    return value if rule.source == "case_link" else inert(value, LONGEST_FIELD)


def _lines(mapping: TicketMapping, material: Material) -> Iterator[str]:
    lines = _written(material)
    yield from (line_of(line) for line in lines if line)
    for source in mapping.summary:
        if value := SOURCES[source].of(material):
            yield line_of(f"{material.words(SOURCES[source].about)} – {value}")
    if material.case_link:
        yield material.case_link


def _written(material: Material) -> Iterator[str]:
    report, words = material.report, material.words
    device, covered = report.device, report.coverage
    system = f"{device.os} {device.os_version}".strip()
    yield ", ".join(filter(None, (device_name(report), system, device.serial_masked)))
    yield words(verdict_of(report)) + words.pick(
        f" ({covered.answered} of {covered.asked} tests gave an answer)",
        f"（{covered.asked} 项检测中 {covered.answered} 项有结果）",
    )
    if report.summary.ended.value != "complete":
        yield words(ENDED[report.summary.ended])
    if report.conclusion:
        yield words(report.conclusion.text)
    yield from _causes(report, words)
    yield from _untested(report, words)
    if report.quote:
        total = words.money(report.quote.total, report.quote.currency)
        yield words.pick(f"Quoted {total}", f"报价 {total}")
    if material.case:
        yield words.pick(f"Case {material.case.case_id}", f"工单 {material.case.case_id}")
    yield words.pick(f"Report {report.report_id}", f"报告 {report.report_id}")


def _causes(report: Report, words: PageWords) -> Iterator[str]:
    for fault in report.faults[:MOST_NAMED]:
        yield f"• {words(fault.title)} ({words(CONFIDENCES[fault.confidence])})"
    if (more := len(report.faults) - MOST_NAMED) > 0:
        yield words.pick(f"• and {more} more", f"• 另有 {more} 项")


def _untested(report: Report, words: PageWords) -> Iterator[str]:
    untested = report.coverage.untested
    if untested:
        named = [words(one.title) for one in untested[:MOST_NAMED]]
        more = len(untested) - len(named)
        rest = words.pick(f" and {more} more", f"等 {len(untested)} 项") if more > 0 else ""
        names = words.pick(", ", "、").join(named) + rest
        yield words(Text("Not tested", "未检测")) + " – " + names

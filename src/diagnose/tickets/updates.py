"""What happened to a case since its ticket was made: one note for each step that counts there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from diagnose.case.record.events import CaseEvent, Chain, EventKind
from diagnose.case.record.reading import read_case
from diagnose.model.case import Case
from diagnose.model.consent import Choice, Consent
from diagnose.model.text import Text
from diagnose.report.case_vocabulary import CHECK_VERDICTS, CHOICES, METHODS
from diagnose.report.changes import change_lines
from diagnose.report.wording import PageWords
from diagnose.tickets.content import Content, File
from diagnose.tickets.delivery import DeliveryKind, TicketDraft, case_thread
from diagnose.tickets.mapping import TicketMapping
from diagnose.tickets.writing import (
    delivery_id,
    joined,
    line_of,
    private_copy,
    report_file,
)

Lines = Callable[[Case, PageWords], Iterator[str]]

_CONSENT: Final = Text("Consent", "客户决定")
_WITHDRAWN: Final = Text("Consent withdrawn", "客户撤回同意")
_VOIDED: Final = Text("Consent void: what was shown has changed", "同意已失效：所示内容有变化")
_WORKED: Final = Text("Work done", "已完成维修")
_VERIFIED: Final = Text("Checked after the repair", "维修后复检")
_ACCEPTED: Final = Text("The customer tried it", "客户验收")
_CLOSED: Final = Text("Closed by the shop", "门店结案")


def draft_notes(
    mapping: TicketMapping, chain: Chain, lang: str, known: set[str]
) -> Iterator[TicketDraft]:
    """Write a note for every step that is not `known` yet, in the order they happened."""
    for place, event in enumerate(chain.events, start=1):
        name = f"{event.seq:06d}"
        if event.kind in _NOTES and name not in known:
            then = replace(chain, events=chain.events[:place], head=None)
            yield _note(mapping, read_case(then), event, lang, name)


def _note(
    mapping: TicketMapping, case: Case, event: CaseEvent, lang: str, name: str
) -> TicketDraft:
    thread = case_thread(case.case_id)
    named = delivery_id(mapping.name, thread, name)
    words = PageWords(lang, _tables(case))
    title, lines = _NOTES[event.kind]
    lines_of_note = [f"{words(title)}, {event.at:%Y-%m-%d %H:%M} UTC", *lines(case, words)]
    content = Content(
        delivery_id=named,
        lang=lang,
        subject=line_of(f"{words(title)} – {case.case_id}"),
        text=joined((line_of(line) for line in lines_of_note if line), named),
        files=tuple(_files(mapping, case, event)),
    )
    return TicketDraft(mapping.key, thread, name, DeliveryKind.NOTE, content)


def _tables(case: Case) -> Mapping[str, Mapping[str, str]]:
    """The words of the case and of its page in one table."""
    page = case.page.translations if case.page else {}
    return {
        lang: {**page.get(lang, {}), **case.translations.get(lang, {})}
        for lang in {*page, *case.translations}
    }


def _files(mapping: TicketMapping, case: Case, event: CaseEvent) -> Iterator[File]:
    if event.kind is EventKind.VERIFIED and case.after and mapping.attach.report:
        after = case.after if mapping.attach.words else private_copy(case.after)
        yield report_file(after, f"report-after-{event.seq}.json")


def _decision(case: Case, words: PageWords) -> Iterator[str]:
    consent = case.consents[-1].consent
    yield words(CHOICES[consent.choice])
    yield from _items(case, consent, words)
    if consent.choice is not Choice.REFUSE:
        agreed = words.money(consent.agreed_total, consent.currency)
        ceiling = words.money(consent.ceiling, consent.currency)
        yield words.pick(
            f"Agreed {agreed}, at most {ceiling}", f"同意金额 {agreed}，最高 {ceiling}"
        )
    yield words.pick(
        f"Given by {words(METHODS[consent.statement.method])}",
        f"方式 {words(METHODS[consent.statement.method])}",
    )


def _items(case: Case, consent: Consent, words: PageWords) -> Iterator[str]:
    quote = case.page.quote if case.page else None
    for decision in consent.decisions:
        item = quote.item(decision.code) if quote else None
        decisions = (
            words.pick("agreed", "同意") if decision.accepted else words.pick("declined", "不同意")
        )
        yield f"• {words(item.title) if item else decision.code} ({decisions})"


def _voided(case: Case, words: PageWords) -> Iterator[str]:
    quote = case.page.quote if case.page else None
    yield from change_lines(case.voidings[-1], quote, words)


def _worked(case: Case, words: PageWords) -> Iterator[str]:
    work = case.works[-1]
    for item in work.items:
        yield f"• {words(item.title)}"
    yield words.money(work.total, work.currency)


def _verified(case: Case, words: PageWords) -> Iterator[str]:
    if case.verification:
        yield words(CHECK_VERDICTS[case.verification.verdict])


def _accepted(case: Case, words: PageWords) -> Iterator[str]:
    if case.acceptance is None:
        return
    solved = case.acceptance.solved
    yield words.pick("Solved" if solved else "Not solved", "问题已解决" if solved else "问题未解决")
    outcomes = {True: words.pick("works", "正常"), False: words.pick("does not work", "不正常")}
    for test in case.acceptance.tests:
        tried = words.pick("not tried", "未试用") if test.passed is None else outcomes[test.passed]
        yield f"• {words(test.title)} ({tried})"


def _nothing(_case: Case, _words: PageWords) -> Iterator[str]:
    yield from ()


_NOTES: Final[Mapping[EventKind, tuple[Text, Lines]]] = {
    EventKind.CONSENTED: (_CONSENT, _decision),
    EventKind.REFUSED: (_CONSENT, _decision),
    EventKind.WITHDRAWN: (_WITHDRAWN, _nothing),
    EventKind.VOIDED: (_VOIDED, _voided),
    EventKind.WORKED: (_WORKED, _worked),
    EventKind.VERIFIED: (_VERIFIED, _verified),
    EventKind.ACCEPTED: (_ACCEPTED, _accepted),
    EventKind.CLOSED: (_CLOSED, _nothing),
}

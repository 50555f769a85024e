"""Into the outbox: a report, a case, and what happened to cases that have a ticket already."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from diagnose.case.record.events import Chain
from diagnose.case.record.reading import read_case
from diagnose.errors import CaseRefused, DiagnoseError, OutboxFull
from diagnose.model.report import Report
from diagnose.tickets.delivery import Delivery, Followed, TicketDraft
from diagnose.tickets.mapping import TicketMapping
from diagnose.tickets.outbox import Outbox
from diagnose.tickets.updates import draft_notes
from diagnose.tickets.writing import TICKET, TicketSubject, draft_ticket


def put_report(outbox: Outbox, mapping: TicketMapping, report: Report, lang: str) -> list[Delivery]:
    """Put the ticket of a report in. What was put in before is given as it is."""
    subject = TicketSubject(report, mapping.language or lang)
    return outbox.put([draft_ticket(mapping, subject)])


def put_case(
    outbox: Outbox, mapping: TicketMapping, chain: Chain, lang: str, *, anew: bool = True
) -> list[Delivery]:
    """Put the ticket of a case in, and a note for every step that is not there yet.

    With `anew` what waits or is dead is written anew. Raises `CaseRefused` where the case has no
    report yet.
    """
    case = read_case(chain)
    if case.page is None:
        raise CaseRefused(
            f"case {case.case_id} has no report yet",
            hint=f"diagnose case diagnose {case.case_id} --report DIR",
        )
    lang = mapping.language or lang
    subject = TicketSubject(case.page, lang, case)
    known = outbox.events(mapping.key, subject.thread, delivered=anew)
    drafts: list[TicketDraft] = [] if TICKET in known else [draft_ticket(mapping, subject)]
    drafts += draft_notes(mapping, chain, lang, known)
    followed = Followed(mapping.key, subject.thread, chain.events[-1].seq)
    return outbox.put(drafts, followed=followed)


def follow_cases(
    outbox: Outbox,
    mapping_of: Callable[[str], TicketMapping],
    chain_of: Callable[[str], Chain],
    lang: str,
) -> Iterator[tuple[str, DiagnoseError]]:
    """Put in what happened since to every case that has a ticket and went on.

    Gives the cases that could not be read, and why: one of them keeps no other back.
    """
    for system, case in outbox.behind():
        try:
            put_case(outbox, mapping_of(system), chain_of(case), lang, anew=False)
        except OutboxFull:
            raise
        except DiagnoseError as problem:
            yield case, problem

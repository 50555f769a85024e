"""The work: only what was agreed, at no more than was agreed, with the parts that were agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from decimal import Decimal

from diagnose.case.rules.billing import refuse_dearer
from diagnose.case.rules.decision import shown_quote
from diagnose.errors import CaseRefused, UnknownName
from diagnose.model.case import Case, RecordedConsent
from diagnose.model.consent import Choice
from diagnose.model.money import add_up
from diagnose.model.plain import dataclass
from diagnose.model.quote import PartCondition, QuoteItem
from diagnose.model.text import Text
from diagnose.model.work import FreeCare, Work, WorkItem

CARE = {
    "cleaning": Text("Cleaned outside", "机身清洁"),
    "port_cleaning": Text("Charging port and grilles cleaned", "充电口与听筒网清洁"),
    "film": Text("Protective film applied", "贴保护膜"),
    "disinfection": Text("Disinfected", "消毒"),
}
"""What is done without charge."""


@dataclass(frozen=True)
class Done:
    """What the engineer says he did. What he does not say is as the quote has it.

    `totals`, `serials`, `part_numbers` and `conditions` are by the code of the item.
    """

    items: tuple[str, ...]
    finished_at: datetime
    engineer: str = ""
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    serials: Mapping[str, str] = field(default_factory=dict)
    part_numbers: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, PartCondition] = field(default_factory=dict)
    care: tuple[str, ...] = ()
    old_parts_returned: bool | None = None
    note: str = ""


def record_work(case: Case, done: Done) -> Work:
    """Make the record of work that was done. Raises `CaseRefused` where it was not agreed."""
    standing = standing_consent(case)
    _, quote = shown_quote(case)
    work = Work(
        consent=standing.seq,
        items=tuple(_item(case, standing, code, done) for code in done.items),
        currency=quote.currency,
        care=tuple(_care(code) for code in done.care),
        engineer=done.engineer,
        finished_at=done.finished_at,
        note=done.note,
    )
    _refuse_strangers(done)
    _refuse_dearer(case, standing, work)
    return work


def standing_consent(case: Case) -> RecordedConsent:
    """Give the consent that stands and is about the page as it is. Raises `CaseRefused`."""
    standing = case.standing
    if standing is None or not standing.consent.accepted:
        raise CaseRefused(
            _why_none(case), hint=f"ask for it: diagnose case consent {case.case_id} --accept …"
        )
    page, _ = shown_quote(case)
    if standing.consent.report_digest != page.digest:
        raise CaseRefused("the consent is about another page than the one there is now")
    return standing


def _why_none(case: Case) -> str:
    if case.standing is not None:
        took_note = case.standing.consent.choice is Choice.ACKNOWLEDGE
        return "nothing was to be repaired" if took_note else "the customer refused the repair"
    if case.consents:
        return f"the customer's consent was {case.consents[-1].state}; it needs a new one"
    return "the customer has not agreed to anything yet"


def _item(case: Case, standing: RecordedConsent, code: str, done: Done) -> WorkItem:
    _, quote = shown_quote(case)
    quoted = quote.item(code)
    if quoted is None:
        raise UnknownName("item of the quote", code, [item.code for item in quote.items])
    if code not in standing.consent.accepted:
        raise CaseRefused(f"the customer declined {code}")
    earlier = [item.code for work in case.works for item in work.items]
    if code in earlier or done.items.count(code) > 1:
        raise CaseRefused(f"{code} is recorded as done already")
    _refuse_other_part(quoted, done)
    if not quoted.price_known and code not in done.totals:
        raise CaseRefused(
            f"{code}: its price was not known when it was agreed to",
            hint=f"say what it was: --total {code}=AMOUNT",
        )
    return WorkItem(
        code=code,
        title=quoted.title,
        cause=quoted.cause,
        part=quoted.part,
        data_risk=quoted.data_risk,
        total=done.totals.get(code, quoted.total),
        agreed=None if quoted.is_unbounded else quoted.total,
        price_was_open=not quoted.price_known,
        quantity=quoted.quantity,
        part_no=done.part_numbers.get(code, quoted.part_no),
        part_serial=done.serials.get(code, ""),
        part_condition=quoted.part_condition,
        labour_minutes=quoted.labour_minutes,
        old_part_returned=done.old_parts_returned if quoted.part_condition else None,
    )


def _refuse_other_part(quoted: QuoteItem, done: Done) -> None:
    condition = done.conditions.get(quoted.code, quoted.part_condition)
    number = done.part_numbers.get(quoted.code, quoted.part_no)
    if condition != quoted.part_condition or (quoted.part_no and number != quoted.part_no):
        raise CaseRefused(
            f"{quoted.code}: another part ({number}, {condition}) than was agreed"
            f" ({quoted.part_no}, {quoted.part_condition})",
            hint="make a new quote with that part, and ask again",
        )


def _refuse_strangers(done: Done) -> None:
    """A price or a serial number for an item that was not done is a slip of the keyboard."""
    named = {*done.totals, *done.serials, *done.part_numbers, *done.conditions}
    if strangers := sorted(named - {*done.items}):
        raise CaseRefused(f"said of an item that was not done: {', '.join(strangers)}")


def _refuse_dearer(case: Case, standing: RecordedConsent, work: Work) -> None:
    """Each item at no more than was agreed for it, and all that is done below the ceiling."""
    _, quote = shown_quote(case)
    before = [item for one in case.works for item in one.items]
    for place, item in enumerate(work.items):
        refuse_dearer(quote, standing.consent, (*before, *work.items[:place]), item)
    spent = add_up(one.total for one in case.works) + work.total
    if spent > standing.consent.ceiling:
        raise CaseRefused(
            f"that makes {spent} {work.currency}; the customer agreed to"
            f" {standing.consent.ceiling} at most",
            hint="make a new quote and ask again before it is charged",
        )


def _care(code: str) -> FreeCare:
    if code not in CARE:
        raise UnknownName("free care", code, CARE)
    return FreeCare(code=code, title=CARE[code])

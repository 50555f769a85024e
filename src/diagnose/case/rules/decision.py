"""Consent, refusal and withdrawal: what may be recorded as the customer's decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from datetime import UTC, datetime
from decimal import Decimal

from pydantic import ValidationError

from diagnose.case.rules.page import quote_digest
from diagnose.errors import CaseRefused, UnknownName
from diagnose.model.case import Case
from diagnose.model.consent import (
    Choice,
    Consent,
    DataHandling,
    ItemDecision,
    ShownDocuments,
    Statement,
    Withdrawal,
)
from diagnose.model.moment import day_text
from diagnose.model.money import add_up
from diagnose.model.plain import dataclass
from diagnose.model.quote import DataRisk, ItemKind, Quote
from diagnose.model.report import Report

ALL = "all"


@dataclass(frozen=True)
class CustomerAnswers:
    """What the customer says to the page. `all` stands for every item.

    `shown` is the digest of the page he looked at; None: the page as it is. `documents` are the
    sheet and the annex that were made of it (`documents_shown`).
    """

    accept: tuple[str, ...] = ()
    decline: tuple[str, ...] = ()
    ceiling: Decimal | None = None
    data: DataHandling = field(default_factory=DataHandling)
    reason: str = ""
    shown: str | None = None
    documents: ShownDocuments | None = None


def decide(case: Case, answers: CustomerAnswers, statement: Statement) -> Consent:
    """Make the consent (or the refusal). Raises `CaseRefused`, `UnknownName`."""
    page, quote = shown_quote(case)
    accepted = check_answers(case, answers, statement.at)
    total = add_up(item.total for item in quote.items if item.code in accepted)
    ceiling = _ceiling(quote, accepted, answers.ceiling)
    return Consent(
        choice=_choice(quote, accepted, answers),
        report_digest=page.digest,
        quote_digest=quote_digest(quote),
        decisions=tuple(
            ItemDecision(code=item.code, accepted=item.code in accepted)
            for item in (quote.items if accepted else quote.work_items)
        ),
        currency=quote.currency,
        agreed_total=total,
        ceiling=ceiling,
        data=answers.data,
        reason=answers.reason,
        shown=answers.documents,
        statement=statement,
    )


def check_answers(case: Case, answers: CustomerAnswers, at: datetime) -> frozenset[str]:
    """Give the codes of what is accepted. Raises `CaseRefused`, `UnknownName`.

    It is asked before the customer signs as well: a slip must not cost him his signature.
    """
    page, quote = shown_quote(case)
    if answers.shown not in (None, page.digest):
        raise CaseRefused(
            "the page was changed after the customer was shown it",
            hint=f"show it again: diagnose case show {case.case_id}",
        )
    accepted = _with_fee(quote, _accepted(quote, answers))
    _refuse_expired(quote, accepted, at)
    _refuse_unagreed_wipe(quote, accepted, answers.data)
    _refuse_unbounded(quote, accepted, answers.ceiling)
    total = add_up(item.total for item in quote.items if item.code in accepted)
    ceiling = _ceiling(quote, accepted, answers.ceiling)
    if total > ceiling:
        raise CaseRefused(
            f"the accepted items cost {total} {quote.currency}, the ceiling is {ceiling}",
            hint="accept fewer items, or agree on a higher --ceiling",
        )
    return accepted


def withdraw(case: Case, reason: str, statement: Statement) -> Withdrawal:
    """Take the consent that stands back. Raises `CaseRefused` where none does."""
    standing = case.standing
    if standing is None or not standing.consent.accepted:
        raise CaseRefused("no consent stands that could be withdrawn")
    return Withdrawal(consent=standing.seq, reason=reason, statement=statement)


def shown_quote(case: Case) -> tuple[Report, Quote]:
    """Give the page and the quote on it. Raises `CaseRefused` where there is none to agree to."""
    if case.page is None:
        raise CaseRefused(
            "the phone has not been diagnosed yet",
            hint=f"diagnose run --out DIR; diagnose case diagnose {case.case_id} --report DIR",
        )
    if case.page.quote is None:
        raise CaseRefused(
            "there is no quote to agree to", hint=f"diagnose case quote {case.case_id}"
        )
    return case.page, case.page.quote


def state(
    *, method: str, at: datetime, language: str, receiver: str, **details: object
) -> Statement:
    """Make a statement. Raises `CaseRefused` in plain words where something is missing."""
    try:
        return Statement.model_validate(
            {"method": method, "at": at, "language": language, "receiver": receiver, **details}
        )
    except ValidationError as problem:
        message = problem.errors()[0]["msg"].removeprefix("Value error, ")
        raise CaseRefused(
            message,
            hint="--method oral|signature|pin_pad|paper with --person, --phone, --scan, …",
        ) from problem


def _accepted(quote: Quote, answers: CustomerAnswers) -> frozenset[str]:
    codes = {item.code for item in quote.work_items}
    _refuse_declined_fee(quote, answers)
    accept, decline = _spelled(codes, answers.accept), _spelled(codes, answers.decline)
    if ALL in answers.accept and ALL not in answers.decline:
        accept -= decline
    if ALL in answers.decline and ALL not in answers.accept:
        decline -= accept
    if both := accept & decline:
        raise CaseRefused(f"both accepted and declined: {', '.join(sorted(both))}")
    if open_ := codes - accept - decline:
        raise CaseRefused(
            f"not decided: {', '.join(sorted(open_))}",
            hint="name each item with --accept or --decline; all stands for the rest",
        )
    return accept


def _refuse_declined_fee(quote: Quote, answers: CustomerAnswers) -> None:
    for item in quote.items:
        if item.kind is ItemKind.FEE and item.code in answers.decline:
            raise CaseRefused(
                f"{item.code} is no decision: the customer was told before, and it is due",
                hint="decide about the other items; all stands for them",
            )


def _with_fee(quote: Quote, accepted: frozenset[str]) -> frozenset[str]:
    """What is agreed to, with the fee that goes with it; a refusal agrees to nothing."""
    fees = (item.code for item in quote.items if item.kind is ItemKind.FEE)
    return accepted.union(fees) if accepted else accepted


def _spelled(codes: Collection[str], typed: tuple[str, ...]) -> frozenset[str]:
    for code in typed:
        if code not in codes and code != ALL:
            raise UnknownName("item of the quote", code, codes)
    return frozenset(codes) if ALL in typed else frozenset(typed)


def _refuse_expired(quote: Quote, accepted: Collection[str], at: datetime) -> None:
    # The day ends where the shop is; where nobody said where that is, the later date counts.
    zone = quote.shop.time_zone
    today = day_text(at, zone) if zone else min(at.date(), at.astimezone(UTC).date())
    if accepted and today > quote.valid_until:
        raise CaseRefused(
            f"the quote was valid until {quote.valid_until}", hint="make a new one: case quote"
        )


def _refuse_unbounded(quote: Quote, accepted: Collection[str], ceiling: Decimal | None) -> None:
    open_ = [item.code for item in quote.items if item.code in accepted and item.is_unbounded]
    if open_ and ceiling is None:
        raise CaseRefused(
            f"{', '.join(open_)} has no price and no maximum yet: nobody can agree to that",
            hint="ask the customer for the most he pays: --ceiling AMOUNT",
        )


def _refuse_unagreed_wipe(quote: Quote, accepted: Collection[str], data: DataHandling) -> None:
    erasing = [
        item.code
        for item in quote.items
        if item.code in accepted and item.data_risk is DataRisk.ERASES
    ]
    if erasing and data.wipe_agreed is not True:
        raise CaseRefused(
            f"{', '.join(erasing)} erases the data on the phone, and that was not agreed to",
            hint="ask the customer; then add --wipe-agreed",
        )


def _ceiling(quote: Quote, accepted: Collection[str], named: Decimal | None) -> Decimal:
    """The most the customer pays: what the accepted items come to, and no more.

    A higher one that he names counts only where an item has no maximum of its own.
    """
    agreed = [item for item in quote.items if item.code in accepted]
    total = add_up(item.total for item in agreed)
    if named is None or not agreed:
        return total
    return named if any(item.is_unbounded for item in agreed) else min(named, total)


def _choice(quote: Quote, accepted: Collection[str], answers: CustomerAnswers) -> Choice:
    if not accepted:
        took_note = not quote.work_items and ALL in answers.accept
        return Choice.ACKNOWLEDGE if took_note else Choice.REFUSE
    return Choice.ACCEPT if len(accepted) == len(quote.items) else Choice.PARTIAL


def torn_items(quote: Quote, accepted: Collection[str]) -> tuple[str, ...]:
    """Items that were not accepted though another of the same step was.

    A part without its labour, or the reverse: it may be meant so, and should be said aloud.
    """
    begun = {item.action for item in quote.items if item.action and item.code in accepted}
    return tuple(
        item.code for item in quote.items if item.action in begun and item.code not in accepted
    )

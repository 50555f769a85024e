"""What may be charged, and what is: every amount follows from what was agreed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from diagnose.errors import CaseRefused
from diagnose.model.bill import Bill, Charge, ChargeState
from diagnose.model.case import Case
from diagnose.model.consent import Consent
from diagnose.model.money import add_up
from diagnose.model.quote import ItemKind, Quote, QuoteItem
from diagnose.model.text import Text
from diagnose.model.work import WorkItem

FEE = Text("Diagnosis", "检测费")


def bill_of(case: Case) -> Bill | None:
    """Say what is charged, item by item; None while nothing is: undecided, or still to be done."""
    quote = case.page.quote if case.page else None
    consent = case.standing.consent if case.standing else None
    ended = case.works or case.closing or (consent and not consent.accepted)
    if quote is None or not ended or not (consent or case.works):
        return None
    done = [item for work in case.works for item in work.items]
    charges = (*map(_done, done), *_left(quote, consent, done), *_fee(quote, consent, done))
    fee = sum((one.charged for one in charges if one.state is ChargeState.FEE), Decimal(0))
    return Bill(
        currency=quote.currency,
        charges=charges,
        agreed=consent.ceiling if consent and consent.accepted else fee,
    )


def _done(item: WorkItem) -> Charge:
    return Charge(
        code=item.code,
        title=item.title,
        state=ChargeState.DONE,
        agreed=item.agreed,
        is_open=item.price_was_open,
        charged=item.total,
    )


def _left(quote: Quote, consent: Consent | None, done: Sequence[WorkItem]) -> Iterator[Charge]:
    """What was offered and not done: declined, or agreed to and left out."""
    seen = {item.code for item in done}
    accepted = consent.accepted if consent else ()
    for item in quote.work_items:
        if item.code in seen:
            continue
        agreed = item.code in accepted
        yield Charge(
            code=item.code,
            title=item.title,
            state=ChargeState.NOT_DONE if agreed else ChargeState.DECLINED,
            agreed=item.total if agreed and not item.is_unbounded else None,
            is_open=not item.price_known,
        )


def _fee(quote: Quote, consent: Consent | None, done: Sequence[WorkItem]) -> Iterator[Charge]:
    """The fee for the diagnosis: an item of its own, or due only where nothing else is charged."""
    fees = [item for item in quote.items if item.kind is ItemKind.FEE]
    seen = {item.code for item in done}
    for item in fees:
        if item.code not in seen:
            yield _charged_fee(item.code, item.title, item.total)
    nothing_agreed = consent is not None and not consent.accepted
    if not fees and nothing_agreed and not done and (due := quote.diagnosis_fee.amount):
        yield _charged_fee("diagnosis-fee", FEE, due)


def _charged_fee(code: str, title: Text, amount: Decimal) -> Charge:
    return Charge(code=code, title=title, state=ChargeState.FEE, agreed=amount, charged=amount)


def refuse_dearer(
    quote: Quote, consent: Consent, earlier: Sequence[WorkItem], item: WorkItem
) -> None:
    """Hold a price to what was agreed.

    A known price is fixed; an open one stays below its own maximum; what has neither stays below
    what the ceiling leaves after everything else that was agreed to, done or not. Raises
    `CaseRefused`.
    """
    quoted = quote.item(item.code)
    if quoted is None:
        return
    if quoted.is_unbounded:
        _refuse_above_rest(quote, consent, earlier, item)
    elif item.total > quoted.total:
        fixed = "the price is fixed" if quoted.price_known else "its maximum was agreed"
        raise CaseRefused(
            f"{item.code}: {fixed} at {quoted.total} {quote.currency}, not {item.total}",
            hint="make a new quote and ask again before more is charged",
        )


def _refuse_above_rest(
    quote: Quote, consent: Consent, earlier: Sequence[WorkItem], item: WorkItem
) -> None:
    agreed = [one for one in quote.items if one.code in consent.accepted]
    spent = add_up(one.total for one in earlier if _is_unbounded(quote.item(one.code)))
    rest = consent.ceiling - add_up(one.total for one in agreed) - spent
    if item.total > rest:
        raise CaseRefused(
            f"{item.code}: {item.total} {quote.currency}; of the {consent.ceiling} that the"
            f" customer agreed to at most, {rest} are left for it",
            hint="make a new quote and ask again before more is charged",
        )


def _is_unbounded(item: QuoteItem | None) -> bool:
    return item is not None and item.is_unbounded

"""Quotes: concluded causes and a shop's price book in, an exact estimate out. Pure.

A quote takes every preparing step of a cause's repair and the first step that is none; what comes
after that needs a new quote. Amounts are rounded item by item, by the rule the price book names,
and sums are sums of what is printed.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from diagnose.case.rules import payers
from diagnose.case.rules.steps import RepairStep, mild_steps, only_if_not, repair_steps
from diagnose.errors import UnknownName
from diagnose.knowledge.prices import Offer, PriceBook
from diagnose.knowledge.probes import measures_known
from diagnose.model.fault import Confidence, Fault
from diagnose.model.money import add_up, rounded
from diagnose.model.plain import dataclass
from diagnose.model.quote import (
    Alternative,
    AlternativeKind,
    DataRisk,
    DiagnosisFee,
    ItemKind,
    Quote,
    QuoteItem,
)
from diagnose.model.report import Report
from diagnose.model.text import Text

_NAMESPACE = uuid.UUID("6b4f5c0e-0a0e-4f53-9c39-6f2f4a2f3d11")
_MINUTES_PER_HOUR = Decimal(60)

_WHOLE = Text("Repair as proposed", "按建议维修")
_PARTLY = Text("Only the first cause, without further diagnosis", "仅处理首要原因，不做进一步诊断")
_FIRST_STEP = Text("If the first step helps", "若第一步即可解决")
_REST_NOT_CHARGED = Text(
    "What would come after it is not done and not charged.", "后续步骤不再进行，也不收费。"
)
_DECLINE = Text("No repair", "不维修")
# Where no cause is certain, nobody has shown that there is a fault.
_STAYS = Text("What was found stays as it is.", "检测发现的情况将继续存在。")
_REST_STAYS = Text("What is left out stays as it is.", "未处理的部分将继续存在。")
_FURTHER = Text("Further diagnosis of possible causes", "对可能原因的进一步诊断")
_FEE = Text("Diagnosis", "检测费")
_LOCKED = Text(
    "The phone is locked to its owner's account: after this work it cannot be used without that "
    "account. Have the owner remove the account first.",
    "手机已锁定在机主账号下：此项维修后，没有该账号将无法使用手机。请先由机主移除账号。",
)
_NOTHING = Text("No repair is proposed.", "无维修建议。")


@cache
def _owner_locks() -> frozenset[str]:
    return frozenset(name for name, spec in measures_known().items() if spec.is_owner_lock)


@dataclass(frozen=True)
class _Desk:
    """The report and the prices it is quoted with."""

    report: Report
    book: PriceBook

    def coin(self, amount: Decimal) -> Decimal:
        """Round an amount to the currency's coin, by the book's rule."""
        return rounded(amount, self.book.currency, self.book.rounding.rule)

    def charged(self, item: QuoteItem) -> QuoteItem:
        """Give an item as the customer is charged it: nothing where the maker pays this shop."""
        pays = payers.warranty_pays(self.report, self.book)
        return payers.paid_by_warranty(item) if pays else item

    @property
    def is_locked(self) -> bool:
        """Whether the phone says that factory reset protection is on."""
        measurements = (m for result in self.report.results for m in result.measurements)
        return any(
            m.value is True and not m.simulated and m.id in _owner_locks() for m in measurements
        )

    def both(self, text: Text) -> Text:
        """Give a text with its Chinese wording, which a report read from JSON has in its table."""
        return Text(text.en, text.zh or self.report.translations.get("zh-CN", {}).get(text.en, ""))


def make_quote(
    report: Report,
    price_book: PriceBook,
    *,
    now: datetime,
    causes: Collection[str] | None = None,
    fee_told_before: bool = False,
) -> Quote:
    """Work out what the repair costs.

    `causes` are the codes of the faults to be repaired; without them those that are likely or
    certain. A diagnosis fee is charged only where the customer was told before. Raises
    `UnknownName` for a cause that the report does not name.
    """
    desk = _Desk(report, price_book)
    chosen = _chosen(report.faults, causes)
    others = [fault for fault in report.faults if fault not in chosen]
    steps, mild = _steps(chosen, others, price_book)
    repair = [item for step in steps if step.offer for item in _items(step, step.offer, desk)]
    again = list(_retest(desk))
    further = _further(desk, others, first=[*again, *(step.action.title.text for step in mild)])
    items = (
        *(_retest_item(desk, title) for title in again),
        *map(desk.charged, (*repair, *further)),
        *_fee_item(desk, told=fee_told_before),
    )
    return Quote(
        quote_id=_identity(report, price_book, chosen, now),
        made_at=now,
        valid_until=now.date() + timedelta(days=price_book.validity_days),
        items=items,
        alternatives=_alternatives(desk, items, chosen, fee_told=fee_told_before),
        ready_on=_ready_on(steps, report, now) if repair else None,
        diagnosis_fee=_diagnosis_fee(desk, told=fee_told_before),
        defect=_defect(desk),
        cause=_joined(desk, (fault.title for fault in chosen)),
        repair=_joined(desk, (step.action.title.text for step in steps if step.offer)) or _NOTHING,
        who_pays=payers.who_pays(report, price_book),
        additional=tuple(_additional(desk, steps, items)),
        **_sums(items),
        **_terms(price_book),
    )


def _sums(items: Sequence[QuoteItem]) -> dict[str, Any]:
    total = add_up(item.total for item in items)
    return {
        "net": add_up(item.net for item in items),
        "tax": add_up(item.tax for item in items),
        "total": total,
        "max_total": total,
        "time_needed_minutes": sum(item.labour_minutes for item in items) or None,
    }


def _terms(book: PriceBook) -> dict[str, Any]:
    """What the shop offers everybody, as its price book has it."""
    return {
        "shop": book.shop,
        "currency": book.currency,
        "price_method": book.price_method.text,
        "temporary_phone": book.temporary_phone,
        "place_of_handover": book.place_of_handover,
        "price_book": book.reference,
    }


def _steps(
    chosen: Sequence[Fault], others: Sequence[Fault], price_book: PriceBook
) -> tuple[list[RepairStep], list[RepairStep]]:
    """All steps, what is mild and free before the rest; and the mild ones among them."""
    sure = list(repair_steps(chosen, price_book))
    mild = list(mild_steps(others, price_book, [step.action.code for step in sure]))
    steps = sorted([*sure, *mild], key=lambda step: not (step in mild and _is_free(step)))
    return steps, mild


def _diagnosis_fee(desk: _Desk, *, told: bool) -> DiagnosisFee:
    return DiagnosisFee(amount=_due_fee(desk, told=told), told_before=told)


def _chosen(faults: Sequence[Fault], causes: Collection[str] | None) -> tuple[Fault, ...]:
    if causes is None:
        return tuple(f for f in faults if f.confidence is not Confidence.POSSIBLE)
    known = {fault.code for fault in faults}
    for code in causes:
        if code not in known:
            raise UnknownName("cause of this report", code, known)
    return tuple(fault for fault in faults if fault.code in causes)


def _is_free(step: RepairStep) -> bool:
    """What costs nothing comes before everything that does."""
    return step.offer is not None and step.offer.free


def _items(step: RepairStep, offer: Offer, desk: _Desk) -> Iterator[QuoteItem]:
    if _has_labour(offer):
        yield _labour(step, offer, desk)
    if step.action.part:
        yield _part(step, offer, desk)


def _has_labour(offer: Offer) -> bool:
    return bool(offer.labour_minutes or offer.free)


def _warning(step: RepairStep, desk: _Desk) -> Text | None:
    """A lock outlives a wipe and another board: he who cannot open it has paid for nothing."""
    action = step.action
    asks_again = action.data_risk is DataRisk.ERASES or action.part == "mainboard"
    return _LOCKED if asks_again and desk.is_locked else None


def _labour(step: RepairStep, offer: Offer, desk: _Desk) -> QuoteItem:
    code = step.action.code
    item = _work(desk, code, step.action.title.text, offer.labour_minutes)
    return item.model_copy(
        update={
            "cause": step.fault.code,
            "action": code,
            "data_risk": step.action.data_risk,
            "warning": _warning(step, desk),
            "only_if": step.only_if,
            "warranty_days": desk.book.warranty_days,
        }
    )


def _work(desk: _Desk, code: str, title: Text, minutes: int) -> QuoteItem:
    rate = desk.book.labour_rate_per_hour
    net = desk.coin(rate * minutes / _MINUTES_PER_HOUR)
    return _priced(
        desk,
        QuoteItem(
            code=code,
            title=title,
            kind=ItemKind.LABOUR,
            unit_price=net,
            net=net,
            total=net,
            labour_minutes=minutes,
        ),
    )


def _part(step: RepairStep, offer: Offer, desk: _Desk) -> QuoteItem:
    """The part; where its price is not known, the most it may cost stands in its place."""
    known = offer.part_for(desk.report.profile.id)
    unknown = offer.unknown_part
    price = known.unit_price if known else unknown.max_price if unknown else Decimal(0)
    quantity = known.quantity if known else Decimal(1)
    condition = known.condition if known else unknown.condition if unknown else None
    warranty = known.warranty_days if known else None
    net = desk.coin(price * quantity)
    title = step.action.part_title or step.action.title
    return _priced(
        desk,
        QuoteItem(
            code=f"{step.action.code}.part",
            title=Text(f"Part: {title.en}", f"配件：{title.zh}"),
            kind=ItemKind.PART,
            cause=step.fault.code,
            action=step.action.code,
            part=step.action.part,
            part_no=known.part_no if known else "",
            part_condition=condition,
            quantity=quantity,
            unit_price=price,
            price_known=known is not None,
            net=net,
            total=net,
            data_risk=step.action.data_risk,
            warning=None if _has_labour(offer) else _warning(step, desk),
            only_if=step.only_if,
            warranty_days=desk.book.warranty_days if warranty is None else warranty,
        ),
    )


def _priced(desk: _Desk, item: QuoteItem) -> QuoteItem:
    """Put the tax on an item."""
    rate = desk.book.tax_rate
    tax = desk.coin(item.net * rate)
    return item.model_copy(update={"tax_rate": rate, "tax": tax, "total": item.net + tax})


def _further(desk: _Desk, open_ones: Sequence[Fault], first: Sequence[Text]) -> Iterator[QuoteItem]:
    """Possible causes are not repaired on a guess: settling them is an item of its own.

    It costs; what costs nothing or less, and may settle them too, comes first.
    """
    minutes = desk.book.diagnosis.further_minutes
    if minutes and open_ones:
        item = _work(desk, "further-diagnosis", _FURTHER, minutes)
        yield item.model_copy(update={"only_if": only_if_not(first)}) if first else item


def _retest(desk: _Desk) -> Iterator[Text]:
    """Where most could not be tested, testing again is the first thing to do, and costs nothing."""
    covered = desk.report.coverage
    missing = covered.asked - covered.answered
    if 2 * covered.answered < covered.asked:
        yield Text(
            f"Test again: {missing} of {covered.asked} points could not be tested",
            f"重新检测：{covered.asked} 项中有 {missing} 项未能检测",
        )


def _retest_item(desk: _Desk, title: Text) -> QuoteItem:
    return _work(desk, "test-again", title, 0)


def _fee_item(desk: _Desk, *, told: bool) -> Iterator[QuoteItem]:
    """The fee as an item, unless the repair's price takes it in."""
    diagnosis = desk.book.diagnosis
    if told and diagnosis.fee and not diagnosis.credited:
        net = desk.coin(diagnosis.fee)
        yield _priced(
            desk,
            QuoteItem(
                code="diagnosis-fee",
                title=_FEE,
                kind=ItemKind.FEE,
                unit_price=net,
                net=net,
                total=net,
            ),
        )


def _alternatives(
    desk: _Desk, items: Sequence[QuoteItem], chosen: Sequence[Fault], *, fee_told: bool
) -> tuple[Alternative, ...]:
    """Repair, partial and decline side by side, each with its price and what follows."""
    fees = [item for item in items if item.kind is ItemKind.FEE]
    declined = add_up(item.total for item in fees) or _due_fee(desk, told=fee_told)
    consequence = next((f.consequence for f in chosen if f.consequence), None)
    decline = Alternative(
        kind=AlternativeKind.DECLINE,
        title=_DECLINE,
        items=tuple(item.code for item in fees),
        total=declined,
        consequence=desk.both(consequence) if consequence else _STAYS,
    )
    if len(items) == len(fees):
        return (decline,)
    whole = _alternative(AlternativeKind.REPAIR, _WHOLE, items)
    sure = [item for item in items if item.only_if is None]
    step = _alternative(AlternativeKind.FIRST_STEP, _FIRST_STEP, sure, _REST_NOT_CHARGED)
    first = [i for i in items if i in fees or (chosen and i.cause == chosen[0].code)]
    part = _alternative(AlternativeKind.PARTIAL, _PARTLY, first, _REST_STAYS)
    between = [way for way in (step, part) if len(fees) < len(way.items) < len(items)]
    return (whole, *between, decline)


def _due_fee(desk: _Desk, *, told: bool) -> Decimal:
    """The fee with its tax; a credited one falls due only where nothing is repaired."""
    return desk.book.fee if told else Decimal(0)


def _alternative(
    kind: AlternativeKind, title: Text, items: Sequence[QuoteItem], then: Text | None = None
) -> Alternative:
    return Alternative(
        kind=kind,
        title=title,
        items=tuple(item.code for item in items),
        total=add_up(item.total for item in items),
        consequence=then,
    )


def _ready_on(steps: Iterable[RepairStep], report: Report, now: datetime) -> date:
    """The day by which the slowest part is there."""
    waits = [0]
    for step in steps:
        if step.offer and step.action.part:
            known = step.offer.part_for(report.profile.id)
            unknown = step.offer.unknown_part
            waits.append(known.delivery_days if known else unknown.delivery_days if unknown else 0)
    return now.date() + timedelta(days=max(waits))


def _defect(desk: _Desk) -> Text | None:
    """What was found; the customer's own words stay in the intake, where they can be erased."""
    return _joined(desk, (_found(fault, desk) for fault in desk.report.faults[:3]))


def _found(fault: Fault, desk: _Desk) -> Text:
    """Name a fault; one that is only possible is not written down as found."""
    title = desk.both(fault.title)
    if fault.confidence is not Confidence.POSSIBLE:
        return title
    return Text(f"{title.en} (possible)", f"{title.zh or title.en}（有可能）")


def _joined(desk: _Desk, texts: Iterable[Text]) -> Text | None:
    found = [desk.both(text) for text in texts]
    if not found:
        return None
    return Text("; ".join(t.en for t in found), "；".join(t.zh or t.en for t in found))


def _additional(
    desk: _Desk, steps: Sequence[RepairStep], items: Sequence[QuoteItem]
) -> Iterator[Text]:
    """What a customer must know besides: open prices, free work, what this shop does not do."""
    for item in items:
        if not item.price_known:
            name = item.title
            yield Text(
                f"Price not yet known, the amount is the most: {name.en}",
                f"价格待询，所列金额为上限：{name.zh}",
            )
    for step in steps:
        name = step.action.title.text
        if step.offer is None:
            yield Text(f"This shop does not offer: {name.en}", f"本店不提供：{name.zh}")
        elif step.offer.free:
            yield Text(f"Without charge: {name.en}", f"免费：{name.zh}")
    yield from (entry.text for entry in desk.book.additional)


def _identity(report: Report, book: PriceBook, chosen: Iterable[Fault], now: datetime) -> str:
    """The same report, prices, causes and time give the same number."""
    of = [report.digest, book.reference.sha256, *(f.code for f in chosen), now.isoformat()]
    return str(uuid.uuid5(_NAMESPACE, "/".join(of)))

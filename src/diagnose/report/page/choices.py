"""The ways to go on, side by side: each step with its price, and one maximum for all of it.

A step is what the customer decides about: the work and the part it needs are one price here. The
annex has them apart, with tax and part number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diagnose.model.money import add_up
from diagnose.model.quote import (
    Alternative,
    AlternativeKind,
    DataRisk,
    ItemKind,
    Quote,
    QuoteItem,
)
from diagnose.report.page.model import PageChoice, Row
from diagnose.report.page.plan import time_needed
from diagnose.report.phrase import Phrase, Speaker
from diagnose.report.vocabulary import DATA_RISKS, PART_CONDITIONS, WAYS
from diagnose.report.wording import PageWords

_RISKS = (DataRisk.NONE, DataRisk.LOW, DataRisk.ERASES)
_RISK_TONES = {DataRisk.NONE: "", DataRisk.LOW: "", DataRisk.ERASES: "fail"}


def choices(quote: Quote | None, say: Speaker) -> tuple[PageChoice, ...]:
    """The alternatives of a quote; nothing where there is none."""
    if quote is None:
        return ()
    return tuple(_choice(way, quote, say) for way in quote.alternatives)


def _choice(way: Alternative, quote: Quote, say: Speaker) -> PageChoice:
    items = [item for code in way.items if (item := quote.item(code))]
    return PageChoice(
        title=say(way.title if way.title.en else WAYS[way.kind]),
        steps=tuple(_step(step, quote, say) for step in _steps(items)),
        most=say.each(lambda words: _most(way, items, quote, words)),
        facts=_facts(way, items, quote, say),
        otherwise=say(way.consequence) if way.consequence else (),
    )


def _steps(items: Iterable[QuoteItem]) -> list[list[QuoteItem]]:
    """Work and part of one action belong together."""
    found: dict[str, list[QuoteItem]] = {}
    for item in items:
        found.setdefault(item.action or item.code, []).append(item)
    return list(found.values())


def _step(items: Sequence[QuoteItem], quote: Quote, say: Speaker) -> Row:
    named = next((item for item in items if item.kind is not ItemKind.PART), items[0])
    part = next((item.part_condition for item in items if item.part_condition), None)
    risk = max((item.data_risk for item in items), key=_RISKS.index)

    def in_words(words: PageWords) -> str:
        with_part = words(PART_CONDITIONS[part]) if part else ""
        erases = words(DATA_RISKS[risk]) if risk is DataRisk.ERASES else ""
        needed = words.pick("only if the step before does not help", "仅在前一步无效时")
        needed = needed if any(item.only_if for item in items) else ""
        more = words.pick(", ", "，").join(filter(None, (with_part, erases, needed)))
        return words(named.title) + (words.pick(f" ({more})", f"（{more}）") if more else "")

    return Row(
        say.each(in_words), say.each(lambda words: _price(items, quote, words)), _RISK_TONES[risk]
    )


def _price(items: Sequence[QuoteItem], quote: Quote, words: PageWords) -> str:
    """What a step costs; where a price of it is open, the most it may cost."""
    if any(item.is_unbounded for item in items):
        return words.pick("price to be asked", "价格待询")
    total = add_up(item.total for item in items)
    if not total:
        return words.pick("free", "免费")
    price = words.money(total, quote.currency)
    fixed = all(item.price_known for item in items)
    return price if fixed else words.pick(f"at most {price}", f"最高 {price}")


def _most(way: Alternative, items: Sequence[QuoteItem], quote: Quote, words: PageWords) -> str:
    if any(item.is_unbounded for item in items):
        return words.pick("not yet known: you name the most", "待询：由您约定上限")
    price = words.money(way.total, quote.currency)
    fixed = all(item.price_known for item in items)
    return price if fixed else words.pick(f"at most {price}", f"最高 {price}")


def _facts(
    way: Alternative, items: Sequence[QuoteItem], quote: Quote, say: Speaker
) -> tuple[Row, ...]:
    """Time, warranty and data of one way."""
    if way.kind is AlternativeKind.DECLINE:
        return ()
    risk = max((item.data_risk for item in items), key=_RISKS.index, default=DataRisk.NONE)
    rows = (
        Row(say.pair("Time", "用时"), _time(way, items, quote, say)),
        Row(say.pair("Warranty", "保修"), _warranty(items, say)),
        Row(say.pair("Your data", "您的数据"), say(DATA_RISKS[risk]), _RISK_TONES[risk]),
    )
    return tuple(row for row in rows if row.value)


def _time(way: Alternative, items: Sequence[QuoteItem], quote: Quote, say: Speaker) -> Phrase:
    if way.kind is AlternativeKind.REPAIR:
        return time_needed(quote, say)
    minutes = sum(item.labour_minutes for item in items)
    return say.each(lambda words: words.duration(minutes)) if minutes else ()


def _warranty(items: Sequence[QuoteItem], say: Speaker) -> Phrase:
    days = sorted({item.warranty_days for item in items if item.warranty_days})
    if not days:
        return ()
    span = f"{days[0]}–{days[-1]}" if len(days) > 1 else f"{days[0]}"
    return say.pair(f"{span} days", f"{span} 天")

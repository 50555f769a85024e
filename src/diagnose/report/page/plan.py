"""The plan: work, parts, time, price and risk to data, from the quote alone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from diagnose.model.quote import Alternative, AlternativeKind, DataRisk, Quote, QuoteItem
from diagnose.model.report import Report
from diagnose.report import money
from diagnose.report.page.model import Item, PagePlan, PageWay, Row
from diagnose.report.phrase import Phrase, Speaker, plain
from diagnose.report.vocabulary import DATA_RISKS, ITEM_KINDS, PART_CONDITIONS, WAYS
from diagnose.report.wording import PageWords

if TYPE_CHECKING:
    from diagnose.model.consent import Consent

_RISK_TONES = {DataRisk.NONE: "", DataRisk.LOW: "attention", DataRisk.ERASES: "fail"}


def plan(report: Report, say: Speaker, consent: Consent | None = None) -> PagePlan | None:
    """The plan of the report's quote, where it has one; `consent` is what was agreed of it."""
    quote = report.quote
    if quote is None:
        return None
    return PagePlan(
        items=tuple(_item(item, quote, say) for item in quote.items),
        sums=_sums(quote, say),
        facts=_facts(quote, say),
        data_risk=_data_risk(quote, say),
        data_is_at_risk=any(item.data_risk is not DataRisk.NONE for item in quote.items),
        ways=tuple(
            PageWay(
                title=say(alternative.title if alternative.title.en else WAYS[alternative.kind]),
                items=tuple(
                    say(item.title) for code in alternative.items if (item := quote.item(code))
                ),
                total=_way_total(alternative, quote, say),
                consequence=say(alternative.consequence) if alternative.consequence else (),
            )
            for alternative in quote.alternatives
        ),
        terms=_terms(quote, consent, say),
        has_tax=any(item.tax for item in quote.items),
        has_time=bool(time_needed(quote, say)),
    )


def amount_of(amount: Decimal, quote: Quote, say: Speaker) -> Phrase:
    """Say an amount in the quote's currency."""
    return say.each(lambda words: words.money(amount, quote.currency))


def price(quote: Quote, say: Speaker) -> Phrase:
    """The total, or the most it can become where a price is open."""
    return say.each(lambda words: money.total_text(quote, words))


def time_needed(quote: Quote, say: Speaker) -> Phrase:
    """How long the work takes, and when the phone is ready."""
    minutes, ready = quote.time_needed_minutes, quote.ready_on
    if minutes is None and ready is None:
        return ()
    return say.each(
        lambda words: words.pick(", ", "，").join(
            part
            for part in (
                words.duration(minutes) if minutes is not None else "",
                words.pick(f"ready on {ready}", f"{ready} 可取机") if ready else "",
            )
            if part
        )
    )


def temporary_phone(quote: Quote, say: Speaker) -> Phrase:
    """Whether the customer gets a phone meanwhile."""
    offered = quote.temporary_phone
    if not offered.offered:
        return say.pair("no", "不提供")
    if not offered.price:
        return say.pair("yes, free of charge", "提供，免费")
    cost = offered.price
    return say.each(
        lambda words: f"{words.pick('yes', '提供')}, {words.money(cost, quote.currency)}"
    )


def _item(item: QuoteItem, quote: Quote, say: Speaker) -> Item:
    return Item(
        title=say(item.title),
        details=tuple(detail for detail in _details(item, say) if detail),
        quantity=f"{item.quantity.normalize():f}",
        unit_price=_amount(item, item.unit_price, quote, say),
        tax=_amount(item, item.tax, quote, say),
        total=_amount(item, item.total, quote, say),
        data_risk=say(DATA_RISKS[item.data_risk]),
        risk=_RISK_TONES[item.data_risk],
        unpriced=_unpriced(item, quote, say),
        warning=say(item.warning) if item.warning else (),
        only_if=say(item.only_if) if item.only_if else (),
    )


def _way_total(way: Alternative, quote: Quote, say: Speaker) -> Phrase:
    """What a way to go on costs; where it has an open price, that this is not all that is known."""
    items = [item for item in quote.open_items if item.code in way.items]
    if not items:
        return amount_of(way.total, quote, say)
    unbounded = any(item.is_unbounded for item in items)
    en, zh = ("from", "起") if unbounded else ("at most", "")
    return say.each(
        lambda words: words.pick(
            f"{en} {words.money(way.total, quote.currency)}",
            f"{'' if zh else '最高 '}{words.money(way.total, quote.currency)}{zh}",
        )
    )


def _amount(item: QuoteItem, amount: Decimal, quote: Quote, say: Speaker) -> Phrase:
    """An amount of an item; where its price is not known, the most it may be."""
    if item.price_known:
        return amount_of(amount, quote, say)
    if item.is_unbounded:
        return say.pair("not known", "待询")
    return say.each(
        lambda words: words.pick(
            f"at most {words.money(amount, quote.currency)}",
            f"最高 {words.money(amount, quote.currency)}",
        )
    )


def _unpriced(item: QuoteItem, quote: Quote, say: Speaker) -> Phrase:
    """Say plainly that a price is not known, the most it may be, and how it is worked out."""
    if item.price_known:
        return ()

    def in_words(words: PageWords) -> str:
        most = words.money(item.total, quote.currency)
        en = "no maximum is named" if item.is_unbounded else f"at most {most} with tax"
        zh = "未列上限" if item.is_unbounded else f"含税最高 {most}"
        method = words(quote.price_method) if quote.price_method else ""
        start = words.pick(f"Price not yet known: {en}.", f"价格待询：{zh}。")
        return f"{start} {words.pick('How it is worked out', '计价方式')}: {method}"

    return say.each(in_words)


def _details(item: QuoteItem, say: Speaker) -> tuple[Phrase, ...]:
    condition = item.part_condition
    return (
        say(PART_CONDITIONS[condition]) if condition else say(ITEM_KINDS[item.kind]),
        plain(item.part_no),
        say.each(lambda words: words.duration(item.labour_minutes)) if item.labour_minutes else (),
        say.pair(f"{item.warranty_days} days warranty", f"保修 {item.warranty_days} 天")
        if item.warranty_days
        else (),
    )


def _sums(quote: Quote, say: Speaker) -> tuple[Row, ...]:
    rows = []
    if quote.tax:
        rows.append(Row(say.pair("Without tax", "不含税"), amount_of(quote.net, quote, say)))
        rows.append(Row(say.pair("Tax", "税额"), amount_of(quote.tax, quote, say)))
    open_ = quote.open_items
    if any(item.is_unbounded for item in open_):
        known = say.pair("Total of what is known", "已知项目合计")
        return (*rows, Row(known, amount_of(quote.total, quote, say), "total"))
    title = say.pair("Total, open prices at their most", "合计（待询价格按上限计）")
    title = title if open_ else say.pair("Total", "合计")
    return (*rows, Row(title, amount_of(quote.total, quote, say), "total"))


def _facts(quote: Quote, say: Speaker) -> tuple[Row, ...]:
    charged = say.each(lambda words: money.fee_text(quote, words))
    rows = (
        (say.pair("Time needed", "所需时间"), time_needed(quote, say)),
        (say.pair("Offer valid until", "报价有效期至"), plain(quote.valid_until.isoformat())),
        (say.pair("Fee for this diagnosis", "检测费"), charged),
        (say.pair("Phone to use meanwhile", "备用机"), temporary_phone(quote, say)),
        (say.pair("Repair shop", "维修商"), plain(quote.shop.name)),
    )
    return tuple(Row(label, value) for label, value in rows if value)


def _data_risk(quote: Quote, say: Speaker) -> Phrase:
    worst = {item.data_risk for item in quote.items}
    if DataRisk.ERASES in worst:
        return say.pair(
            "Part of this work ERASES the data on the phone. Make a backup before you agree.",
            "部分维修将清除手机数据。同意前请先备份。",
        )
    if DataRisk.LOW in worst:
        return say.pair(
            "This work does not erase data, but a backup before it is wise.",
            "维修不会清除数据，但建议事先备份。",
        )
    return say.pair("This work does not touch your data.", "维修不影响您的数据。")


def _terms(quote: Quote, consent: Consent | None, say: Speaker) -> tuple[Phrase, ...]:
    """What holds of the offer; of one he has decided about, what still does."""
    if not quote.work_items or (consent and not consent.accepted):
        return ()  # nothing is repaired: no price, no warranty, no choice
    choice = say.pair("You may accept or decline each item.", "您可以逐项同意或拒绝。")
    terms = [
        *([say(quote.who_pays)] if quote.who_pays else []),
        *([] if consent else [choice]),
        say.each(lambda words: money.promise(quote, words, consent)),
    ]
    if consent is None and any(way.kind is AlternativeKind.DECLINE for way in quote.alternatives):
        terms.append(say.each(lambda words: money.declining_text(quote, words)))
    if quote.price_method and quote.open_items:
        terms.append(say(quote.price_method))
    return (*terms, *(say(text) for text in quote.additional))

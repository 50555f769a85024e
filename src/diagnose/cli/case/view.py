"""How a case is shown at the counter: on the terminal, and as JSON without private values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from diagnose.case.rules.billing import bill_of
from diagnose.cli.case.words import STAGES, closing_line, decision_line, intake_lines
from diagnose.cli.json_output import print_json
from diagnose.model.bill import Bill
from diagnose.model.case import Case
from diagnose.model.moment import day_text
from diagnose.model.quote import Quote, QuoteItem
from diagnose.report.case_vocabulary import CHECK_VERDICTS
from diagnose.report.changes import change_lines
from diagnose.report.columns import cells, wrap
from diagnose.report.money import charge_text, declining_text, promise
from diagnose.report.vocabulary import CONFIDENCES, DATA_RISKS, PART_CONDITIONS
from diagnose.report.wording import PageWords
from diagnose.text import printable

if TYPE_CHECKING:
    from diagnose.model.consent import Consent, Voiding
    from diagnose.model.verification import Verification

_LINE = 79
_HEAVY = {"page", "before", "after"}


def document(case: Case, *, with_private: bool = False, whole: bool = False) -> dict[str, Any]:
    """Write a case as JSON; private values and the reports only where they were asked for."""
    body = case.model_dump(mode="json", exclude=None if whole else _HEAVY)
    body["page_digest"] = case.page.digest if case.page else None
    body["quote"] = (
        case.page.quote.model_dump(mode="json") if case.page and case.page.quote else None
    )
    return body if with_private else _without_private(body)


def _without_private(value: Any) -> Any:
    if isinstance(value, dict):
        private = {"contact": None, "identifiers": None, "signer": None, "witness": ""}
        return {k: private[k] if k in private else _without_private(v) for k, v in value.items()}
    return [_without_private(item) for item in value] if isinstance(value, list) else value


def show(case: Case, *, lang: str, as_json: bool) -> None:
    """Show what came of a command."""
    if as_json:
        print_json(document(case))
        return
    for line in lines(case, lang):
        click.echo(line)


def lines(case: Case, lang: str) -> Iterable[str]:
    """Write a case for a person: what was said, found, agreed, done and accepted."""
    words = words_of(case, lang)
    yield f"{case.case_id}  {words(STAGES[case.stage])}"
    complaint = printable(case.intake.complaint, 500) or "–"
    yield f"  {words.pick('complaint: ', '客户描述：')}{complaint}"
    if case.intake.symptoms:
        named = words.listed(_symptoms(case, words))
        yield f"  {words.pick('symptoms: ', '故障现象：')}{named}"
    yield from intake_lines(case.intake, words)
    if case.shop:
        shop = printable(case.shop.name) + words.aside(case.shop.country)
        yield f"  {words.pick('shop: ', '门店：')}{shop}"
        if case.shop.fee and not (case.page and case.page.quote):
            told = case.shop.fee_told
            fee = words.money(case.shop.fee, case.shop.currency)
            text = words.pick("told", "已告知") if told else words.pick("not told", "未告知")
            yield f"  {words.pick('diagnosis fee: ', '检测费：')}{fee}{words.aside(text)}"
    if case.page:
        device = case.page.device
        name = printable(f"{device.marketing_name or device.model} {device.serial_masked}")
        yield f"  {words.pick('phone: ', '手机：')}{name}"
        for fault in case.page.faults:
            sure = words(CONFIDENCES[fault.confidence])
            yield f"  {words.pick('cause: ', '原因：')}{words(fault.title)}{words.aside(sure)}"
        if case.page.quote:
            standing = case.standing.consent if case.standing else None
            yield from quote_lines(case.page.quote, words, standing)
        yield f"  {words.pick('page: ', '报告校验码：')}{case.page.digest}"
    yield from _later(case, words)
    yield f"  {words.pick('private data: ', '个人信息：')}{private_line(case, words)}"


def private_line(case: Case, words: PageWords) -> str:
    """Say how long private data are kept, or that they are gone."""
    zone = case.shop.time_zone if case.shop else ""
    if case.erasure and not case.private_values:
        day, by_rule = day_text(case.erasure.at, zone), case.erasure.by_rule
        return words.pick(
            f"erased on {day}{' by the retention rule' if by_rule else ''}",
            f"已于 {day} {'按保存期限' if by_rule else ''}删除",
        )
    if case.kept_until:
        day = day_text(case.kept_until, zone)
        return words.pick(f"kept until {day}", f"保存至 {day}")
    rule_ = case.retention
    return words.pick(
        f"kept for {rule_.days} days after the case ends"
        f" ({rule_.days_without_work} if nothing is repaired)",
        f"结案后保存 {rule_.days} 天（未维修则 {rule_.days_without_work} 天）",
    )


def _symptoms(case: Case, words: PageWords) -> Iterable[str]:
    """Name the symptoms; a code of another catalogue stays as it is."""
    from diagnose.cli.case.symptoms import symptom_titles

    titles = symptom_titles()
    return (words(titles[code]) if code in titles else code for code in case.intake.symptoms)


def _later(case: Case, words: PageWords) -> Iterable[str]:
    for one in case.consents:
        yield f"  {words.pick('decision', '客户决定')} {one.seq}: {decision_line(one, words)}"
    for work in case.works:
        done = words.pick("; ", "；").join(words(item.title) for item in work.items)
        total = words.money(work.total, work.currency)
        yield f"  {words.pick('work: ', '维修：')}{done} {total}"
    if case.verification:
        yield from check_lines(case.verification, words)
    if bill := bill_of(case):
        yield from bill_lines(bill, words)
    if case.acceptance:
        if case.acceptance.verdict is None:
            yield from check_lines(None, words, case.acceptance.unchecked)
        solved = words.pick("yes", "是") if case.acceptance.solved else words.pick("no", "否")
        yield f"  {words.pick('solved, says the customer: ', '客户确认已解决：')}{solved}"
    if case.closing:
        yield f"  {words.pick('closed by the shop: ', '门店结案：')}{closing_line(case, words)}"


def check_lines(check: Verification | None, words: PageWords, why_not: str = "") -> Iterable[str]:
    """Say what the check after the repair showed, or that there was none."""
    title = words.pick("check after the repair", "维修后检测")
    if check is None:
        text = words.pick("none", "未做") + (f": {words(why_not)}" if why_not else "")
        yield f"  {title}: {text}"
        return
    yield f"  {title}: {words(CHECK_VERDICTS[check.verdict])}"
    yield from (f"    {words(reason)}" for reason in check.reasons)


def bill_lines(bill: Bill, words: PageWords) -> Iterable[str]:
    """Write what is charged, item by item, against what was agreed."""
    yield f"  {words.pick('to pay: ', '应付：')}{words.money(bill.total, bill.currency)}"
    for charge in bill.charges:
        yield f"    {words(charge.title)}: {charge_text(charge, bill, words)}"


def quote_lines(quote: Quote, words: PageWords, consent: Consent | None = None) -> Iterable[str]:
    """Write a quote: each item with its price, then what it comes to.

    Of one he has decided about (`consent`) only what still holds is promised.
    """
    width = max([20, *(len(item.code) for item in quote.items)])
    for item in quote.items:
        yield from _item_lines(item, quote, width, words)
    total = words.pick("total", "合计")
    if quote.open_items:
        total = words.pick("total, open prices at their most", "合计（待询价格按上限计）")
    if quote.most is None:
        total = words.pick("total of what is known", "已知项目合计")
    sums = f"{total} {words.money(quote.total, quote.currency)}"
    yield f"  {sums}; {words.pick('valid until', '有效期至')} {quote.valid_until}"
    if quote.who_pays:
        yield from (f"  {line}" for line in wrap(words(quote.who_pays), _LINE - 2))
    promised = [promise(quote, words, consent)] if consent is None or consent.accepted else []
    promised += [declining_text(quote, words)] if consent is None else []
    for sentence in promised if quote.work_items else ():
        yield from (f"  {line}" for line in wrap(sentence, _LINE - 2))
    if quote.price_method and any(not item.price_known for item in quote.items):
        title = words.pick("how prices are worked out", "计价方式")
        text = f"{title}: {words(quote.price_method)}"
        yield from (f"  {line}" for line in wrap(text, _LINE - 2))


def _item_lines(item: QuoteItem, quote: Quote, width: int, words: PageWords) -> Iterable[str]:
    """One item with its price, and everything that must be known of it."""
    cost = price_of(item, quote, words)
    room = max(_LINE - 3 - width - cells(cost), 20)
    first, *more = wrap(_item_title(item, words), room - 1) or [""]
    gap = " " * (room - cells(first))
    yield f"  {printable(item.code):<{width}} {first}{gap}{cost}"
    yield from (f"  {'':<{width}} {line}" for line in more)
    if not item.price_known:
        yield f"    {_open_price(item, quote, words)}"
    if item.only_if:
        yield from (f"    {line}" for line in wrap(words(item.only_if), _LINE - 4))
    if item.warning:
        yield from (f"    {line}" for line in wrap(f"! {words(item.warning)}", _LINE - 4))


def price_of(item: QuoteItem, quote: Quote, words: PageWords) -> str:
    """Write what an item costs: `≤` where its price is open, `?` where no maximum is named."""
    if item.is_unbounded:
        return "?"
    return f"{'' if item.price_known else '≤ '}{words.money(item.total, quote.currency)}"


def _item_title(item: QuoteItem, words: PageWords) -> str:
    """Name an item: a part with its condition and number, and what it does to the data."""
    about = [words(PART_CONDITIONS[item.part_condition])] if item.part_condition else []
    about += [printable(item.part_no)] if item.part_no else []
    risk = f" ! {words(DATA_RISKS[item.data_risk])}" if item.data_risk != "none" else ""
    named = f" [{', '.join(about)}]" if about else ""
    return f"{words(item.title)}{named}{risk}"


def _open_price(item: QuoteItem, quote: Quote, words: PageWords) -> str:
    if item.is_unbounded:
        return words.pick("price not yet known, no maximum is named", "价格待询，未列上限")
    return words.pick(
        f"price not yet known, at most {words.money(item.total, quote.currency)}",
        f"价格待询，最高 {words.money(item.total, quote.currency)}",
    )


def voiding_lines(voiding: Voiding, quote: Quote | None, words: PageWords) -> Iterable[str]:
    """Say why a consent no longer holds."""
    yield words.pick(
        f"consent {voiding.consent} no longer holds: what was shown has changed",
        f"同意书 {voiding.consent} 已失效：所示内容有变化",
    )
    yield from (f"  {line}" for line in change_lines(voiding, quote, words))


def words_of(case: Case, lang: str) -> PageWords:
    """The words of a case: of its page, and of what was added later."""
    table = {**case.translations}
    if case.page:
        for language, texts in case.page.translations.items():
            table[language] = {**texts, **table.get(language, {})}
    return PageWords(lang, table)

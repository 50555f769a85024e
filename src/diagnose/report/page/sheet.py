"""The sheet: what a customer is shown and signs, front and back of one A4.

It decides what is said and in which order. What has no room is counted, and stands in the annex.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report import money
from diagnose.report.page import app, choices, found, front, happened, head, plan
from diagnose.report.page.model import PagePlan, PageStep, Row, Sheet
from diagnose.report.phrase import Phrase, Speaker
from diagnose.report.record import Record, zone_of
from diagnose.report.wording import PageWords

TITLE = Text("Phone diagnosis report", "手机检测报告")
_MOST_COMPARED = 8


@dataclass(frozen=True)
class SheetSpace:
    """How much of each kind the sheet holds."""

    found: int
    causes: int
    advice: int
    names: int


SPACES = (
    SheetSpace(6, 4, 3, 40),
    SheetSpace(5, 3, 2, 16),
    SheetSpace(4, 2, 1, 8),
    SheetSpace(3, 1, 0, 5),
    SheetSpace(2, 0, 0, 3),
)
"""From the most to the least: a rendering takes the first that fits the paper."""


def build_sheet(
    report: Report,
    *,
    lang: str,
    annex_digest: str,
    record: Record | None = None,
    room: SheetSpace = SPACES[0],
) -> Sheet:
    """Put a report into the words of its sheet. `lang` is `zh-CN`, `en` or `both`."""
    record = record or Record()
    say = Speaker(report, lang, record.translations, zone_of(report, record))
    things, more_found = found.found(report, room.found, say)
    causes, more_causes = found.causes(report, room.causes, say)
    offer = plan.plan(report, say, record.consent)
    decided = record.consent is not None
    return Sheet(
        head=head.head(report, record, TITLE, say),
        facts=front.identity(report, say),
        complaint=front.complaint(report, say),
        answers=front.answers(report, say),
        verdict=front.verdict(report, say),
        found=things,
        more_found=more_found,
        causes=causes,
        more_causes=more_causes,
        choices=() if decided else choices.choices(report.quote, say),
        offer=() if decided or offer is None else _without_time(offer),
        data_risk=offer.data_risk if offer and not decided else (),
        data_is_at_risk=bool(offer and offer.data_is_at_risk),
        terms=offer.terms if offer else (),
        limits=_limits(report, room, say),
        steps=tuple(map(_short, happened.steps(report, record, say))),
        app=app.app_fit(report, say),
        advice=head.advice(report, say)[: room.advice],
        statements=(*_statements(report, record, say), *_kept(record, say)),
        sign_lines=_sign_lines(report, record, say),
        annex_digest=annex_digest,
        code=head.code(report, record, say),
    )


def _without_time(offer: PagePlan) -> tuple[Row, ...]:
    """The time stands with each choice already."""
    return offer.facts[1:] if offer.has_time else offer.facts


def _limits(report: Report, room: SheetSpace, say: Speaker) -> tuple[Row, ...]:
    """What was not tested, and what no answer of a phone tells: neither is called normal."""
    untested = [one.title for one in report.coverage.untested]
    beyond = [one.title for one in report.untestable]
    rows = (
        (say.pair("Not tested", "未检测"), _names(untested, room.names, say)),
        (
            say.pair("Only a person can test", "只能人工试用"),
            _names(beyond, room.names, say),
        ),
    )
    return tuple(Row(label, value, "not_run") for label, value in rows if value)


def _names(titles: list[Text], most: int, say: Speaker) -> Phrase:
    def in_words(words: PageWords) -> str:
        named = words.pick("; ", "；").join(words(title) for title in titles[:most])
        more = len(titles) - most
        if more <= 0:
            return named
        return named + words.pick(
            f" and {more} more, in the annex", f" 等 {len(titles)} 项，见附件"
        )

    return say.each(in_words) if titles else ()


def _short(step: PageStep) -> PageStep:
    """A step of the case without its long tables: what is not as it was is said, line by line."""
    rows = tuple(
        Row(
            row.title,
            row.note or _arrow(row.before, row.after),
            row.note_tone if row.note else row.mark_after.tone if row.mark_after else "",
        )
        for table in step.tables
        for row in table.rows[:_MOST_COMPARED]
        if row.after
    )
    return replace(step, tables=(), rows=(*step.rows, *rows))


def _arrow(before: Phrase, after: Phrase) -> Phrase:
    if len(before) != len(after):
        return after
    return tuple(
        replace(new, text=f"{old.text} → {new.text}")
        for old, new in zip(before, after, strict=True)
    )


def _statements(report: Report, record: Record, say: Speaker) -> tuple[Phrase, ...]:
    fee = record.shop.fee_due if record.shop else Decimal(0)
    before = say.each(lambda words: money.before_consent_text(report.quote, words, fee))
    return (
        say.pair(
            "This report says what was tested on the date above, and nothing beyond that.",
            "本报告仅说明上述时间所检测的内容。",
        ),
        *([] if record.consent else [before]),  # he has decided: it is about what was
    )


def _kept(record: Record, say: Speaker) -> tuple[Phrase, ...]:
    """How long this shop keeps what leads to the customer: he is told before he signs."""
    rule = record.retention
    if rule is None:
        return ()
    if record.erased_on:
        day = record.erased_on
        gone = f"Name, contact, IMEI, signatures and free text were erased on {day}."
        return (say.pair(gone, f"姓名、联系方式、IMEI、签名和自由文字已于 {day} 删除。"),)
    until = record.kept_until
    en = f"until {until}" if until else f"for {rule.days} days after this case ends"
    zh = f"保存至 {until}" if until else f"在结案后保存 {rule.days} 天"
    if not until and rule.days_without_work != rule.days:
        en += f" ({rule.days_without_work} days if nothing is repaired)"
        zh += f"（未维修则 {rule.days_without_work} 天）"

    def in_words(words: PageWords) -> str:
        why = words(rule.reason) + (words.aside(rule.source) if rule.source else "")
        return words.pick(
            f"Your name, contact, IMEI, signature and words are kept {en} and then erased: {why}.",
            f"您的姓名、联系方式、IMEI、签名和描述{zh}，到期删除：{why}。",
        )

    return (say.each(in_words),)


def _sign_lines(report: Report, record: Record, say: Speaker) -> tuple[Phrase, ...]:
    """Where he signs; what was signed already stands with its step."""
    decided = record.consent is not None
    if record.acceptance or record.closing or (decided and not record.works):
        return ()
    if report.quote is None and not decided:
        return ()
    first = (
        say.pair("Customer: tried, and taken back", "客户签字（已试用并取回）")
        if decided
        else say.pair(
            "Customer: my choice is ticked above, the terms follow",
            "客户签字（方案已勾选，条款见下）",
        )
    )
    return (first, say.pair("Date", "日期"), say.pair("Taken by", "经办人"))

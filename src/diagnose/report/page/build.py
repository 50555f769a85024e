"""The page of a report: the one place that decides what a customer is told, in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report import money
from diagnose.report.page import app, brief, causes, forms, front, glance, plan, steps, technical
from diagnose.report.page.labels import labels
from diagnose.report.page.model import Page, Picture
from diagnose.report.phrase import Phrase, Speaker, flat
from diagnose.report.record import Record
from diagnose.report.selection import TELLING
from diagnose.report.wording import Words
from diagnose.text import printable


def build_page(report: Report, *, lang: str, record: Record | None = None) -> Page:
    """Put a report into words. `lang` is `zh-CN`, `en` or `both`."""
    record = record or Record()
    say = Speaker(report, lang, record.translations)
    device = report.device
    name = device.marketing_name or f"{device.brand} {device.model}".strip()
    return Page(
        lang=say.languages[0],
        bilingual=len(say.languages) > 1,
        title=f"{flat(say.pair('Phone diagnosis report', '手机检测报告'))}: {flat(say(name))}",
        number=re.sub(r"[^\w.-]", "", report.report_id)[:80],  # it stands in the style sheet too
        date=report.created_at.strftime("%Y-%m-%d %H:%M UTC"),
        station=flat(say(report.station)),
        banner=_banner(say) if device.simulated else (),
        name=flat(say(name)) or flat(say.pair("Unknown phone", "未知手机")),
        facts=front.facts(report, say),
        complaint=front.complaint(report, say),
        verdict=front.verdict(report, say),
        tiles=glance.tiles(report, say),
        brief=brief.brief(report, say),
        findings=front.findings(report, say),
        causes=causes.causes(report, say),
        ruled_out=causes.ruled_out(report, say),
        plan=plan.plan(report, say, record.consent),
        steps=(*front.complaint_in_full(report, say), *steps.steps(report, record, say)),
        app=app.app_fit(report, say),
        advice=_advice(report, say),
        statements=(*_statements(report, say), *_kept(record, say)),
        areas=front.areas(report, say),
        untested=front.untested(report, say),
        battery_facts=glance.battery_facts(report, say),
        forms=forms.forms(report, record, say),
        details=technical.details(report, say),
        receipt=technical.receipt(report, say),
        provenance=technical.provenance(report, say),
        words=labels(say),
        case=printable(record.case_id, 64),
        code=_code(report, record, say),
    )


def _code(report: Report, record: Record, say: Speaker) -> Picture | None:
    """Draw the number of the case and the digest of its page, to be scanned."""
    if not record.case_id:
        return None
    from diagnose.report.barcode import code_text, draw_code

    text = code_text(printable(record.case_id, 64), report.digest)
    return Picture(draw_code(text), flat(say.pair(f"QR code: {text}", f"二维码：{text}")))


def _banner(say: Speaker) -> Phrase:
    return say.pair(
        "Virtual or emulated phone: this page is not for customers.",
        "虚拟或模拟手机：本报告不得用于客户。",
    )


def _advice(report: Report, say: Speaker) -> tuple[Phrase, ...]:
    """How to care for the phone, and what was remarked where nothing was found."""
    remarked: Iterator[tuple[Text, Text]] = (
        (found.text, found.advice)
        for result in report.results
        if result.outcome not in TELLING
        for found in result.findings
        if found.advice
    )
    return (
        *(say(text) for text in report.advice),
        *(say.each(partial(_in_one, texts)) for texts in remarked),
    )


def _in_one(texts: tuple[Text, ...], words: Words) -> str:
    """Several sentences in one line: Chinese ones need no space between them."""
    return words.pick(" ", "").join(map(words, texts))


def _statements(report: Report, say: Speaker) -> tuple[Phrase, ...]:
    said = [
        say.pair(
            "This report says what was tested on the date above, and nothing beyond that.",
            "本报告仅说明上述时间所检测的内容。",
        )
    ]
    if not report.coverage.complete:
        said.append(
            say.pair("What was not tested may still be faulty.", "未检测的项目仍可能存在故障。")
        )
    said.append(say.each(lambda words: money.before_consent_said(report.quote, words)))
    return tuple(said)


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
    source = f" ({rule.source})" if rule.source else ""
    return (
        say.each(
            lambda words: words.pick(
                f"Your name, contact, IMEI, signature and words are kept {en} and then erased: "
                f"{words(rule.reason)}{source}.",
                f"您的姓名、联系方式、IMEI、签名和描述{zh}，到期删除：{words(rule.reason)}{source}。",
            )
        ),
    )

"""What stands on top of both documents, and what both say at their end."""

from __future__ import annotations

import re
from functools import partial

from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report.barcode import code_text, draw_code
from diagnose.report.findings import remarks
from diagnose.report.page.labels import labels
from diagnose.report.page.model import Document, Picture
from diagnose.report.phrase import Phrase, Speaker, flat
from diagnose.report.record import Record
from diagnose.report.wording import PageWords
from diagnose.text import printable


def head(report: Report, record: Record, title: Text, say: Speaker) -> Document:
    """Which report of which phone it is, when and where it was made."""
    device = report.device
    name = device.marketing_name or f"{device.brand} {device.model}".strip()
    return Document(
        lang=say.languages[0],
        bilingual=len(say.languages) > 1,
        title=f"{flat(say(title))}: {flat(say(name))}",
        number=re.sub(r"[^\w.-]", "", report.report_id)[:80],  # it stands in the style sheet too
        date=flat(say.moment(report.created_at)),
        station=flat(say(report.station)),
        banner=_banner(say) if device.simulated else (),
        name=flat(say(name)) or flat(say.pair("Unknown phone", "未知手机")),
        digest=report.digest,
        words=labels(say),
        case=printable(record.case_id, 64),
    )


def code(report: Report, record: Record, say: Speaker) -> Picture:
    """Draw what is scanned: the number of the case or the report, and the digest."""
    number = printable(record.case_id or report.report_id, 64)
    text = code_text(number, report.digest, of_case=bool(record.case_id))
    return Picture(draw_code(text), flat(say.pair(f"QR code: {text}", f"二维码：{text}")))


def advice(report: Report, say: Speaker) -> tuple[Phrase, ...]:
    """How to care for the phone, and what was remarked where nothing was found."""
    remarked = ((one.text, one.advice) for one in remarks(report) if one.advice)
    return (
        *(say(text) for text in report.advice),
        *(say.each(partial(_in_one, texts)) for texts in remarked),
    )


def _in_one(texts: tuple[Text, ...], words: PageWords) -> str:
    """Several sentences in one line: Chinese ones need no space between them."""
    return words.pick(" ", "").join(map(words, texts))


def _banner(say: Speaker) -> Phrase:
    return say.pair(
        "Virtual or emulated phone: this page is not for customers.",
        "虚拟或模拟手机：本报告不得用于客户。",
    )

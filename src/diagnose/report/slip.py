"""Slips of 62 mm: the label that goes onto the phone, and the receipt the customer takes along.

The label names nobody: initials, the phone and the number of the case are enough at a shelf.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from diagnose.model.bill import Bill
from diagnose.model.case import Case
from diagnose.model.moment import moment_text
from diagnose.model.plain import dataclass
from diagnose.report.barcode import code_text, draw_code
from diagnose.report.columns import cut
from diagnose.report.wording import PageWords
from diagnose.text import printable


@dataclass(frozen=True)
class Slip:
    """What a slip says, in one language. `made_at` is the case's own time, not this computer's."""

    lang: str
    title: str
    number: str
    rows: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    code: str
    made_at: datetime


def initials(name: str) -> str:
    """Short for a person: letters of an alphabet name, the first sign of a Chinese one."""
    parts = printable(name, 60).split()
    if not parts:
        return ""
    if not parts[0].isascii() and len(parts) == 1:
        return parts[0][0] + "*"
    return "".join(f"{part[0].upper()}." for part in parts[:2])


def label(case: Case, words: PageWords) -> Slip:
    """The label for the phone."""
    rows = (
        (words.pick("Phone", "手机"), _phone(case)),
        (words.pick("Customer", "客户"), initials(case.contact.name if case.contact else "")),
        (words.pick("Handed in", "送修"), _opened(case)),
        (words.pick("Complaint", "故障"), cut(printable(case.intake.complaint, 80), 44)),
        (words.pick("Accessories", "附件"), _listed(case.intake.accessories, words)),
    )
    return _slip(case, words.pick("Repair", "维修"), rows, (), words)


def receipt(case: Case, words: PageWords, bill: Bill | None = None) -> Slip:
    """The receipt the customer takes along: what he handed over, what it costs, who has it."""
    shop = case.page.quote.shop if case.page and case.page.quote else None
    name = shop.name if shop else case.shop.name if case.shop else ""
    rows = (
        (words.pick("Shop", "门店"), printable(name, 80)),
        (words.pick("Address", "地址"), printable(shop.address, 120) if shop else ""),
        (words.pick("Telephone", "电话"), printable(shop.phone, 40) if shop else ""),
        (words.pick("Handed in", "送修时间"), _opened(case)),
        (words.pick("Phone", "手机"), _phone(case)),
        (words.pick("Complaint", "客户描述"), printable(case.intake.complaint, 300)),
        (words.pick("Condition", "外观"), _listed(case.intake.condition, words)),
        (words.pick("Accessories", "附件"), _listed(case.intake.accessories, words)),
        *_money(case, bill, words),
    )
    keep = case.retention
    lines = (
        words.pick(
            "Keep this slip: the phone is given back against it.", "请妥善保管，凭此单取机。"
        ),
        words.pick(
            f"Your data are kept for {keep.days} days after the case ends, then erased.",
            f"您的信息在结案后保存 {keep.days} 天，到期删除。",
        ),
    )
    return _slip(case, words.pick("Receipt", "收件凭证"), rows, lines, words)


def _money(case: Case, bill: Bill | None, words: PageWords) -> Iterable[tuple[str, str]]:
    """The fee he was told, what he agreed to, what is to pay; each only where there is one."""
    if case.shop and case.shop.fee_due and not (case.page and case.page.quote):
        fee = words.money(case.shop.fee_due, case.shop.currency)
        only = words.pick(" if nothing is repaired", "（仅在不维修时）")
        yield words.pick("Diagnosis", "检测费"), fee + only * case.shop.fee_credited
    consent = case.standing.consent if case.standing else None
    if consent and consent.accepted:
        quote = case.page.quote if case.page else None
        is_open = any(item.code in consent.accepted for item in (quote.open_items if quote else ()))
        title = words.pick("Agreed", "约定金额")
        title += words.pick(", at most", "（上限）") * is_open
        yield title, words.money(consent.ceiling, consent.currency)
    if bill:
        yield words.pick("To pay", "应付"), words.money(bill.total, bill.currency)


def _slip(
    case: Case,
    title: str,
    rows: Iterable[tuple[str, str]],
    lines: tuple[str, ...],
    words: PageWords,
) -> Slip:
    digest = case.page.digest if case.page else ""
    text = code_text(case.case_id, digest) if digest else f"CASE {case.case_id}"
    return Slip(
        lang=words.lang,
        title=title,
        number=case.case_id,
        rows=tuple((name, value) for name, value in rows if value),
        lines=lines,
        code=draw_code(text),
        made_at=case.last_at,
    )


def _phone(case: Case) -> str:
    device = case.page.device if case.page else None
    if device is None:
        return ""
    return printable(f"{device.marketing_name or device.model} {device.serial_masked}".strip(), 60)


def _opened(case: Case) -> str:
    return moment_text(case.opened_at, case.shop.time_zone if case.shop else "")


def _listed(texts: tuple[str, ...], words: PageWords) -> str:
    return words.pick(", ", "、").join(printable(text, 80) for text in texts)


def render_slip(slip: Slip) -> bytes:
    """Set a slip as PDF: 62 mm wide, as long as it is."""
    import typst

    from diagnose.report.pdf import fit, template, where

    rendered = fit(asdict(slip) | {"code": "", "made_at": ""})
    made: bytes = typst.compile(
        template("slip"),
        sys_inputs={"slip": json.dumps(rendered, ensure_ascii=False), "code": slip.code},
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        timestamp=int(slip.made_at.timestamp()),
        **where(),
    )
    return made

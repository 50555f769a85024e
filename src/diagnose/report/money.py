"""Every sentence about money, in one place: page, terminal and paper say the same.

A known price is fixed. An open one is charged at what it really is, never above the most that was
named for it. What neither price nor maximum is known of is charged under the ceiling the customer
names, or not at all.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from diagnose.model.quote import ItemKind, Quote
from diagnose.report.wording import PageWords

if TYPE_CHECKING:  # of a case: a report alone is shown without loading them
    from diagnose.model.bill import Bill, Charge
    from diagnose.model.consent import Consent

_NONE = Decimal(0)


def total_text(quote: Quote, words: PageWords) -> str:
    """What all of it costs, or the most it may cost."""
    if quote.most is None:
        return words.pick("not yet known, and no maximum is named", "待询，且未列上限")
    amount_text = words.money(quote.most, quote.currency)
    return (
        words.pick(f"at most {amount_text}", f"最高 {amount_text}")
        if quote.open_items
        else amount_text
    )


def promise(quote: Quote, words: PageWords, consent: Consent | None = None) -> str:
    """What is charged at most; once he has agreed, of the part he agreed to."""
    agreed = consent.accepted if consent else ()
    items = [item for item in quote.items if item.code in agreed] if agreed else quote.items
    most = consent.ceiling if consent and agreed else quote.most
    if all(item.price_known for item in items):
        return words.pick(
            "The prices are fixed. There is no extra charge.", "价格固定，无额外收费。"
        )
    if most is None:
        return words.pick(
            "Not every price is known: nothing above the ceiling that you name is charged.",
            "部分价格待询：收费不超过您约定的上限。",
        )
    amount_text = words.money(most, quote.currency)
    return words.pick(
        "Known prices are fixed; open ones are charged at what they really are. "
        f"Nothing above {amount_text} is charged without your consent.",
        f"已列价格固定，待询价格按实际收取。未经您同意，收费不超过 {amount_text}。",
    )


def fee_text(quote: Quote, words: PageWords) -> str:
    """What the diagnosis costs, and when."""
    amount = quote.diagnosis_fee.amount
    if not amount:
        return words.pick("none", "免费")
    amount_text = words.money(amount, quote.currency)
    if any(item.kind is ItemKind.FEE for item in quote.items):
        return words.pick(f"{amount_text}, whatever you decide", f"{amount_text}（无论是否维修）")
    return words.pick(
        f"{amount_text}, only if nothing is repaired", f"{amount_text}（仅在不维修时收取）"
    )


def declining_text(quote: Quote, words: PageWords) -> str:
    """What follows where nothing is repaired, and what that costs."""
    amount = quote.diagnosis_fee.amount
    if not amount:
        return words.pick(
            "If you decline, you get the phone back as it is and pay nothing.",
            "如不维修，原样取回手机，无需付费。",
        )
    amount_text = words.money(amount, quote.currency)
    return words.pick(
        f"If you decline, you get the phone back as it is and pay the diagnosis: {amount_text}.",
        f"如不维修，原样取回手机，仅付检测费 {amount_text}。",
    )


def before_consent_text(quote: Quote | None, words: PageWords, fee: Decimal = _NONE) -> str:
    """What is done and charged before anybody agreed: nothing, but the fee that was told.

    `fee` is the one of a case that has no quote yet.
    """
    if not (quote.diagnosis_fee.amount if quote else fee):
        return words.pick(
            "Nothing is repaired or charged before you agree to it.", "未经您同意，不维修、不收费。"
        )
    return words.pick(
        "Nothing is repaired before you agree to it, and nothing is charged but the diagnosis, "
        "of which you were told before.",
        "未经您同意不维修；除事先告知的检测费外不收费。",
    )


def charge_text(charge: Charge, bill: Bill, words: PageWords) -> str:
    """One item: what was agreed for it and what is charged."""
    from diagnose.model.bill import ChargeState

    if charge.state is ChargeState.DECLINED:
        return words.pick("declined, not done, not charged", "客户未同意，未做，不收费")
    if charge.state is ChargeState.NOT_DONE:
        return words.pick("agreed, not done, not charged", "已同意，未做，不收费")
    charged = words.money(charge.charged, bill.currency)
    if charge.agreed is None:
        return words.pick(f"under the ceiling, charged {charged}", f"在上限内，实收 {charged}")
    agreed = words.money(charge.agreed, bill.currency)
    if charge.state is ChargeState.FEE:
        return words.pick(
            f"told before: {agreed}, charged {charged}", f"事先告知 {agreed}，实收 {charged}"
        )
    most = words.pick("at most ", "最高 ") if charge.is_open else ""
    return words.pick(
        f"agreed {most}{agreed}, charged {charged}", f"约定{most or ' '}{agreed}，实收 {charged}"
    )

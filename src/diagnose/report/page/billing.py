"""What is charged, item by item, against what was agreed: on the sheet the customer accepts by."""

from __future__ import annotations

from diagnose.model.bill import Bill, Charge, ChargeState
from diagnose.report.page.model import Row, Step
from diagnose.report.phrase import Speaker
from diagnose.report.wording import Words


def step(bill: Bill, say: Speaker) -> Step:
    """The bill as a step of the case."""
    rows = [
        Row(say(charge.title), say.each(lambda words, of=charge: charge_said(of, bill, words)))  # type: ignore[misc]
        for charge in bill.charges
    ]
    total = say.each(lambda words: words.money(bill.total, bill.currency))
    return Step(
        title=say.pair("What is charged", "费用明细"),
        rows=(*rows, Row(say.pair("To pay", "应付"), total, "total")),
    )


def charge_said(charge: Charge, bill: Bill, words: Words) -> str:
    """One item: what was agreed for it and what is charged."""
    if charge.state is ChargeState.DECLINED:
        return words.pick("declined, not done, not charged", "客户未同意，未做，不收费")
    if charge.state is ChargeState.NOT_DONE:
        return words.pick("agreed, not done, not charged", "已同意，未做，不收费")
    charged = words.money(charge.charged, bill.currency)
    if charge.agreed is None:
        return words.pick(f"under the ceiling, charged {charged}", f"在上限内，实收 {charged}")
    agreed = words.money(charge.agreed, bill.currency)
    most = words.pick("at most ", "最高 ") if charge.is_open else ""
    return words.pick(
        f"agreed {most}{agreed}, charged {charged}", f"约定{most or ' '}{agreed}，实收 {charged}"
    )

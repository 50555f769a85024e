"""What is charged, item by item, against what was agreed: on the sheet the customer accepts by."""

from __future__ import annotations

from diagnose.model.bill import Bill
from diagnose.report.money import charge_text
from diagnose.report.page.model import PageStep, Row
from diagnose.report.phrase import Speaker


def step(bill: Bill, say: Speaker) -> PageStep:
    """The bill as a step of the case."""
    rows = [
        Row(say(charge.title), say.each(lambda words, of=charge: charge_text(of, bill, words)))  # type: ignore[misc]
        for charge in bill.charges
    ]
    total = say.each(lambda words: words.money(bill.total, bill.currency))
    return PageStep(
        title=say.pair("What is charged", "费用明细"),
        rows=(*rows, Row(say.pair("To pay", "应付"), total, "total")),
    )

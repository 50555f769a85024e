"""Who pays, and why: the customer, or the maker and seller while the warranty runs. Pure."""

from __future__ import annotations

from decimal import Decimal

from diagnose.knowledge.prices import PriceBook
from diagnose.model.quote import QuoteItem
from diagnose.model.report import Report
from diagnose.model.text import Text

_NOTHING = Decimal(0)


def warranty_pays(report: Report, book: PriceBook) -> bool:
    """Whether the maker pays this shop for the repair."""
    return book.warranty_repairs and report.intake.warranty.in_warranty is True


def paid_by_warranty(item: QuoteItem) -> QuoteItem:
    """The same work at no cost to the customer; its price is known: it is nothing."""
    free = dict.fromkeys(("unit_price", "net", "tax", "total"), _NOTHING)
    return item.model_copy(update={**free, "price_known": True})


def who_pays(report: Report, book: PriceBook) -> Text:
    """Say who pays and why. Why a phone is out of warranty stands in the intake, in his words."""
    in_warranty = report.intake.warranty.in_warranty
    if in_warranty is False:
        return Text(
            "You pay: the phone is out of warranty, as noted when it was handed over.",
            "由您付费：手机不在保修期内（原因见送修登记）。",
        )
    if in_warranty is None:
        return Text(
            "You pay. Whether the phone is still in warranty was not shown; if it is, the seller "
            "or maker repairs what is covered free of charge.",
            "由您付费。是否在保修期内未出示凭证；如在保修期内，保修范围内由销售者或厂家免费维修。",
        )
    if book.warranty_repairs:
        return Text(
            "The maker pays: the phone is in warranty and this shop repairs for the maker.",
            "由厂家承担：手机在保修期内，本店承接厂家保修。",
        )
    return Text(
        "You would pay here. The phone is in warranty: the seller or maker repairs what is covered "
        "free of charge, this shop does not repair for them.",
        "在本店维修由您付费。手机在保修期内，保修范围内销售者或厂家免费维修，本店不承接厂家保修。",
    )

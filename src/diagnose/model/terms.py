"""The terms of the shop a case was opened at: what the law and the money follow."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from diagnose.model.frozen import Frozen
from diagnose.model.money import Amount, Currency


class ShopTerms(Frozen):
    """Which shop, where, and what it said before the diagnosis.

    `shop` is the name of its file, or the path. `fee` is what the diagnosis costs with tax,
    `fee_credited` that a repair takes it in, `fee_told` that the customer was told before.
    """

    shop: str = Field(min_length=1, max_length=1000)
    name: str = Field(min_length=1)
    country: str = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    time_zone: str
    currency: Currency
    fee: Amount = Decimal(0)
    fee_credited: bool = True
    fee_told: bool = False

    @property
    def fee_due(self) -> Decimal:
        """The fee that may be charged: one the customer was not told of may not."""
        return self.fee if self.fee_told else Decimal(0)

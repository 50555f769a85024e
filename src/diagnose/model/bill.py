"""The bill: what is charged, item by item, against what was agreed."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from diagnose.model.frozen import Frozen
from diagnose.model.money import Amount, Currency, add_up
from diagnose.model.text import Text


class ChargeState(StrEnum):
    """What became of an item."""

    DONE = "done"
    NOT_DONE = "not_done"  # agreed, not done, not charged
    DECLINED = "declined"
    FEE = "fee"  # told before, due whatever was decided


class Charge(Frozen):
    """One item. `agreed` is the most that was agreed to; None: nothing, or no amount of its own.

    `is_open`: its price was not known when it was agreed to, so that less or as much was allowed.
    """

    code: str = Field(min_length=1)
    title: Text
    state: ChargeState
    agreed: Amount | None = None
    is_open: bool = False
    charged: Amount = Decimal(0)


class Bill(Frozen):
    """Everything that was offered, with what is charged for it. `agreed`: the most, in total."""

    currency: Currency
    charges: tuple[Charge, ...] = ()
    agreed: Amount = Decimal(0)

    @property
    def total(self) -> Decimal:
        """What is charged."""
        return add_up(charge.charged for charge in self.charges)

    @property
    def declined(self) -> tuple[Charge, ...]:
        """What the customer did not want done."""
        return tuple(one for one in self.charges if one.state is ChargeState.DECLINED)

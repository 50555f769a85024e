"""The work that was done: which agreed items, which parts, and what was done for free."""

from __future__ import annotations

from decimal import Decimal

from pydantic import AwareDatetime, Field

from diagnose.model.frozen import Frozen
from diagnose.model.money import Amount, Currency, add_up
from diagnose.model.quote import DataRisk, PartCondition
from diagnose.model.text import Text


class WorkItem(Frozen):
    """One item of the quote that was carried out, at the price it really had.

    What it repairs is copied from the quote, for a later quote may no longer name it; so is
    `agreed`, the most that was agreed to for it (None: it had no maximum of its own).
    `part_serial` is the number on the new part, as the engineer read it.
    """

    code: str = Field(min_length=1)
    title: Text
    cause: str = ""
    part: str = ""
    data_risk: DataRisk = DataRisk.NONE
    total: Amount
    agreed: Amount | None = Field(default=None, exclude_if=lambda agreed: agreed is None)
    price_was_open: bool = Field(default=False, exclude_if=lambda was_open: not was_open)
    quantity: Amount = Decimal(1)
    part_no: str = ""
    part_serial: str = Field(default="", max_length=100)
    part_condition: PartCondition | None = None
    labour_minutes: int = Field(default=0, ge=0)
    old_part_returned: bool | None = None


class FreeCare(Frozen):
    """Something done without charge: cleaning, a protective film."""

    code: str
    title: Text


class Work(Frozen):
    """What was done under one consent; `consent` is the number of its event."""

    consent: int = Field(ge=1)
    items: tuple[WorkItem, ...]
    currency: Currency
    care: tuple[FreeCare, ...] = ()
    engineer: str = ""
    finished_at: AwareDatetime
    note: str = Field(default="", max_length=2000)

    @property
    def total(self) -> Decimal:
        """What it cost."""
        return add_up(item.total for item in self.items)

"""The quote: work, parts, time and price, as the customer is shown them before he agrees.

Fields follow the European Repair Information Form (Directive (EU) 2024/1799, Annex I), the 三包
repair record, and the estimates of California and Québec. Sums must be exact, or it is no quote.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from diagnose.model.frozen import Frozen
from diagnose.model.money import Amount, Currency, add_up
from diagnose.model.text import Text


class ItemKind(StrEnum):
    """What an item pays for."""

    LABOUR = "labour"
    PART = "part"
    FEE = "fee"


class PartCondition(StrEnum):
    """Where a part comes from; the customer is told before, and reads it on the invoice."""

    ORIGINAL = "original"
    NEW = "new"  # new, from another maker
    REFURBISHED = "refurbished"
    USED = "used"


class DataRisk(StrEnum):
    """What an item may do to the customer's data."""

    NONE = "none"
    LOW = "low"
    ERASES = "erases"


class QuoteItem(Frozen):
    """One line. `net`, `tax` and `total` are rounded to the currency's coin and must add up.

    `action` is the repair action it carries out (`Fault.repair`), `cause` the fault's code.
    `part` is a part of the phone as `case/rules/parts.toml` names it: the check after the repair
    expects that part, and no other, to be another one. `tax_rate` is a fraction: 0.13 is 13 %.
    Where `price_known` is false the price is still to be asked: the amounts are then the most it
    may be, and 0 says that nobody named a maximum. The quote's `price_method` says how it is
    worked out. Such an item without a maximum can only be agreed to under a ceiling.
    `warning` is what the customer must know of this item before he agrees; `only_if` says after
    which other step, where that did not help, it is done. What is not done costs nothing.
    """

    code: str = Field(min_length=1, max_length=100)
    title: Text
    kind: ItemKind
    cause: str = ""
    action: str = ""
    part: str = ""
    part_no: str = ""
    part_condition: PartCondition | None = None
    quantity: Amount = Decimal(1)
    unit_price: Amount
    price_known: bool = Field(
        default=True,
        description="false: not yet known; the amounts are the most it may be, 0: no maximum named",
    )
    net: Amount
    tax_rate: Amount = Decimal(0)
    tax: Amount = Decimal(0)
    total: Amount
    labour_minutes: int = Field(default=0, ge=0)
    data_risk: DataRisk = DataRisk.NONE
    warranty_days: int = Field(default=0, ge=0)
    # Left out where there is none: quotes of before it came keep their digest.
    warning: Text | None = Field(default=None, exclude_if=lambda warning: warning is None)
    only_if: Text | None = Field(default=None, exclude_if=lambda only_if: only_if is None)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.total != self.net + self.tax:
            raise ValueError(f"item {self.code}: total is not net plus tax")
        if self.kind is ItemKind.PART and self.part_condition is None:
            raise ValueError(f"item {self.code}: a part needs its condition (original, new, …)")
        return self

    @property
    def is_unbounded(self) -> bool:
        """Whether neither a price nor a maximum is named."""
        return not self.price_known and not self.total


class AlternativeKind(StrEnum):
    """The ways to go on that are shown side by side."""

    REPAIR = "repair"
    FIRST_STEP = "first_step"  # what is sure to be done; the rest only where it does not help
    PARTIAL = "partial"
    DECLINE = "decline"


class Alternative(Frozen):
    """One way to go on: which items, at what price, and what happens then."""

    kind: AlternativeKind
    title: Text
    items: tuple[str, ...] = ()
    total: Amount
    consequence: Text | None = None


class TemporaryPhone(Frozen):
    """Whether the customer gets a phone meanwhile, and what it costs him."""

    offered: bool = False
    price: Amount = Decimal(0)


class DiagnosisFee(Frozen):
    """What the diagnosis costs. It may be charged only if the customer was told before."""

    amount: Amount = Decimal(0)
    told_before: bool = False

    @model_validator(mode="after")
    def _told_before(self) -> Self:
        if self.amount and not self.told_before:
            raise ValueError("a diagnosis fee may be charged only if the customer was told before")
        return self


class Shop(Frozen):
    """Who repairs: the first fields of the European form, and where the law is looked up.

    `country` (ISO 3166-1 alpha-2) decides which forms there are, `time_zone` (`Europe/Berlin`)
    how moments are written. Quotes made elsewhere may name neither.
    """

    name: str = Field(min_length=1)
    address: str = ""
    phone: str = ""
    email: str = ""
    other_contact: str = ""
    registration: str = ""
    country: str = Field(
        default="", pattern=r"^([A-Z]{2})?$", exclude_if=lambda country: not country
    )
    time_zone: str = Field(default="", max_length=60, exclude_if=lambda zone: not zone)


class PriceBookReference(Frozen):
    """The price book a quote was drawn from."""

    id: str
    sha256: str = ""


class Quote(Frozen):
    """A whole quote. What is charged for an item never lies above its `total`.

    A known price is fixed; an open one is charged at what it really was, up to the most it may
    be. So `most` is the total, and `max_total` says it again for those who read JSON; where an
    earlier quote named more there, nothing is charged by it.

    `price_method` says how the price is worked out where it cannot be fixed. `defect`, `cause`
    and `repair` are the 三包 record's 故障情况, 故障原因 and 处理情况 and the form's (3) and (4).
    The customer's own words are not in it: they are the intake's, and can be erased there.
    """

    quote_id: str = Field(min_length=1)
    made_at: AwareDatetime
    valid_until: date
    shop: Shop
    engineer: str = ""
    currency: Currency
    items: tuple[QuoteItem, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    net: Amount
    tax: Amount = Decimal(0)
    total: Amount
    max_total: Amount
    price_method: Text | None = None
    time_needed_minutes: int | None = Field(default=None, ge=0)
    ready_on: date | None = None
    temporary_phone: TemporaryPhone = TemporaryPhone()
    diagnosis_fee: DiagnosisFee = DiagnosisFee()
    received_on: date | None = None
    defect: Text | None = None
    cause: Text | None = None
    repair: Text | None = None
    place_of_handover: str = ""
    who_pays: Text | None = Field(default=None, exclude_if=lambda who: who is None)
    additional: tuple[Text, ...] = ()
    price_book: PriceBookReference | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.net != add_up(item.net for item in self.items):
            raise ValueError("the net sum is not the sum of the items")
        if self.tax != add_up(item.tax for item in self.items):
            raise ValueError("the tax is not the sum of the items' taxes")
        if self.total != self.net + self.tax:
            raise ValueError("the total is not net plus tax")
        if self.max_total < self.total:
            raise ValueError("the maximum is below the total")
        return self

    @model_validator(mode="after")
    def _names_are_clear(self) -> Self:
        counts = Counter(item.code for item in self.items)
        if twice := sorted(code for code, count in counts.items() if count > 1):
            raise ValueError(f"item codes are not unique: {', '.join(twice)}")
        for alternative in self.alternatives:
            if unknown := set(alternative.items) - set(counts):
                raise ValueError(f"an alternative names unknown items: {sorted(unknown)}")
        return self

    @model_validator(mode="after")
    def _says_how_open_prices_are_worked_out(self) -> Self:
        """European form, field 5: where the price is not known, the method and the maximum."""
        open_ = [item.code for item in self.items if not item.price_known]
        if open_ and not self.price_method:
            raise ValueError(f"price_method is missing: the price of {open_[0]} is not known")
        return self

    @model_validator(mode="after")
    def _is_valid_for_a_while(self) -> Self:
        if self.valid_until < _day(self.made_at):
            raise ValueError("the quote ends before it was made")
        return self

    @property
    def most(self) -> Decimal | None:
        """The most that is charged for all of it; None where an item names no maximum."""
        return None if any(item.is_unbounded for item in self.items) else self.total

    @property
    def open_items(self) -> tuple[QuoteItem, ...]:
        """The items whose price is still to be asked."""
        return tuple(item for item in self.items if not item.price_known)

    @property
    def work_items(self) -> tuple[QuoteItem, ...]:
        """What the customer decides about: a fee he was told before is due whatever he says."""
        return tuple(item for item in self.items if item.kind is not ItemKind.FEE)

    def item(self, code: str) -> QuoteItem | None:
        """Find an item by its code."""
        return next((item for item in self.items if item.code == code), None)


def _day(moment: datetime) -> date:
    return moment.date()

"""Price books: what a shop takes for each repair action (`profiles/shops/<name>.toml`).

All prices are without tax and exact decimals, written as strings. One book has one currency.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from diagnose.errors import PriceBookInvalid, UnknownName, did_you_mean
from diagnose.knowledge.actions import load_actions
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.data_file import read_data
from diagnose.model.action import RepairAction
from diagnose.model.bilingual import Bilingual
from diagnose.model.frozen import Frozen
from diagnose.model.moment import is_zone
from diagnose.model.money import Amount, Currency, rounded
from diagnose.model.quote import PartCondition, PriceBookReference, Shop, TemporaryPhone
from diagnose.model.retention import LONGEST_DAYS, Retention
from diagnose.model.terms import ShopTerms

Rate = Annotated[Amount, Field(le=1)]
"""A fraction: 0.19 is 19 %."""


class Rounding(StrEnum):
    """How an amount between two coins is rounded; always item by item."""

    HALF_EVEN = "half-even"
    HALF_UP = "half-up"

    @property
    def rule(self) -> str:
        """The name `decimal` has for it."""
        return ROUND_HALF_EVEN if self is Rounding.HALF_EVEN else ROUND_HALF_UP


class PartPrice(Frozen):
    """A part for the phones whose profile id matches `profile` (a literal or a glob)."""

    profile: str = Field(min_length=1)
    part_no: str = Field(min_length=1, max_length=100)
    condition: PartCondition
    unit_price: Amount
    quantity: Annotated[Amount, Field(gt=0)] = Decimal(1)
    delivery_days: int = Field(default=0, ge=0, le=365)
    warranty_days: int | None = Field(default=None, ge=0)


class UnknownPart(Frozen):
    """What is said of a part whose price is not in the book: the most it may cost."""

    max_price: Annotated[Amount, Field(gt=0)]
    condition: PartCondition
    delivery_days: int = Field(default=7, ge=0, le=365)


class Offer(Frozen):
    """What the shop takes for one action. `free`: it costs nothing, and the customer is told."""

    labour_minutes: int = Field(default=0, ge=0, le=6000)
    free: bool = False
    parts: tuple[PartPrice, ...] = ()
    unknown_part: UnknownPart | None = None

    @model_validator(mode="after")
    def _costs_something_or_says_so(self) -> Self:
        if self.free == bool(self.labour_minutes or self.parts or self.unknown_part):
            raise ValueError("give labour minutes or a part, or say free = true, not both")
        return self

    def part_for(self, profile: str) -> PartPrice | None:
        """The part of a phone: an exact profile id before a glob, else the first that matches."""
        fitting = [part for part in self.parts if fnmatchcase(profile, part.profile)]
        return min(fitting, key=lambda part: part.profile != profile, default=None)


class DiagnosisPrice(Frozen):
    """What the diagnosis costs, and whether the repair's price takes it in (`credited`).

    `further_minutes`: the work of settling causes that are only possible.
    """

    fee: Amount = Decimal(0)
    credited: bool = True
    further_minutes: int = Field(default=0, ge=0, le=600)


class RetentionRule(Frozen):
    """How long a case's private data are kept (see `model/retention.py`), and why so long."""

    days: int = Field(ge=1, le=LONGEST_DAYS)
    days_without_work: int = Field(ge=1, le=LONGEST_DAYS)
    reason: Bilingual
    source: str = Field(default="", max_length=300)

    @property
    def retention(self) -> Retention:
        """The rule as a case carries it."""
        return Retention(
            days=self.days,
            days_without_work=self.days_without_work,
            reason=self.reason.text,
            source=self.source,
        )


class PriceBookFile(Frozen):
    """A price book as it stands in its file.

    `warranty_repairs`: it repairs phones in warranty for the maker, who pays.
    `price_method` says how a price is worked out that cannot be fixed (European form, field 5).
    """

    shop: Shop
    currency: Currency
    tax_rate: Rate
    rounding: Rounding = Rounding.HALF_EVEN
    labour_rate_per_hour: Amount
    validity_days: int = Field(default=30, ge=30, le=365)
    warranty_days: int = Field(ge=0)
    price_method: Bilingual
    place_of_handover: str = Field(min_length=2, max_length=200)
    temporary_phone: TemporaryPhone = TemporaryPhone()
    diagnosis: DiagnosisPrice = DiagnosisPrice()
    actions: Mapping[str, Offer] = Field(min_length=1)
    additional: tuple[Bilingual, ...] = ()
    retention: RetentionRule
    warranty_repairs: bool = False

    @model_validator(mode="after")
    def _says_where_it_is(self) -> Self:
        """Currency, forms, warranty and retention are those of one country: that of the shop."""
        if not self.shop.country:
            raise ValueError('shop: say in which country it is: country = "DE"')
        if not is_zone(self.shop.time_zone):
            raise ValueError('shop: say in which time zone it is: time_zone = "Europe/Berlin"')
        return self

    @property
    def fee(self) -> Decimal:
        """What the diagnosis costs, with tax."""
        net = rounded(self.diagnosis.fee, self.currency, self.rounding.rule)
        return net + rounded(net * self.tax_rate, self.currency, self.rounding.rule)

    def terms(self, named: str, *, fee_told: bool) -> ShopTerms:
        """The terms of a case that is opened at this shop; `named` is how the file was named."""
        return ShopTerms(
            shop=named,
            name=self.shop.name,
            country=self.shop.country,
            time_zone=self.shop.time_zone,
            currency=self.currency,
            fee=self.fee,
            fee_credited=self.diagnosis.credited,
            fee_told=fee_told and bool(self.fee),
        )


class PriceBook(PriceBookFile):
    """A price book with where it came from, and the actions its prices are for."""

    reference: PriceBookReference
    catalogue: Mapping[str, RepairAction]


def shop_names() -> list[str]:
    """The price books that ship with the product."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def load_price_book(name: str) -> PriceBook:
    """Load a price book by the name of a shipped one, or by its path.

    Raises `UnknownName`, or `PriceBookInvalid` with the place and the near match.
    """
    path = _path(name)
    file = read_data(path, PriceBookFile, PriceBookInvalid)
    catalogue = load_actions()
    for code, offer in file.actions.items():
        _check_offer(f"{path}: actions.{code}", code, offer, catalogue)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return PriceBook(
        **{field: getattr(file, field) for field in PriceBookFile.model_fields},
        reference=PriceBookReference(id=path.stem, sha256=sha256),
        catalogue=catalogue,
    )


def _path(name: str) -> Path:
    if name in shop_names():
        return _folder() / f"{name}.toml"
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return path
    raise UnknownName("price book", name, shop_names())


def _check_offer(
    where: str, code: str, offer: Offer, catalogue: Mapping[str, RepairAction]
) -> None:
    if code not in catalogue:
        hint = did_you_mean(code, catalogue)
        raise PriceBookInvalid(f"{where}: no action is called {code!r}", hint=hint)
    has_part = bool(offer.parts or offer.unknown_part)
    if has_part and not catalogue[code].part:
        raise PriceBookInvalid(f"{where}: this action changes no part")
    if catalogue[code].part and offer.unknown_part is None:
        raise PriceBookInvalid(
            f"{where}: say what an unpriced part may cost at most",
            hint='unknown_part = { max_price = "…", condition = "original" }',
        )


def _folder() -> Path:
    return bundled_folder("profiles") / "shops"

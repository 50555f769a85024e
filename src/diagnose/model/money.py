"""Amounts of money and quantities: exact decimals, strings in JSON, never floats.

RFC 8785 writes JSON numbers as IEEE doubles, so an amount that was a number could change between
two programs; a string cannot.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

_MINOR_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "TND": 3}
"""Digits after the point where they are not two (ISO 4217)."""


def _no_float(value: Any) -> Any:
    if isinstance(value, float | bool):
        raise ValueError("write an exact decimal as a string, not a floating-point number")  # noqa: TRY004 - pydantic wants ValueError
    return value


def _positive_zero(value: Decimal) -> Decimal:
    return abs(value) if value.is_zero() else value


Amount = Annotated[
    Decimal,
    BeforeValidator(_no_float),
    Field(ge=0, lt=Decimal(10) ** 12, decimal_places=4),
    AfterValidator(_positive_zero),
    PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,12}(\.\d{1,4})?$"}),
]
"""Money, a quantity or a rate: not negative, at most four digits after the point."""

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""


def rounded(amount: Decimal, currency: str, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Round to the smallest coin of a currency; halves up where nothing else is asked."""
    digits = _MINOR_DIGITS.get(currency, 2)
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=rounding)


def add_up(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts; nothing at all is 0."""
    return sum(amounts, Decimal(0))

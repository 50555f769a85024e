"""Charges and currents whose unit a phone does not say: inferred from what a phone can have.

Android asks for µAh and µA; many vendors answer mAh and mA. A phone's battery holds 0.1 to 30 Ah
(power-bank phones reach 28) and moves at most some 12 A (fast charging with two cells).
"""

from __future__ import annotations

from enum import StrEnum

_SMALLEST_MAH = 100
LARGEST_MAH = 30_000
MOST_MA = 12_000


class Scale(StrEnum):
    """The unit a number was taken to be in."""

    MICRO = "micro"
    MILLI = "milli"


def milliampere_hours(number: int | None) -> float | None:
    """A full or present charge in mAh; None for 0, negative and impossible numbers."""
    if number is None or number < _SMALLEST_MAH:
        return None
    mah = number / 1000 if number > LARGEST_MAH else float(number)
    return mah if _SMALLEST_MAH <= mah <= LARGEST_MAH else None


def milliamperes(
    number: int | None, *, speaks_milli: bool = False
) -> tuple[float, Scale, bool] | None:
    """A current in mA, the unit it came in, and whether that is sure.

    The sign is kept. 0 is what phones say that do not measure it: None. A number up to 12,000
    may be a fast charger's mA or a sleeping phone's µA; it is taken as mA, and sure only of a
    model known to speak in mA.
    """
    if not number:
        return None
    if abs(number) > MOST_MA:
        ma = number / 1000
        return (ma, Scale.MICRO, True) if abs(ma) <= MOST_MA else None
    return float(number), Scale.MILLI, speaks_milli


def volts(number: int | None) -> float | None:
    """A battery's voltage in V from mV or µV; None where no phone battery has it (2 to 10 V)."""
    if number is None:
        return None
    for divisor in (1000, 1_000_000):
        if 2 <= number / divisor <= 10:
            return number / divisor
    return None


def percent(number: float | None) -> float | None:
    """A state of health in percent; None for 0, -1 and what is no percentage."""
    return None if number is None or not 1 <= number <= 120 else float(number)

"""Whether a full charge and a rated capacity can be of the same battery.

Phones with two cells in series or side by side count one cell and name the pack; a design capacity
comes ten times too small; a gauge answers for another battery. Such a pair says nothing of wear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from diagnose.model.plain import dataclass
from diagnose.parsers.battery.charge_units import milliampere_hours
from diagnose.parsers.battery.dumpsys import BatteryDump
from diagnose.parsers.battery.wear import WearReading, against_rated

Source = TypeVar("Source")
_MOST = 1.15  # a new cell holds some percent more than it is rated for
_HALF = (0.40, 0.60)
_FEW_CYCLES = 500  # before that no battery has lost half
_SAME = 0.2  # a counter read at a rounded level is that inexact
_LOWEST_LEVEL = 15
_BEYOND = 1.3


@dataclass(frozen=True)
class Context:
    """What else is known: cycles of any source, and what the charge counter makes of a full one."""

    cycles: int | None
    counted_mah: float | None


def counted_full_mah(dump: BatteryDump | None) -> float | None:
    """The full charge that the counter and the level shown make together; None where not told."""
    if dump is None:
        return None
    level, scale = dump.integer("level"), dump.integer("scale") or 100
    charge = milliampere_hours(dump.integer("Charge counter"))
    if charge is None or level is None or not _LOWEST_LEVEL <= 100 * level / scale <= 100:
        return None
    return charge * scale / level


def is_impossible(full_mah: float, design_mah: float, known: Context) -> bool:
    """Whether the two cannot both be of the battery that is in the phone."""
    if full_mah > _MOST * design_mah:
        return True
    counted = known.counted_mah
    if counted is not None and counted > _BEYOND * max(full_mah, design_mah):
        return True
    if not _HALF[0] <= full_mah / design_mah <= _HALF[1]:
        return False
    is_young = known.cycles is not None and known.cycles < _FEW_CYCLES
    agrees = counted is not None and abs(counted - full_mah) <= _SAME * full_mah
    holds_all = counted is not None and abs(counted - design_mah) <= _SAME * design_mah
    return is_young or holds_all or (agrees and known.cycles is None)


def capacities(readings: Sequence[WearReading]) -> tuple[float, float] | None:
    """The full charge and the rated capacity that one source states; None where it lacks one."""
    by_name = {reading.name: reading.value for reading in readings}
    full, design = by_name.get("full_capacity"), by_name.get("design_capacity")
    if isinstance(full, int | float) and isinstance(design, int | float):
        return float(full), float(design)
    return None


@dataclass(frozen=True)
class Sorted(Generic[Source]):
    """What may be used, with its source; `impossible` is a pair that cannot be, in mAh."""

    readings: list[tuple[Source, WearReading]]
    impossible: tuple[float, float] | None


def sort_out(
    told: Mapping[Source, Sequence[WearReading]],
    *,
    rated_mah: float | None,
    counted_mah: float | None,
) -> Sorted[Source]:
    """Leave out the pairs that cannot be; where no source names a capacity, take the maker's."""
    cycles = [one.value for printed in told.values() for one in printed if one.name == "cycles"]
    known = Context(max((n for n in cycles if isinstance(n, int)), default=None), counted_mah)
    odd = {
        source: pair
        for source, printed in told.items()
        if (pair := capacities(printed)) and is_impossible(*pair, known)
    }
    readings = [
        (source, one)
        for source, printed in told.items()
        for one in (without_wear(printed) if source in odd else printed)
    ]
    readings += _against_rated(readings, rated_mah, known)
    return Sorted(readings, next(iter(odd.values()), None))


def _against_rated(
    readings: list[tuple[Source, WearReading]], rated_mah: float | None, known: Context
) -> list[tuple[Source, WearReading]]:
    if rated_mah is None or any(one.name == "design_capacity" for _, one in readings):
        return []
    printed = against_rated((one for _, one in readings), rated_mah)
    if printed is None or not isinstance(printed.value, int | float):
        return []
    if is_impossible(printed.value * rated_mah / 100, rated_mah, known):
        return []
    return [next((source, printed) for source, one in readings if one.raw == printed.raw)]


def without_wear(readings: Sequence[WearReading]) -> list[WearReading]:
    """What one source says besides the capacities that cannot be, and their ratio."""
    names = ("full_capacity", "design_capacity")
    return [one for one in readings if one.name not in names and not one.is_ratio]

"""Whether a full charge and a rated capacity can be of the same battery.

Phones with two cells in series or side by side count one cell and name the pack; a design capacity
comes ten times too small; a gauge answers for another battery. Such a pair says nothing of wear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.parsers.battery.charge_units import milliampere_hours
from diagnose.parsers.battery.dumpsys import BatteryDump
from diagnose.parsers.battery.wear import WearReading, WearStatement, is_plausible_ratio

Source = TypeVar("Source")
_MOST = 1.15  # a new cell holds some percent more than it is rated for
_HALF = (0.40, 0.55)  # one of two cells: a new one holds little over half of both
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
    trust: Callable[[Source, WearReading], int],
) -> Sorted[Source]:
    """Leave out the pairs that cannot be; where no source names a capacity, take the maker's.

    `trust` says which of several full charges is to be believed.
    """
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
    if rated_mah is not None and not any(one.name == "design_capacity" for _, one in readings):
        full = [found for found in readings if _is_counted(found[1])]
        best = max(full, key=lambda found: trust(*found), default=None)
        readings += _against_rated(best, rated_mah, known)
    return Sorted(readings, next(iter(odd.values()), None))


def _is_counted(reading: WearReading) -> bool:
    return reading.name == "full_capacity" and reading.statement is not WearStatement.LEARNED


def _against_rated(
    found: tuple[Source, WearReading] | None, rated_mah: float, known: Context
) -> list[tuple[Source, WearReading]]:
    """The gauge's full charge against the capacity the maker states."""
    if found is None or not isinstance(found[1].value, int | float):
        return []
    source, full = found
    ratio = float(found[1].value) / rated_mah
    if not is_plausible_ratio(ratio) or is_impossible(ratio * rated_mah, rated_mah, known):
        return []
    note = Text(
        f"{full.value:g} of {rated_mah:g} mAh by the maker",
        f"满充 {full.value:g} mAh，厂商标称 {rated_mah:g} mAh",
    )
    percent = round(100 * ratio, 1)
    reading = WearReading("state_of_health", percent, WearStatement.RATIO_OF_RATED, full.raw, note)
    return [(source, reading)]


def without_wear(readings: Sequence[WearReading]) -> list[WearReading]:
    """What one source says besides the capacities that cannot be, and their ratio."""
    names = ("full_capacity", "design_capacity")
    return [one for one in readings if one.name not in names and not one.is_ratio]

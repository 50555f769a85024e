"""What each source says of a battery's wear, in one vocabulary.

Names: `state_of_health` (%), `cycles`, `full_capacity` and `design_capacity` (mAh),
`manufactured` and `first_used` (`2024-11-30`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum

from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.parsers.battery.batterystats import parse_capacities
from diagnose.parsers.battery.charge_units import milliampere_hours, percent
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.battery.health_hal import parse_health
from diagnose.parsers.battery.power_supply import Supply, parse_supplies
from diagnose.parsers.binder_parcel import parse_battery_property
from diagnose.parsers.printed import Printed
from diagnose.parsers.tradein.report import parse_tradein

_EARLIEST = datetime(2008, 1, 1, tzinfo=UTC).timestamp()  # before the first Android phone
_LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_DAY = re.compile(r"(20[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])")
_MOST_CYCLES = 20_000
_RATIO = (0.2, 1.3)  # beyond it one of the two numbers is no capacity of this battery
_SUPPLY_ORDER = ("battery", "bms", "maxfg", "bat", "")


class WearStatement(StrEnum):
    """How a source states it: which sources of the same value are to be believed hangs on that."""

    PERCENT = "percent"
    SECOND_PERCENT = "second_percent"  # Samsung's `Bsoh` beside its `Asoc`
    COUNT = "count"
    DAY = "day"
    CAPACITY = "capacity"
    RATIO = "ratio"  # a full charge divided by a capacity, both of this source
    RATIO_OF_RATED = "ratio_of_rated"  # a full charge divided by what the maker states
    LEARNED = "learned"


@dataclass(frozen=True)
class WearReading:
    """One value of one source; `raw` is where it stands, `note` what is odd about it."""

    name: str
    value: float | int | str
    statement: WearStatement
    raw: str | tuple[str, ...] = ""
    note: Text = Text("")

    @property
    def is_ratio(self) -> bool:
        """Whether it was worked out of a full charge, and is no percentage of the phone's own."""
        return self.statement in (WearStatement.RATIO, WearStatement.RATIO_OF_RATED)


def wear_of_health_hal(text: str) -> list[WearReading]:
    """Read the health HAL's dump; raises `ParseError`."""
    printed = parse_health(text)
    return _stated(
        _percent(printed.get("batteryStateOfHealth")),
        _cycles(printed.get("batteryCycleCount")),
        _day("manufactured", printed.get("batteryManufacturingDateSeconds")),
        _day("first_used", printed.get("batteryFirstUsageSeconds")),
        *_capacities(
            printed.get("batteryFullChargeUah"), printed.get("batteryFullChargeDesignCapacityUah")
        ),
    )


def wear_of_property(number: int, text: str) -> list[WearReading]:
    """Read one battery property: 7 manufactured, 8 first used (seconds), 10 state of health.

    Raises `ParseError` where the answer is no parcel.
    """
    value = parse_battery_property(text).value
    if value is None:
        return []
    printed = Printed(str(value), "Parcel(")
    found = {
        7: _day("manufactured", printed),
        8: _day("first_used", printed),
        10: _percent(printed),
    }
    return _stated(found.get(number))


def wear_of_battery_dump(text: str) -> list[WearReading]:
    """Read the vendors' lines of `dumpsys battery`; raises `ParseError`.

    Samsung's saved values, `Maximum capacity` of some Android 15.
    """
    dump = parse_battery(text)
    usage = dump.field("mSavedBatteryUsage")
    hundredths = usage.integer if usage else None
    return _stated(
        _percent(dump.field("mSavedBatteryAsoc")),
        _percent(dump.field("mSavedBatteryBsoh"), WearStatement.SECOND_PERCENT),
        _cycles(Printed(str(hundredths // 100), usage.raw)) if usage and hundredths else None,
        _day("first_used", dump.field("battery FirstUseDate")),
        *_capacities(dump.field("Maximum capacity"), dump.field("Design capacity")),
    )


def wear_of_supplies(text: str) -> list[WearReading]:
    """Read the kernel's gauge; with several, the first that counts a full charge.

    Raises `ParseError` where no file of a supply is in the answer.
    """
    named = {name.lower(): supply for name, supply in parse_supplies(text).items()}
    found: dict[str, WearReading] = {}
    for name in _SUPPLY_ORDER:
        for reading in _supply(named.get(name, {})):
            found.setdefault(reading.name, reading)
    return list(found.values())


def wear_of_tradein(text: str) -> list[WearReading]:
    """Read the battery section of the trade-in report; raises `ParseError`."""
    printed = parse_tradein(text).battery
    return _stated(
        # The first builds of Android 16 called it `health` (a Pixel 7 in Android's own guide).
        _percent(printed.get("state_of_health") or printed.get("health")),
        _cycles(printed.get("cycle_count")),
        _day("manufactured", printed.get("manufacturing_date")),
        _day("first_used", printed.get("first_usage_date")),
    )


def wear_of_learned(text: str, rated_mah: float | None) -> list[WearReading]:
    """Read Android's own estimate against the rated capacity, else against its power profile.

    Raises `ParseError` where the answer names no capacity.
    """
    printed = parse_capacities(text)
    last = printed.get("last") or printed.get("min") or printed.get("max")
    estimated = printed.get("estimated")
    learned = last.decimal if last else None
    rated = rated_mah or (estimated.decimal if estimated else None)
    if not last or not learned or not rated or not is_plausible_ratio(learned / rated):
        return []
    value = round(100 * learned / rated, 1)
    note = Text("learned by Android, an estimate", "Android 学习的容量，估计值")
    return [
        WearReading("state_of_health", value, WearStatement.LEARNED, last.raw, note),
        WearReading("full_capacity", learned, WearStatement.LEARNED, last.raw, note),
    ]


def is_plausible_ratio(ratio: float) -> bool:
    """Whether both numbers can be capacities of a battery at all."""
    return _RATIO[0] <= ratio <= _RATIO[1]


def _stated(*readings: WearReading | None) -> list[WearReading]:
    return [reading for reading in readings if reading]


def _supply(supply: Supply) -> list[WearReading]:
    return _stated(
        _percent(supply.get("state_of_health")),
        _cycles(supply.get("cycle_count")),
        _day("manufactured", supply.get("manufacturing_date")),
        _day("first_used", supply.get("first_usage_date")),
        *_capacities(supply.get("charge_full"), supply.get("charge_full_design")),
    )


def _percent(
    printed: Printed | None, statement: WearStatement = WearStatement.PERCENT
) -> WearReading | None:
    value = percent(printed.decimal) if printed else None
    return (
        WearReading("state_of_health", value, statement, printed.raw) if printed and value else None
    )


def _cycles(printed: Printed | None) -> WearReading | None:
    """0 is what a phone says that does not count them."""
    count = printed.integer if printed else None
    if not printed or not count or not 0 < count < _MOST_CYCLES:
        return None
    return WearReading("cycles", count, WearStatement.COUNT, printed.raw)


def _capacities(full: Printed | None, design: Printed | None) -> Iterator[WearReading]:
    full_mah = milliampere_hours(full.integer) if full else None
    design_mah = milliampere_hours(design.integer) if design else None
    if full and full_mah:
        yield WearReading("full_capacity", full_mah, WearStatement.CAPACITY, full.raw)
    if design and design_mah:
        yield WearReading("design_capacity", design_mah, WearStatement.CAPACITY, design.raw)
    # Many kernels answer the rated capacity for both: 100.0 % says nothing then.
    if full and full_mah and design and design_mah and full_mah != design_mah:
        ratio, raw = full_mah / design_mah, (full.raw, design.raw)
        if is_plausible_ratio(ratio):
            note = Text(f"{full_mah:g} of {design_mah:g} mAh", f"{full_mah:g} / {design_mah:g} mAh")
            value = round(100 * ratio, 1)
            yield WearReading("state_of_health", value, WearStatement.RATIO, raw, note)


def _day(name: str, printed: Printed | None) -> WearReading | None:
    """A date as `20241130`, `2024-11-30` or seconds since 1970; 0 and -1 are none."""
    if printed is None:
        return None
    seconds = printed.integer
    if match := _DAY.fullmatch(printed.value):
        day = "-".join(match.groups())
    elif seconds is not None and _EARLIEST < seconds < _LATEST:
        day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
    else:
        return None
    return WearReading(name, day, WearStatement.DAY, printed.raw)

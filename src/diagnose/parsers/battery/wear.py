"""What each source says of a battery's wear, in one vocabulary and with its trust.

Names: `state_of_health` (%), `cycles`, `full_capacity` and `design_capacity` (mAh),
`manufactured` and `first_used` (`2024-11-30`).

Trust: the HAL's own percentage 90, its Samsung equivalent 85, a ratio of two gauge numbers 60 to
70, what Android learned by watching 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from diagnose.model.plain import dataclass
from diagnose.parsers.battery.batterystats import parse_capacities
from diagnose.parsers.battery.charge_units import milliampere_hours, percent
from diagnose.parsers.battery.dumpsys import BatteryDump, parse_battery
from diagnose.parsers.battery.health_hal import parse_health
from diagnose.parsers.battery.power_supply import Supply, parse_supplies
from diagnose.parsers.binder_parcel import parse_battery_property
from diagnose.parsers.printed import Printed
from diagnose.parsers.tradein.report import TradeIn, parse_tradein

_EARLIEST = datetime(2008, 1, 1, tzinfo=UTC).timestamp()  # before the first Android phone
_LATEST = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_DAY = re.compile(r"(20[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])")
_ESTIMATED = 10
_BY_MAKER = 35  # another cell may be meant: it contradicts nobody
_MOST_CYCLES = 20_000
_RATIO = (0.2, 1.3)  # beyond it one of the two numbers is no capacity of this battery
_SUPPLY_ORDER = ("battery", "bms", "maxfg", "bat", "")


@dataclass(frozen=True)
class WearReading:
    """One value of one source; `raw` is where it stands, `note` what is odd about it.

    `is_ratio`: it is a full charge divided by a capacity, not the phone's own percentage.
    """

    name: str
    value: float | int | str
    trust: int
    raw: str | tuple[str, ...] = ""
    note: str = ""
    is_ratio: bool = False


def wear_of_health_hal(text: str) -> list[WearReading]:
    """Read the health HAL's dump as text; raises `ParseError`."""
    return from_health_hal(parse_health(text))


def wear_of_battery_dump(text: str) -> list[WearReading]:
    """Read `dumpsys battery` as text; raises `ParseError`."""
    return from_battery_dump(parse_battery(text))


def wear_of_supplies(text: str) -> list[WearReading]:
    """Read the files of the power supplies as text; raises `ParseError`."""
    return from_supplies(parse_supplies(text))


def wear_of_tradein(text: str) -> list[WearReading]:
    """Read the trade-in report as text; raises `ParseError`."""
    return from_tradein(parse_tradein(text))


def wear_of_property(number: int, text: str) -> list[WearReading]:
    """Read the parcel of one battery property; raises `ParseError`."""
    return from_property(number, parse_battery_property(text).value)


def wear_of_learned(text: str, rated_mah: float | None) -> list[WearReading]:
    """Read Android's learned capacity as text; raises `ParseError`."""
    return from_learned(parse_capacities(text), rated_mah)


def from_health_hal(printed: Mapping[str, Printed]) -> list[WearReading]:
    """Read the health HAL's dump."""
    found = [
        _percent(printed.get("batteryStateOfHealth"), 90),
        _cycles(printed.get("batteryCycleCount"), 80),
        _day("manufactured", printed.get("batteryManufacturingDateSeconds"), 90),
        _day("first_used", printed.get("batteryFirstUsageSeconds"), 90),
        *_capacities(
            printed.get("batteryFullChargeUah"),
            printed.get("batteryFullChargeDesignCapacityUah"),
            70,
        ),
    ]
    return [reading for reading in found if reading]


def from_property(number: int, value: int | None) -> list[WearReading]:
    """Read one battery property: 7 manufactured, 8 first used (seconds), 10 state of health."""
    if value is None:
        return []
    printed = Printed(str(value), "Parcel(")
    found = {
        7: _day("manufactured", printed, 85),
        8: _day("first_used", printed, 85),
        10: _percent(printed, 88),
    }.get(number)
    return [found] if found else []


def from_battery_dump(dump: BatteryDump) -> list[WearReading]:
    """Read the vendors' lines: Samsung's saved values, `Maximum capacity` of some Android 15."""
    usage = dump.field("mSavedBatteryUsage")
    hundredths = usage.integer if usage else None
    found = [
        _percent(dump.field("mSavedBatteryAsoc"), 85),
        _percent(dump.field("mSavedBatteryBsoh"), 80),
        _cycles(Printed(str(hundredths // 100), usage.raw), 75) if usage and hundredths else None,
        _day("first_used", dump.field("battery FirstUseDate"), 70),
        *_capacities(dump.field("Maximum capacity"), dump.field("Design capacity"), 60),
    ]
    return [reading for reading in found if reading]


def from_supplies(supplies: Mapping[str, Supply]) -> list[WearReading]:
    """Read the kernel's gauge; with several, the first that counts a full charge."""
    named = {name.lower(): supply for name, supply in supplies.items()}
    found: dict[str, WearReading] = {}
    for name in _SUPPLY_ORDER:
        for reading in _supply(named.get(name, {})):
            found.setdefault(reading.name, reading)
    return list(found.values())


def from_tradein(report: TradeIn) -> list[WearReading]:
    """Read the battery section of the trade-in report."""
    printed = report.battery
    found = [
        # The first builds of Android 16 called it `health` (a Pixel 7 in Android's own guide).
        _percent(printed.get("state_of_health") or printed.get("health"), 87),
        _cycles(printed.get("cycle_count"), 78),
        _day("manufactured", printed.get("manufacturing_date"), 80),
        _day("first_used", printed.get("first_usage_date"), 80),
    ]
    return [reading for reading in found if reading]


def from_learned(printed: Mapping[str, Printed], rated_mah: float | None) -> list[WearReading]:
    """Read Android's own estimate against the rated capacity, else against its power profile."""
    last = printed.get("last") or printed.get("min") or printed.get("max")
    estimated = printed.get("estimated")
    learned = last.decimal if last else None
    rated = rated_mah or (estimated.decimal if estimated else None)
    if not last or not learned or not rated or not _RATIO[0] <= learned / rated <= _RATIO[1]:
        return []
    value = round(100 * learned / rated, 1)
    return [
        WearReading("state_of_health", value, 10, last.raw, "learned by Android, an estimate"),
        WearReading("full_capacity", learned, 10, last.raw, "learned by Android, an estimate"),
    ]


def against_rated(readings: Iterable[WearReading], rated_mah: float) -> WearReading | None:
    """The gauge's full charge against the capacity the maker states; None where it has none."""
    full = max(
        (one for one in readings if one.name == "full_capacity" and one.trust > _ESTIMATED),
        key=lambda one: one.trust,
        default=None,
    )
    if full is None or not isinstance(full.value, int | float):
        return None
    ratio = full.value / rated_mah
    if not _RATIO[0] <= ratio <= _RATIO[1]:
        return None
    note = f"{full.value:g} of {rated_mah:g} mAh by the maker"
    percent = round(100 * ratio, 1)
    return WearReading("state_of_health", percent, _BY_MAKER, full.raw, note, is_ratio=True)


def _supply(supply: Supply) -> list[WearReading]:
    found = [
        _percent(supply.get("state_of_health"), 75),
        _cycles(supply.get("cycle_count"), 70),
        _day("manufactured", supply.get("manufacturing_date"), 70),
        _day("first_used", supply.get("first_usage_date"), 70),
        *_capacities(supply.get("charge_full"), supply.get("charge_full_design"), 65),
    ]
    return [reading for reading in found if reading]


def _percent(printed: Printed | None, trust: int) -> WearReading | None:
    value = percent(printed.decimal) if printed else None
    return WearReading("state_of_health", value, trust, printed.raw) if printed and value else None


def _cycles(printed: Printed | None, trust: int) -> WearReading | None:
    """0 is what a phone says that does not count them."""
    count = printed.integer if printed else None
    if not printed or not count or not 0 < count < _MOST_CYCLES:
        return None
    return WearReading("cycles", count, trust, printed.raw)


def _capacities(full: Printed | None, design: Printed | None, trust: int) -> list[WearReading]:
    full_mah = milliampere_hours(full.integer) if full else None
    design_mah = milliampere_hours(design.integer) if design else None
    found = []
    if full and full_mah:
        found.append(WearReading("full_capacity", full_mah, trust, full.raw))
    if design and design_mah:
        found.append(WearReading("design_capacity", design_mah, trust, design.raw))
    # Many kernels answer the rated capacity for both: 100.0 % says nothing then.
    if full and full_mah and design_mah and full_mah != design_mah:
        ratio = full_mah / design_mah
        if _RATIO[0] <= ratio <= _RATIO[1]:
            note = f"{full_mah:g} of {design_mah:g} mAh"
            found.append(
                WearReading(
                    "state_of_health",
                    round(100 * ratio, 1),
                    trust,
                    (full.raw, design.raw) if design else full.raw,
                    note,
                    is_ratio=True,
                )
            )
    return found


def _day(name: str, printed: Printed | None, trust: int) -> WearReading | None:
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
    return WearReading(name, day, trust, printed.raw)

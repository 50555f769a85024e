"""What `dumpsys battery` means: codes as words, units, and whether a battery can have said it."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.parsers.battery.charge_units import volts
from diagnose.parsers.battery.dumpsys import BatteryDump, charge_counter
from diagnose.parsers.printed import Printed
from diagnose.parsers.tradein.report import parse_tradein

CHARGING, DISCHARGING, NOT_CHARGING, FULL = 2, 3, 4, 5
STATUS = {1: "unknown", 2: "charging", 3: "discharging", 4: "not charging", 5: "full"}
HEALTH = {
    1: "unknown",
    2: "good",
    3: "overheat",
    4: "dead",
    5: "over voltage",
    6: "unspecified failure",
    7: "cold",
    8: "fair",
    12: "inconsistent",
}
# 11 is NOT_AVAILABLE; 8, 11 and 12 came with the health HAL of Android 15 and 16.
# Lines since Android 14 and 15: the health HAL's BatteryChargingState and BatteryCapacityLevel.
# 0 and -1 mean that the phone does not say, as nearly all do.
_SELDOM_TOLD = {
    "capacity_level": (
        "Capacity level",
        {1: "critical", 2: "low", 3: "normal", 4: "high", 5: "full"},
    ),
    "charging_state": (
        "Charging state",
        {1: "normal", 2: "too cold", 3: "too hot", 4: "long life", 5: "adaptive"},
    ),
}
_OVERHEAT, _COLD = 3, 7
_LOW = 60  # percent: above it many phones stop on purpose to spare the battery
_EMPTY, _HALF = 5, 50  # percent
_HIGH_VOLTS, _LOW_VOLTS, _CELL_VOLTS = 4.2, 3.3, 5.0
_COLDEST, _WARMEST = 50, 420  # 0.1 °C: outside phones pause charging on purpose


def gauge_word(dump: BatteryDump) -> str | None:
    """Whether the numbers can come from a battery: else `placeholder`, `silent`, `contradictory`.

    A board without a fuel gauge says 13 mV and 2.6 °C ("console" box) or nothing but zeros; one
    whose gauge is silent gets the kernel's own level (50) with them. None where the dump does not
    hold the three numbers, and nothing is wrong with those it holds.
    """
    voltage, level = dump.integer("voltage"), dump.integer("level")
    temperature = dump.integer("temperature")
    if voltage and volts(voltage) is None:
        return "placeholder"
    if None not in (voltage, temperature) and not voltage and not temperature:
        return "silent"
    if level == 0 and voltage == 0 and dump.field("temperature") is None:
        return "silent"
    if _contradicts(dump):
        return "contradictory"
    return "plausible" if voltage and level is not None and temperature is not None else None


def _contradicts(dump: BatteryDump) -> bool:
    """Whether a number is no battery's, or charge and voltage of one cell exclude each other.

    Drivers hand on what they could not read as 255 or -1, a short or open thermistor as the end of
    its table.
    """
    level, tenths = dump.integer("level"), dump.integer("temperature")
    if level is not None and _level(dump) is None:
        return True
    if tenths and not -400 <= tenths <= 1200:
        return True
    percent, volt = _level(dump), volts(dump.integer("voltage"))
    if percent is None or volt is None or volt > _CELL_VOLTS:
        return False
    return (percent <= _EMPTY and volt > _HIGH_VOLTS) or (percent >= _HALF and volt < _LOW_VOLTS)


def gauge_raw(dump: BatteryDump) -> tuple[str, ...]:
    """The lines by which the numbers are believed or not."""
    return tuple(raw for name in ("voltage", "level", "temperature") if (raw := dump.raw(name)))


def battery_readings(
    dump: BatteryDump, *, rated_mah: float | None = None
) -> Mapping[str, tuple[float | int | str | None, str]]:
    """The state by name, in %, V, °C and mAh, each with its line; None where it is not told.

    What few phones tell is left out of the others.
    """
    technology = dump.field("technology")
    values = {
        "level": _level(dump),
        "health": HEALTH.get(dump.integer("health") or 0),
        "temperature": _celsius(dump.integer("temperature")),
        "voltage": volts(dump.integer("voltage")),
        "status": STATUS.get(dump.integer("status") or 0),
        "technology": technology.value[:40] if technology and technology.value else None,
    }
    found = {name: (value, dump.raw(name)) for name, value in values.items()}
    found["counter"] = charge_counter(dump, rated_mah=rated_mah) or (None, "")
    for name, (key, words) in _SELDOM_TOLD.items():
        if word := words.get(dump.integer(key) or 0):
            found[name] = word, dump.raw(key)
    return found


def contradicts_health(dump: BatteryDump) -> bool:
    """Whether a code of heat or cold stands beside a thermometer or a policy that explains it."""
    code, tenths = dump.integer("health"), dump.integer("temperature")
    if code not in (_OVERHEAT, _COLD):
        return False
    protects = (dump.integer("Charging policy") or 0) > 1
    protects |= (dump.integer("Charging state") or 0) in (4, 5)
    if tenths is None or not tenths:
        return protects
    is_so = tenths > _WARMEST if code == _OVERHEAT else tenths < _COLDEST
    return protects or not is_so


def health_of_tradein(text: str) -> Printed | None:
    """The health code of a trade-in report as its word; raises `ParseError` for other answers."""
    code = parse_tradein(text).battery.get("state")
    word = HEALTH.get(code.integer or 0) if code else None
    return Printed(word, code.raw) if code and word else None


def charging_word(dump: BatteryDump, *, plugged: bool) -> str | None:
    """One word for what the battery does with the power, or None where nothing is said."""
    status = dump.integer("status")
    if status in (FULL, CHARGING):
        return "full" if status == FULL else "charging"
    if status not in (DISCHARGING, NOT_CHARGING):
        return None
    if not plugged:
        return "on battery"
    return "held back" if _is_held_back(dump) else "not charging"


def _is_held_back(dump: BatteryDump) -> bool:
    """Whether the phone may have reasons of its own not to charge now.

    A full enough, hot, cold or protected battery; or readings that are no battery's.
    """
    level, temperature = dump.integer("level"), dump.integer("temperature")
    if level is None or level >= _LOW or dump.flag("present") is False:
        return True
    if temperature is not None and not _COLDEST <= temperature <= _WARMEST:
        return True
    voltage = dump.integer("voltage") or 0
    return voltage < 2000 or (dump.integer("Charging policy") or 0) > 1


def _level(dump: BatteryDump) -> int | None:
    level, scale = dump.integer("level"), dump.integer("scale") or 100
    return round(100 * level / scale) if level is not None and 0 <= level <= scale else None


def _celsius(tenths: int | None) -> float | None:
    """Exactly 0 is what a board without a thermistor says; -40 °C and less is an open one."""
    return tenths / 10 if tenths and -400 <= tenths <= 1200 else None

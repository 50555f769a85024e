"""Units of measured values, with the sign a person reads."""

from __future__ import annotations

from enum import StrEnum

from diagnose.model.text import Text


class Unit(StrEnum):
    """The unit of a number; `NONE` for words, yes/no and bare counts without a unit."""

    NONE = ""
    PERCENT = "%"
    TENTH = "× 10 %"  # a share counted in steps of ten percent
    CELSIUS = "°C"
    VOLT = "V"
    MILLIVOLT = "mV"
    MILLIAMPERE = "mA"
    MILLIAMPERE_HOUR = "mAh"
    MILLISECOND = "ms"
    SECOND = "s"
    HOUR = "h"
    DAY = "d"
    MONTH = "months"
    BYTE = "B"
    GIBIBYTE = "GiB"
    GIGABYTE = "GB"
    HERTZ = "Hz"
    MEGABIT_PER_SECOND = "Mbit/s"
    PIXEL = "px"
    DPI = "dpi"
    DBM = "dBm"
    COUNT = "×"
    CYCLES = "cycles"
    METRE_PER_SECOND_2 = "m/s²"
    RADIAN_PER_SECOND = "rad/s"
    MICROTESLA = "µT"
    LUX = "lx"


_WORDS: dict[Unit, Text] = {
    Unit.COUNT: Text("", ""),  # a bare count: what is counted stands in the title
    Unit.TENTH: Text("", ""),  # said in percent, or in words
    Unit.CYCLES: Text("", "次"),
    Unit.HOUR: Text("h", "小时"),
    Unit.DAY: Text("days", "天"),
    Unit.MONTH: Text("months", "个月"),
    Unit.SECOND: Text("s", "秒"),
    Unit.MILLISECOND: Text("ms", "毫秒"),
}
_ONE: dict[Unit, str] = {Unit.DAY: "day", Unit.MONTH: "month"}
"""English units of the number 1."""


def unit_words(unit: Unit, value: object = None) -> Text:
    """Say a unit; in English that of a single day or month is singular."""
    words = _WORDS.get(unit, Text(unit.value, unit.value))
    one = value == 1 and not isinstance(value, bool)
    return Text(_ONE[unit], words.zh) if one and unit in _ONE else words

"""Units of measured values, with the sign a person reads."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """The unit of a number; `NONE` for words, yes/no and bare counts without a unit."""

    NONE = ""
    PERCENT = "%"
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

"""Power coming in."""

from __future__ import annotations

from typing import ClassVar, Literal

from diagnose.simulator.phone import Section


class Charging(Section):
    """Where power comes from and whether the battery takes it. `source` "" is none."""

    AREA: ClassVar[str] = "charging"

    source: Literal["usb", "ac", "wireless", ""] = "usb"
    accepted: bool = True
    max_current_ma: int = 500
    max_voltage_mv: int = 5000
    policy: int = 1
    interruptions: int = 2
    water_hiccup: bool = False  # One UI: the charger IC switches off for water in the port

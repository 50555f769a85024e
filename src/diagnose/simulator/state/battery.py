"""The battery itself, its gauge, and which of the gauge's doors this model leaves open."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from diagnose.simulator.phone import Section


class HealthHal(StrEnum):
    """The health HAL of the model and whether the shell may ask it."""

    AIDL = "aidl"
    AIDL_DENIED = "aidl_denied"
    HIDL_2_1 = "hidl_2_1"
    HIDL_2_0 = "hidl_2_0"
    NONE = "none"


class BatteryProperties(StrEnum):
    """How far `batteryproperties` answers: Android 14 added dates and state of health."""

    BASIC = "basic"
    FULL = "full"
    GUARDED = "guarded"  # the new ones need BATTERY_STATS


class Battery(Section):
    """What the battery is and what its gauge knows; currents and charges in mA and mAh."""

    AREA: ClassVar[str] = "battery"

    level: int = 76
    voltage_mv: int = 3985
    temperature_c: float = 27.5
    health: int = 2
    present: bool = True
    technology: str = "Li-ion"
    current_ma: int = 410
    design_mah: int = 4000
    full_mah: int = 3890
    learned_mah: int | None = None
    cycles: int = 120
    manufactured: date | None = None
    first_used: date | None = None
    part_status: int = 0
    serial: str = ""

    hal: HealthHal = HealthHal.NONE
    hal_counts_cycles: bool = True
    hal_has_health_data: bool = False
    properties: BatteryProperties = BatteryProperties.BASIC
    counts_in_milliampere: bool = False
    charging_is_negative: bool = False
    supply: str = "battery"
    supply_readable: bool = False
    supply_has_capacity: bool = True
    bracketed: bool = False  # One UI 6 writes `[99]`
    saved_values: bool = True  # One UI without them says -1
    ic_authenticated: bool = True
    max_temperature_tenths: int = 430

    forced_level: int | None = None
    gauge_dead: bool = False
    has_gauge: bool = True  # a board without one answers the same numbers whatever happens
    counter_step_uah: int = 100  # what the gauge counts in

    @property
    def state_of_health(self) -> int:
        """Percent of the rated capacity, as the gauge rounds it."""
        return round(100 * self.full_mah / self.design_mah)

    @property
    def phone_calibrated(self) -> date | None:
        """When the factory finished the phone: some weeks before its battery's first use."""
        return self.first_used - timedelta(days=45) if self.first_used else None

    @property
    def counter_uah(self) -> int:
        """The charge in the battery now."""
        return 0 if self.gauge_dead else self.full_mah * self.level * 10

    def drain_to(self, level: int, voltage_mv: int) -> None:
        """Empty the battery, as far as a gauge shows it."""
        self.level = level
        self.show(voltage_mv=voltage_mv)

    def show(self, *, voltage_mv: int | None = None, temperature_c: float | None = None) -> None:
        """Let the gauge show what the cell has become; a board without one shows nothing."""
        if self.has_gauge and voltage_mv is not None:
            self.voltage_mv = voltage_mv
        if self.has_gauge and temperature_c is not None:
            self.temperature_c = temperature_c

    def wear_to(self, percent: int, cycles: int) -> None:
        """Age the battery: every place that knows its capacity follows."""
        self.full_mah = self.design_mah * percent // 100
        self.learned_mah = None if self.learned_mah is None else self.full_mah
        self.cycles = cycles

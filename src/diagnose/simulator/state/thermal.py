"""Temperature sensors."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from diagnose.simulator.phone import Section


class ThermalSensor(BaseModel):
    """One sensor of the thermal HAL. `celsius` None is a sensor that says NaN.

    `part` is what it measures; a `kind` of 6, 7 or 8 is a voltage, a current or a charge.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    name: str
    kind: int
    part: Literal["skin", "battery", "cpu", "gpu", "usb", ""] = ""
    celsius: float | None = None
    hot: float | None = None
    listed: bool = True


class Thermal(Section):
    """Sensors, the throttling status, and how the phone's HAL is called ("" is none)."""

    AREA: ClassVar[str] = "thermal"

    status: int = 0
    hal: str = "ThermalHAL 2.0"
    sensors: list[ThermalSensor] = Field(default_factory=list)
    has_thresholds: bool = False
    has_hardware_properties: bool = True

    def of(self, part: str) -> list[ThermalSensor]:
        """The sensors on one part."""
        return [sensor for sensor in self.sensors if sensor.part == part]

    def heat(self, part: str, celsius: float) -> None:
        """Set the sensors on one part; one that says nothing stays silent."""
        for sensor in self.of(part):
            if sensor.celsius is not None:
                sensor.celsius = celsius

"""Sensors, and what they last read."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from diagnose.simulator.phone import Section

Reading = Literal["live", "stuck", "not_a_number", "zero", "off"]


class SensorPart(BaseModel):
    """One sensor of the maker. `kind` is the last word of Android's type string."""

    model_config = ConfigDict(extra="forbid")

    kind: str
    name: str
    vendor: str
    wake_up: bool = False


class Sensors(Section):
    """The sensors that answer. `active`: kinds an app listens to, so that readings are kept."""

    AREA: ClassVar[str] = "sensors"

    parts: list[SensorPart] = Field(default_factory=list)
    active: list[str] = Field(default_factory=lambda: ["accelerometer", "light"])
    readings: dict[str, Reading] = Field(default_factory=dict)
    init_error: int = 0  # of the sensor HAL; 0: it works
    has_noise: bool = True  # an emulator's sensors have none

    def use(self, kind: str) -> None:
        """An app listens to this kind, so that its readings are kept."""
        self.active = [*dict.fromkeys((*self.active, kind))]

    def of_kind(self, kind: str) -> list[SensorPart]:
        """All sensors of one kind: gyroscopes come calibrated and not."""
        return [part for part in self.parts if part.kind.removesuffix("_uncalibrated") == kind]

    def remove(self, kind: str) -> None:
        """The part no longer answers; what is computed from it goes too."""
        gone = {kind, f"{kind}_uncalibrated", *_COMPUTED_FROM.get(kind, ())}
        self.parts = [part for part in self.parts if part.kind not in gone]
        self.active = [active for active in self.active if active not in gone]


_COMPUTED_FROM: dict[str, tuple[str, ...]] = {
    "accelerometer": (
        "gravity",
        "linear_acceleration",
        "rotation_vector",
        "game_rotation_vector",
        "step_counter",
        "step_detector",
        "significant_motion",
        "tilt_detector",
        "device_orientation",
    ),
    "gyroscope": ("rotation_vector", "game_rotation_vector", "gravity", "linear_acceleration"),
    "magnetic_field": ("geomagnetic_rotation_vector", "orientation", "rotation_vector"),
}

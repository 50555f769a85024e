"""Cameras and the service before them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from diagnose.simulator.phone import Section


class CameraPart(BaseModel):
    """One camera device. `hidden`: of the maker's own app alone, not "normal" for others."""

    model_config = ConfigDict(extra="forbid")

    id: str
    facing: Literal["back", "front"]
    flash: bool = False
    hidden: bool = False


class Cameras(Section):
    """What the camera service knows; the log is newest first."""

    AREA: ClassVar[str] = "cameras"

    parts: list[CameraPart] = Field(default_factory=list)
    provider: str = "internal/0"
    provider_version: str = "v2.6"
    device_version: str = "3.6"
    provider_alive: bool = True
    log: list[str] = Field(default_factory=list)
    traces: int = 0

    def remove(self, *ids: str) -> None:
        """These cameras were not found when the phone started."""
        self.parts = [part for part in self.parts if part.id not in ids]

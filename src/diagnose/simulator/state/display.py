"""The panel and the service that draws on it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from diagnose.simulator.phone import Section


class Mode(BaseModel):
    """One mode of the panel."""

    model_config = ConfigDict(extra="forbid")

    width: int
    height: int
    fps: float


class Display(Section):
    """The built-in screen. `override` is a smaller size the user chose (Huawei, Samsung)."""

    AREA: ClassVar[str] = "display"

    width: int = 1080
    height: int = 2400
    density: int = 420
    modes: list[Mode] = Field(default_factory=list)
    active_fps: float = 60.0
    name: str = "Built-in Screen"
    physical_id: int = 4630946545580055170
    identification: str = ""  # what the panel says of itself; empty: nothing
    state: Literal["ON", "OFF"] = "ON"
    brightness: float = 0.4
    override: tuple[int, int] | None = None
    compositor: Literal["answers", "hung", "gone"] = "answers"
    device_count: int = 1
    fold_states: tuple[str, ...] = ()  # of a foldable, by number; others know one state, DEFAULT
    fold_state: int = 0

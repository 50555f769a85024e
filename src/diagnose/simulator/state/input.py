"""Touch panel, keys and switches."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from diagnose.simulator.phone import Section


class InputPart(BaseModel):
    """One input device. `range`: largest X and Y of a touch panel; `slots`: fingers it tells."""

    model_config = ConfigDict(extra="forbid")

    name: str
    keys: list[str] = Field(default_factory=list)
    switches: list[str] = Field(default_factory=list)
    range: tuple[int, int] | None = None
    slots: int = 10


class Input(Section):
    """All input devices; `held`: keys that are down now.

    `ghost_touches_a_second`: what the panel reports while nobody touches it.
    """

    AREA: ClassVar[str] = "input"

    parts: list[InputPart] = Field(default_factory=list)
    held: list[str] = Field(default_factory=list)
    ghost_touches_a_second: float = 0.0
    listening_denied: bool = False

    @property
    def has_panel(self) -> bool:
        """Whether a touch panel answers."""
        return any(part.range for part in self.parts)

    def has_key(self, code: str) -> bool:
        """Whether a device has the key, headset sockets apart."""
        own = (part for part in self.parts if "SW_HEADPHONE_INSERT" not in part.switches)
        return any(code in part.keys for part in own)

    def remove_key(self, code: str) -> None:
        """No device has the key any more, headset sockets apart."""
        for part in self.parts:
            if "SW_HEADPHONE_INSERT" not in part.switches:
                part.keys = [key for key in part.keys if key != code]

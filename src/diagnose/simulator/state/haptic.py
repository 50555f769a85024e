"""Vibration motors."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from diagnose.simulator.phone import Section


class Haptic(Section):
    """The motors by id."""

    AREA: ClassVar[str] = "haptic"

    motors: list[int] = Field(default_factory=lambda: [0])

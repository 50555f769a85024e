"""Settings and apps that make a healthy phone look ill."""

from __future__ import annotations

import time
from typing import ClassVar

from pydantic import Field

from diagnose.simulator.phone import Section


class Software(Section):
    """Settings (None: never set), apps by installer, and what they drain."""

    AREA: ClassVar[str] = "software"

    window_animation_scale: str | None = None
    transition_animation_scale: str | None = None
    animator_duration_scale: str | None = None
    auto_time: str | None = "1"
    development_settings_enabled: str | None = "1"
    always_finish_activities: str | None = None
    low_power: str | None = "0"
    accessibility_services: tuple[str, ...] = ()
    apps: dict[str, int] = Field(default_factory=lambda: {"com.android.vending": 24, "null": 3})
    unrestricted_apps: int = 1
    # charge since the last full charge, mAh
    screen_mah: float = 420.0
    idle_mah: float = 180.0
    app_mah: tuple[float, ...] = (142.0, 96.5, 61.2, 30.4, 12.9, 8.8, 3.1)

    @property
    def drained_mah(self) -> float:
        """All that left the battery since the last full charge."""
        return self.screen_mah + self.idle_mah + sum(self.app_mah)

    # the clock of a virtual phone runs on from the moment it was built
    built_at: float = Field(default_factory=time.monotonic)

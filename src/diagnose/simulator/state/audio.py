"""Sound: chip, routes, server and volumes."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from diagnose.simulator.phone import Section

_OUTPUTS = ("EARPIECE", "SPEAKER", "TELEPHONY_TX")
_INPUTS = ("BUILTIN_MIC", "BACK_MIC", "TELEPHONY_RX", "REMOTE_SUBMIX")


class Audio(Section):
    """`cards`: id, driver and long name of each ALSA card. Routes are AOSP's short names."""

    AREA: ClassVar[str] = "audio"

    cards: list[tuple[str, str, str]] = Field(default_factory=list)
    cards_readable: bool = True
    outputs: list[str] = Field(default_factory=lambda: list(_OUTPUTS))
    inputs: list[str] = Field(default_factory=lambda: list(_INPUTS))
    threads: int = 3
    hardware_status: int = 0
    deadlocked: bool = False
    ringer: str = "NORMAL"
    # by stream, where it differs from the middle
    volumes: dict[str, int] = Field(default_factory=dict)

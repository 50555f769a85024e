"""Fingerprint reader and face unlock."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from diagnose.simulator.phone import Section


class Reader(BaseModel):
    """One reader and how its tries went since the start."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    enrolled: int = 1
    accepted: int = 14
    rejected: int = 2
    lockouts: int = 0
    deaths: int = 0


class Biometric(Section):
    """The readers that answer; None: there is none, or it is dead."""

    AREA: ClassVar[str] = "biometric"

    fingerprint: Reader | None = None
    face: Reader | None = None

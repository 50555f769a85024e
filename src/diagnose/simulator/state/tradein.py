"""Trade-in mode of Android 16."""

from __future__ import annotations

from typing import ClassVar, Literal

from diagnose.simulator.phone import Section


class SimulatedTradeIn(Section):
    """What the phone tells a buyer. `mode`: not on this Android, set up by an owner, or open.

    `attestation_error` is said instead of certificates, where somebody asks for them.
    """

    AREA: ClassVar[str] = "tradein"

    mode: Literal["unknown", "closed", "open"] = "unknown"
    locked: bool = False
    moisture: bool | None = None
    screen_statuses: tuple[str, ...] = ()
    hinge_folds: tuple[int, ...] = ()
    hinge_rated: int = 200_000
    storage_life_left: int | None = None
    storage_bytes: int = 128_000_000_000
    imeis: tuple[str, ...] = ()
    attestation_error: str = ""

"""Working memory."""

from __future__ import annotations

from typing import ClassVar

from diagnose.simulator.phone import Section


class Memory(Section):
    """What the box says, what the kernel sees, and how much of it is free. Sizes in KiB."""

    AREA: ClassVar[str] = "memory"

    nominal_gb: int = 8
    total_kib: int = 7_600_000
    available_percent: float = 42.0
    swap_kib: int = 4_194_300

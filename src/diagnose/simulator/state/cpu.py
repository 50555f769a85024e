"""Processor and graphics unit."""

from __future__ import annotations

from typing import ClassVar

from diagnose.simulator.phone import Section


class Cpu(Section):
    """Cores by number, as the kernel lists them, and who draws the screen."""

    AREA: ClassVar[str] = "cpu"

    possible: int = 8
    missing: tuple[int, ...] = ()  # cores that did not come up at start: neither present nor online
    asleep: tuple[int, ...] = ()  # switched off to save power, which is normal
    parts: tuple[str, ...] = ("0xd05",) * 4 + ("0xd0d",) * 4
    hardware: str = ""  # the `Hardware` line; kernels since 5.x have none
    implementer: str = "0x41"
    is_x86: bool = False
    gpu_vendor: str = "Qualcomm"
    gpu: str = "Adreno (TM) 740"
    gles: str = "OpenGL ES 3.2 V@0676.42"
    gpu_driver: str = "EGL implementation : 1.5"

    @property
    def present(self) -> list[int]:
        """Cores the kernel found."""
        return [core for core in range(self.possible) if core not in self.missing]

    @property
    def online(self) -> list[int]:
        """Cores that run right now."""
        return [core for core in self.present if core not in self.asleep]

"""What the phone's image declares: it stays when a part breaks."""

from __future__ import annotations

from typing import ClassVar

from diagnose.simulator.phone import Section


class SimulatedFeatures(Section):
    """Declared features of all areas, with `=version` where there is one."""

    AREA: ClassVar[str] = "features"

    declared: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Whether the image declares the feature."""
        return any(entry.partition("=")[0] == name for entry in self.declared)

"""What the wire asks a virtual phone."""

from __future__ import annotations

from typing import Protocol

from diagnose.simulator.output import Output


class Responder(Protocol):
    """A virtual phone as the wire sees it. `respond` is called in the wire's one thread."""

    @property
    def banner(self) -> str:
        """Identity without features: `device::ro.product.name=…;ro.product.model=…;…`."""
        ...

    @property
    def features(self) -> frozenset[str]:
        """What its adbd can do; without `shell_v2` it is an old phone that speaks v1 only."""
        ...

    def respond(self, command: str) -> Output:
        """The answer to a shell command; fast and pure."""
        ...

    def latency_ms(self, command: str) -> float:
        """How long a real phone takes before it answers, in milliseconds."""
        ...

    def read_file(self, path: str) -> bytes | None:
        """The content of a file for `sync:`, None where there is none."""
        ...

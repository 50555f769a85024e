"""What a virtual phone remembers of those who talked to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Proof of what was asked: a test reads here that nothing was written to the phone."""

    commands: list[str] = field(default_factory=list)
    write_attempts: list[str] = field(default_factory=list)
    unknown_services: list[str] = field(default_factory=list)
    closed_services: list[str] = field(default_factory=list)  # by adbd in trade-in foyer
    errors: list[str] = field(default_factory=list)
    answered: int = 0
    cancelled: int = 0
    connections: int = 0
    bytes_sent: int = 0

"""A bootloader that answers questions about its variables, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ALL = "all"


@dataclass
class Loader:
    """What it knows and how it behaves; `asked` is everything it was told.

    `hangs_on`: names it never answers. `late_on`: names whose answer comes with the next question.
    `refuses_all`: it knows single names only.
    """

    variables: Mapping[str, str]
    hangs_on: frozenset[str] = frozenset()
    late_on: frozenset[str] = frozenset()
    refuses_all: bool = False
    asked: list[str] = field(default_factory=list)
    _held_back: list[bytes] = field(default_factory=list)

    def answer(self, command: bytes) -> list[bytes]:
        """Give the packets of the answer, none where it hangs."""
        text = command.decode("utf-8", "replace")
        self.asked.append(text)
        verb, _, name = text.partition(":")
        if verb != "getvar":
            return [b"FAILunknown command"]  # nothing here can be written, erased or started
        if name in self.hangs_on:
            return []
        packets = self._all() if name == ALL else [self._one(name)]
        if name in self.late_on:
            self._held_back = packets
            return []
        before, self._held_back = self._held_back, []
        return before + packets

    def _one(self, name: str) -> bytes:
        if name in self.variables:
            return b"OKAY" + self.variables[name].encode()[:252]
        return b"FAILGetVar Variable Not found"

    def _all(self) -> list[bytes]:
        if self.refuses_all:
            return [b"FAILunknown variable"]
        lines = [f"INFO{name}:{value}".encode()[:256] for name, value in self.variables.items()]
        return [*lines, b"OKAY"]

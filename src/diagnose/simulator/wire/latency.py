"""How long a real phone takes before a command answers: assumed values, from a table."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ASSUMED = Path(__file__).parent.parent / "latencies.tsv"
_UNLISTED_MS = 20.0  # a small command: process start and exit on a phone


class LatencyRow(NamedTuple):
    """One row: glob of the command with `_` for blanks, milliseconds, jitter in percent."""

    glob: str
    ms: float
    jitter_percent: float


_UNLISTED = LatencyRow("*", _UNLISTED_MS, 20.0)


@dataclass(frozen=True)
class LatencyTable:
    """Latencies by command; the first row that matches wins. `scale` multiplies all of them."""

    rows: tuple[LatencyRow, ...]
    scale: float = 1.0

    @classmethod
    def read(cls, path: Path = ASSUMED, *, scale: float = 1.0) -> LatencyTable:
        """Read a table of tab-separated rows; raises `ValueError` that names a bad line."""
        return cls(_read_rows(path), scale)

    def latency_ms(self, phone: str, command: str) -> float:
        """Milliseconds this phone takes for this command: the same on every run."""
        row = self._find(command)
        spread = row.jitter_percent / 100 * _fraction(phone, command)
        return row.ms * (1 + spread) * self.scale

    def _find(self, command: str) -> LatencyRow:
        key = command.replace(" ", "_")
        return next((row for row in self.rows if fnmatchcase(key, row.glob)), _UNLISTED)


def _fraction(phone: str, command: str) -> float:
    """A number of [-1, 1) that depends on nothing but the two names."""
    seed = f"{phone}\0{command}".encode(errors="surrogateescape")
    digest = hashlib.blake2b(seed, digest_size=8).digest()
    return int.from_bytes(digest) / 2**63 - 1


@lru_cache(maxsize=8)
def _read_rows(path: Path) -> tuple[LatencyRow, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        _read_row(line, number)
        for number, line in enumerate(lines, 1)
        if line and not line.startswith("#")
    )


def _read_row(line: str, number: int) -> LatencyRow:
    glob, _, rest = line.partition("\t")
    try:
        ms, jitter_percent = map(float, rest.split("\t"))
    except ValueError:
        raise ValueError(f"line {number} of the latencies is not 'glob, ms, jitter %'") from None
    if not (glob and 0 <= ms <= 600_000 and 0 <= jitter_percent <= 100):
        raise ValueError(f"line {number} of the latencies is out of range")
    return LatencyRow(glob, ms, jitter_percent)

"""`dumpsys fingerprint` and `dumpsys face`: counters as JSON, one entry a user.

Whose finger or face it is stays out: the entries are only added up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from diagnose.errors import ParseError

_MOST_LINES = 2000
_LONGEST_LINE = 100_000
_DEATHS = re.compile(
    r"^ {0,8}HAL deaths(?: since last reboot)?: {0,4}(\d{1,6})", re.IGNORECASE | re.MULTILINE
)
_SENSOR = re.compile(r"^ {0,8}(?:Dumping for )?sensorId: {0,4}(\d{1,6})", re.MULTILINE)


@dataclass(frozen=True)
class BiometricUse:
    """How a reader fared since the phone was started, over all users.

    `enrolled`: fingers or faces taught. `sensor_count` None where the version does not list them.
    """

    enrolled: int
    accepted: int
    rejected: int
    acquired: int
    lockouts: int
    has_counters: bool
    sensor_count: int | None
    hal_deaths: int | None
    raw: str

    @property
    def tries(self) -> int:
        """Readings that were compared."""
        return self.accepted + self.rejected

    @property
    def rejected_percent(self) -> float | None:
        """Share of readings that were not recognised; None where there was none."""
        return 100 * self.rejected / self.tries if self.tries else None


def parse_biometrics(text: str) -> BiometricUse:
    """Read the dump of one biometric service; raises `ParseError` where nothing is known of it."""
    objects = list(_objects(text))
    deaths = _DEATHS.search(text)
    sensors = {match[1] for match in _SENSOR.finditer(text)}
    if not objects and deaths is None and not sensors:
        raise ParseError("no counters of a biometric reader")
    prints = [entry for found, _ in objects for entry in found["prints"] if isinstance(entry, dict)]
    return BiometricUse(
        enrolled=_sum(prints, "count"),
        accepted=_sum(prints, "accept", "acceptCrypto"),
        rejected=_sum(prints, "reject", "rejectCrypto"),
        acquired=_sum(prints, "acquire", "acquireCrypto"),
        lockouts=_sum(prints, "lockout", "lockoutCrypto"),
        has_counters=bool(prints),
        sensor_count=len(sensors) or None,
        hal_deaths=int(deaths[1]) if deaths else None,
        raw=objects[0][1][:200] if objects else (deaths[0].strip() if deaths else ""),
    )


def _objects(text: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Lines that are a JSON object with counters; anything else is passed over."""
    for line in text.splitlines()[:_MOST_LINES]:
        words = line.strip()
        if not words.startswith("{") or len(words) > _LONGEST_LINE:
            continue
        try:
            found = json.loads(words)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and isinstance(found.get("prints"), list):
            yield found, words


def _sum(entries: list[dict[str, Any]], *names: str) -> int:
    return sum(_count(entry.get(name)) for entry in entries for name in names)


def _count(value: object) -> int:
    """A count a phone can have; anything else counts as nothing."""
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_count and isinstance(value, int) else 0

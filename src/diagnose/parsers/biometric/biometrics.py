"""`dumpsys fingerprint` and `dumpsys face`: counters as JSON, one entry a user.

Whose finger or face it is stays out: the entries are only added up. And whether the hardware's own
service is among those that run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.model.text import Text

_MOST_LINES = 2000
_LONGEST_LINE = 100_000
_DEATHS = re.compile(
    r"^ {0,8}HAL deaths(?: since last reboot)?: {0,4}(\d{1,6})", re.IGNORECASE | re.MULTILINE
)
_SENSOR = re.compile(r"^ {0,8}(?:Dumping for )?sensorId: {0,4}(\d{1,6})", re.MULTILINE)
COUNTERS: Final[Mapping[str, Text]] = {
    "enrolled": Text("taught by the owner", "机主已录入"),
    "tries": Text("tries since start", "开机以来尝试次数"),
    "acquired": Text("readings taken since start", "开机以来采集次数"),
    "lockouts": Text("pauses after too many misses", "失败过多被暂停次数"),
    "permanent_lockouts": Text("locked until the code was entered", "锁定至输入密码的次数"),
}
"""What a service counts of every reader."""


@dataclass(frozen=True)
class BiometricUse:
    """How a reader fared since the phone was started, over all users.

    `enrolled`: fingers or faces taught. None: the version does not count it,
    """

    enrolled: int
    accepted: int
    rejected: int
    acquired: int | None
    lockouts: int | None
    permanent_lockouts: int | None
    has_counters: bool
    hal_deaths: int | None
    raw: str

    @property
    def tries(self) -> int:
        """Readings that were compared."""
        return self.accepted + self.rejected

    @property
    def counts(self) -> Mapping[str, int]:
        """Those of `COUNTERS` that this version counts."""
        counted = {name: getattr(self, name) for name in COUNTERS}
        return {name: count for name, count in counted.items() if count is not None}

    @property
    def rejected_percent(self) -> float | None:
        """Share of readings that were not recognised; None where there was none."""
        return round(100 * self.rejected / self.tries, 1) if self.tries else None


def parse_biometrics(text: str) -> BiometricUse:
    """Read the dump of one biometric service; raises `ParseError` where nothing is known of it."""
    objects = list(_objects(text))
    deaths = _DEATHS.search(text)
    sensors = {match[1] for match in _SENSOR.finditer(text)}
    if not objects and deaths is None and not sensors:
        raise ParseError("no counters of a biometric reader")
    prints = [entry for found, _ in objects for entry in found["prints"] if isinstance(entry, dict)]
    return BiometricUse(
        enrolled=_sum(prints, "count") or 0,
        accepted=_sum(prints, "accept", "acceptCrypto") or 0,
        rejected=_sum(prints, "reject", "rejectCrypto") or 0,
        acquired=_sum(prints, "acquire", "acquireCrypto"),
        lockouts=_sum(prints, "lockout", "lockoutCrypto"),
        permanent_lockouts=_sum(prints, "permanentLockout", "permanentLockoutCrypto"),
        has_counters=bool(prints),
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


def find_hal(kind: str, *lists: Iterable[str] | None) -> str | None:
    """Find the hardware's service of `fingerprint` or `face`; "" where it is in none of the lists.

    The lists are the names in `service list` and in `lshal`; None is one that could not be read,
    and where that is so, not to find it says nothing: None.
    """
    for name in sorted(name for names in lists for name in names or ()):
        labels = re.split(r"[.:@/]", name)
        if "hardware" in labels and kind in labels:
            return name
    return None if None in lists else ""


def _sum(entries: list[dict[str, Any]], *names: str) -> int | None:
    if not any(name in entry for entry in entries for name in names):
        return None
    return sum(_count(entry.get(name)) for entry in entries for name in names)


def _count(value: object) -> int:
    """A count a phone can have; anything else counts as nothing."""
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_count and isinstance(value, int) else 0

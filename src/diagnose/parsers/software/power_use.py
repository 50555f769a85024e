"""The power model of `dumpsys batterystats`: how much of the drain each part and app took.

Apps are known by number only; two layouts, before and since Android 12.
"""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_HEADER = re.compile(r"^\s{0,8}Estimated power use \(mAh\):", re.MULTILINE)
_COMPUTED = re.compile(r"Computed drain: (\d{1,9}(?:\.\d{1,9})?)")
_UID = re.compile(r"^\s{2,8}(?:Uid|UID) (u\d{1,4}a\d{1,6}|\d{1,7}): (\d{1,9}(?:\.\d{1,9})?)(?= |$)")
_MOST_LINES = 4000


@dataclass(frozen=True)
class PowerUse:
    """Charges in mAh since the last full charge, highest first.

    `apps`: installed apps; `system`: parts of the system that run under a number of their own.
    """

    computed_mah: float
    apps: tuple[float, ...]
    system: tuple[float, ...] = ()
    raw: str = ""

    @property
    def top_app_percent(self) -> float | None:
        """The share of the app that took most; None where nothing was drained yet."""
        if not self.computed_mah:
            return None
        return min(100.0, 100.0 * max(self.apps, default=0.0) / self.computed_mah)

    def largest_percent(self, count: int = 3) -> tuple[tuple[str, float], ...]:
        """The largest shares, as (`app` or `system`, percent); none where nothing was drained."""
        if not self.computed_mah:
            return ()
        takers = [*(("app", mah) for mah in self.apps), *(("system", mah) for mah in self.system)]
        largest = sorted(takers, key=lambda taker: taker[1], reverse=True)[:count]
        percents = ((who, min(100.0, 100.0 * mah / self.computed_mah)) for who, mah in largest)
        return tuple((who, round(percent, 1)) for who, percent in percents)


def parse_power_use(text: str) -> PowerUse:
    """Read the section; raises `ParseError` where it is not there."""
    header = _HEADER.search(text)
    computed = _COMPUTED.search(text, header.end()) if header else None
    if header is None or computed is None or computed.start() > header.end() + 400:
        raise ParseError("no estimated power use in the answer")
    apps: list[float] = []
    system: list[float] = []
    for line in text[computed.end() : computed.end() + 1_000_000].splitlines()[1:_MOST_LINES]:
        if not line.strip():
            break
        if match := _UID.match(line[:200]):
            (apps if _is_app(match[1]) else system).append(float(match[2]))
    return PowerUse(float(computed[1]), _falling(apps), _falling(system), computed[0])


def _falling(charges: list[float]) -> tuple[float, ...]:
    return tuple(sorted(charges, reverse=True))


def _is_app(uid: str) -> bool:
    """Whether the uid belongs to an installed app rather than to a part of the system."""
    return uid.startswith("u") or int(uid) >= 10_000

"""The power model of `dumpsys batterystats`: how much of the drain each part and app took.

Apps are known by number only; two layouts, before and since Android 12.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from diagnose.errors import ParseError

_HEADER = re.compile(r"^\s{0,8}Estimated power use \(mAh\):", re.MULTILINE)
_COMPUTED = re.compile(r"Computed drain: (\d{1,9}(?:\.\d{1,9})?)")
_UID = re.compile(r"^\s{2,8}(?:Uid|UID) (u\d{1,4}a\d{1,6}|\d{1,7}): (\d{1,9}(?:\.\d{1,9})?)(?= |$)")
_MOST_LINES = 4000


@dataclass(frozen=True)
class PowerUse:
    """Charges in mAh since the last full charge. `apps`: installed apps by drain, highest first."""

    computed_mah: float
    apps: tuple[float, ...]
    raw: str = ""

    @property
    def top_app_percent(self) -> float | None:
        """The share of the app that took most; None where nothing was drained yet."""
        if not self.computed_mah:
            return None
        return min(100.0, 100.0 * max(self.apps, default=0.0) / self.computed_mah)


def parse_power_use(text: str) -> PowerUse:
    """Read the section; raises `ParseError` where it is not there."""
    header = _HEADER.search(text)
    computed = _COMPUTED.search(text, header.end()) if header else None
    if header is None or computed is None or computed.start() > header.end() + 400:
        raise ParseError("no estimated power use in the answer")
    apps: list[float] = []
    for line in text[computed.end() : computed.end() + 1_000_000].splitlines()[1:_MOST_LINES]:
        if not line.strip():
            break
        if (match := _UID.match(line[:200])) and _is_app(match[1]):
            apps.append(float(match[2]))
    return PowerUse(float(computed[1]), tuple(sorted(apps, reverse=True)), computed[0])


def _is_app(uid: str) -> bool:
    """Whether the uid belongs to an installed app rather than to a part of the system."""
    return uid.startswith("u") or int(uid) >= 10_000

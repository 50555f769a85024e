"""How many months lie behind an update, and until which month a maker promised them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from diagnose.parsers.property_values import number, patch_level

# Huawei's first: a JKM-AL00 whose system was built 2023-05 still says 2020-07 in Android's.
BUILT = ("ro.huawei.build.date.utc", "ro.build.date.utc")
_FIRST_ANDROID = datetime(2008, 9, 1, tzinfo=UTC).timestamp()


def months_between(since: date, until: date) -> int:
    """Whole calendar months; a day after `until` is no age and counts as none."""
    return max(0, 12 * (until.year - since.year) + until.month - since.month)


def promised_month(words: str) -> date | None:
    """The first day of a month written `2031-08`, or None."""
    return patch_level(f"{words.strip()}-01")


def build_day(properties: Mapping[str, str], now: datetime) -> date | None:
    """The day the system was built; None where it is not said or cannot be (1970, tomorrow)."""
    built = next((day for name in BUILT if (day := number(properties, name))), None)
    if built is None or not _FIRST_ANDROID <= built <= now.timestamp():
        return None
    return datetime.fromtimestamp(built, UTC).date()

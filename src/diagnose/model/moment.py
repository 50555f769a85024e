"""Moments as a person reads them: in the time of the shop, with its zone."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Whether that is a time zone (`Europe/Berlin`) this computer knows."""
    try:
        return bool(_zone(name))
    except (KeyError, ValueError, OSError):  # not found is a KeyError
        return False


def local(moment: datetime, zone: str = "") -> datetime:
    """Give a moment in a shop's zone; without one, in the offset it was written down with."""
    return moment.astimezone(_zone(zone)) if zone else moment


def day_text(moment: datetime, zone: str = "") -> date:
    """Give the day of a moment as the shop's calendar has it."""
    return local(moment, zone).date()


def moment_text(moment: datetime, zone: str = "") -> str:
    """Write a moment to the minute, with its offset from UTC: zone letters mean several zones."""
    here = local(moment, zone)
    offset = f"{here:%z}"
    named = "UTC" if offset in ("", "+0000") else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{here:%Y-%m-%d %H:%M} {named}"


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)

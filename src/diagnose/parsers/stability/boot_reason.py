"""Why the phone started: Android's own reason and the boot loader's, in one set of classes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

# Earlier entries carry the clock of a phone that had lost its time (1970, 1980, 2010-01-01).
_EARLIEST_S = int(datetime(2015, 1, 1, tzinfo=UTC).timestamp())
_MOST_STARTS = 50
_ONE_EVENING = timedelta(hours=3)


class BootClass(StrEnum):
    """What made the phone go down before it started."""

    USER = "user"
    UPDATE = "update"
    WATCHDOG = "watchdog"
    KERNEL_PANIC = "kernel_panic"
    UNDERVOLTAGE = "undervoltage"
    THERMAL = "thermal"
    BATTERY = "battery"
    UNKNOWN = "unknown"


# First match wins. "wdt_by_pass_pwk" is how MediaTek's loader calls an ordinary restart (Meizu
# M1813, LeEco X620), so it must not read as a watchdog. Values come from AOSP's bootstat table and
# from phones; `smpl` is Qualcomm's "sudden momentary power loss", `shutdown,charger,low-battery`
# the end of MIUI's countdown at 0 %.
_WORDS: tuple[tuple[BootClass, re.Pattern[str]], ...] = (
    (BootClass.USER, re.compile(r"wdt_by_pass_pwk")),
    (BootClass.UNDERVOLTAGE, re.compile(r"uvlo|undervoltage|under_voltage|smpl|power_loss")),
    (BootClass.THERMAL, re.compile(r"thermal|overheat|over_temp|temp_high|otp_reset")),
    (BootClass.KERNEL_PANIC, re.compile(r"panic|kernel_?crash|oops|modem_?crash|init_fatal")),
    (BootClass.WATCHDOG, re.compile(r"watchdog|wdt|wdog|\bwatch_dog|hang_detect")),
    (BootClass.BATTERY, re.compile(r"battery|no_power|low_power_shutdown")),
    (
        BootClass.UPDATE,
        re.compile(r"\bota\b|update|upgrade|factory_reset|recovery|bootloader|fastboot"),
    ),
    (
        BootClass.USER,
        re.compile(
            r"userrequested|user_choose|shell|\badb\b|power_?(?:on_)?key|pwrkey|pon_?key|rtc"
            r"|silent|timed_shutdown|crontab|setup|guidepage|charger|usb|longkey|quiescent"
        ),
    ),
)

ABNORMAL = frozenset(
    {BootClass.WATCHDOG, BootClass.KERNEL_PANIC, BootClass.UNDERVOLTAGE, BootClass.THERMAL}
)
"""Classes in which the phone went down although nobody wanted it to."""


@dataclass(frozen=True)
class Start:
    """One start: reason as printed, its class, and when (None where the clock was wrong)."""

    reason: str
    kind: BootClass
    at: datetime | None
    raw: str


def classify_boot_reason(reason: str) -> BootClass:
    """Give the class of a reason in Android's or a boot loader's words; never raises."""
    said = reason[:200].lower()
    return next((kind for kind, words in _WORDS if words.search(said)), BootClass.UNKNOWN)


def parse_boot_history(value: str) -> tuple[Start, ...]:
    """Read `persist.sys.boot.reason.history`, newest first: `reason,epoch seconds` lines."""
    lines = [line.strip() for line in value.splitlines()[:_MOST_STARTS]]
    return tuple(_start(line[:200]) for line in lines if line)


def count_emptied(starts: Iterable[Start]) -> int:
    """Count how often the battery switched the phone off.

    An empty phone is tried again and again until it is charged: what lies less than three hours
    behind the one before counts with it. Starts without a date (the clock ran on from 1970 or
    2010) may be any of the others: they count once, where there is none with a date.
    """
    emptied = [start.at for start in starts if start.kind is BootClass.BATTERY]
    dated = sorted(at for at in emptied if at)
    apart = sum(later - earlier > _ONE_EVENING for earlier, later in pairwise(dated))
    return apart + 1 if emptied else 0


def _start(line: str) -> Start:
    reason, comma, epoch = line.rpartition(",")
    if not comma or not epoch.isdigit():
        return Start(line, classify_boot_reason(line), None, line)
    reason = reason.strip(",")
    return Start(reason, classify_boot_reason(reason), _time(epoch), line)


def _time(epoch: str) -> datetime | None:
    if len(epoch) > 10 or int(epoch) < _EARLIEST_S:
        return None
    return datetime.fromtimestamp(int(epoch), UTC)

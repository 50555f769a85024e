"""Why the phone started: Android's own reason and the boot loader's, in one set of classes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from diagnose.model.plain import dataclass
from diagnose.parsers.stability.boot_words import ABNORMAL, BootClass, boot_word

# Earlier entries carry the clock of a phone that had lost its time (1970, 1980, 2010-01-01).
_EARLIEST_S = int(datetime(2015, 1, 1, tzinfo=UTC).timestamp())
_MOST_STARTS = 50
_ONE_EVENING = timedelta(hours=3)


@dataclass(frozen=True)
class Start:
    """One start: reason as printed, its class, and when (None where the clock was wrong)."""

    reason: str
    kind: BootClass
    at: datetime | None
    raw: str


def classify_boot_reason(reason: str) -> BootClass:
    """Give the class of a reason in Android's or a boot loader's words; never raises."""
    word = boot_word(reason)
    return word.kind if word else BootClass.UNKNOWN


def telling(reason: str) -> int:
    """How much a reason tells (0 to 100): of several sources the most telling counts."""
    kind = classify_boot_reason(reason)
    if kind is BootClass.HELD_KEY:
        return 70  # whoever held it: "by the user" would say more than that
    return 80 if kind in ABNORMAL else 30 if kind is BootClass.UNKNOWN else 60


def is_within(start: Start, window: timedelta, now: datetime) -> bool:
    """Whether it is that new; one without a date (clock lost) is among the newest."""
    return start.at is None or timedelta(days=-2) < now - start.at <= window


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
    if not comma or not (epoch.isascii() and epoch.isdigit()):
        return Start(line, BootClass.UNKNOWN, None, line)  # cut off, or a row of another form
    reason = reason.strip(",")
    return Start(reason, classify_boot_reason(reason), _time(epoch), line)


def _time(epoch: str) -> datetime | None:
    if len(epoch) > 10 or int(epoch) < _EARLIEST_S:
        return None
    return datetime.fromtimestamp(int(epoch), UTC)

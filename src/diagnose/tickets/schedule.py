"""When it is tried again: the schedule of Standard Webhooks, spread out a little."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

MINUTE_S: Final = 60.0
HOUR_S: Final = 60 * MINUTE_S
DELAYS_S: Final = (
    *(0.0, 5.0, 5 * MINUTE_S, 30 * MINUTE_S),
    *(hours * HOUR_S for hours in (2, 5, 10, 14, 20, 24)),
)
"""Before the first, the second, … attempt; after the tenth it is a dead letter (75.6 hours)."""

LONGEST_PAUSE_S: Final = 30 * MINUTE_S
"""How long nobody is looked for at most while the system is not there: it is back at some time."""

LONGEST_WAIT_S: Final = 24 * HOUR_S
"""What is believed of a `Retry-After`."""

JITTER: Final = 0.2


def delay_s(tries: int) -> float | None:
    """How long to wait after so many attempts that were answered; None: there is no other."""
    return jittered(DELAYS_S[tries]) if tries < len(DELAYS_S) else None


def pause_s(times: int) -> float:
    """How long to leave a system alone that was not there, or said no, so many times running."""
    return jittered(min(DELAYS_S[min(max(times, 1), 3)], LONGEST_PAUSE_S))


def jittered(seconds: float) -> float:
    """Up to a fifth longer, so that many who were sent away do not come back at once."""
    return seconds * (1 + JITTER * random.random())  # noqa: S311 - not a secret


def seconds_until(header: str, now: datetime | None = None) -> float | None:
    """Read a `Retry-After` or a rate limit's reset; None where it is neither.

    Seconds, an HTTP date, a moment of ISO 8601, or a Unix time are understood.
    """
    now = now or datetime.now(UTC)
    try:
        number = float(header)
    except ValueError:
        moment = _moment(header)
        seconds = None if moment is None else (moment - now) / timedelta(seconds=1)
    else:
        seconds = number - now.timestamp() if number > 1e9 else number
    if seconds is None or seconds != seconds:  # noqa: PLR0124 - NaN
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT_S)


def _moment(header: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(header.strip())
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None

"""Retention: of which cases the private data must go now. Pure; see `model/retention.py`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from diagnose.model.case import Case


class Due(StrEnum):
    """Where a case stands with its private data."""

    DUE = "due"
    NOT_YET = "not_yet"
    OPEN = "open"
    EMPTY = "empty"  # nothing private is kept, or no longer
    CLOCK = "clock"  # this computer's clock stands before the last event of the case


def due(case: Case, now: datetime) -> Due:
    """Say whether the time of a case's private data has run out.

    A case that has not ended is never due. Where the clock was set back nothing can be said of
    time, and nothing goes.
    """
    if not case.private_values:
        return Due.EMPTY
    if case.kept_until is None:
        return Due.OPEN
    if now < case.last_at:
        return Due.CLOCK
    return Due.DUE if now >= case.kept_until else Due.NOT_YET

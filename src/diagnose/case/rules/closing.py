"""Closing a case without an end by the customer: the phone given back, never fetched, a double."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from diagnose.errors import CaseRefused
from diagnose.model.case import Case, Stage
from diagnose.model.closing import Closing
from diagnose.model.moment import day_text


def close(case: Case, reason: str, *, at: datetime, by: str) -> Closing:
    """Make the closing. Raises `CaseRefused` where the case is closed, or no reason is given."""
    if case.stage is Stage.CLOSED:
        raise CaseRefused(
            "the customer accepted the repair: the case is closed", hint=_see(case.case_id)
        )
    refuse_closed(case)
    if not reason.strip():
        raise CaseRefused("a case is closed for a reason", hint="--reason 'the phone was fetched'")
    try:
        return Closing(at=at, by=by, reason=reason.strip())
    except ValidationError as problem:
        raise CaseRefused(
            "the reason is longer than 1000 characters", hint="shorten it"
        ) from problem


def refuse_closed(case: Case) -> None:
    """Raise `CaseRefused` where the shop has closed the case: no step comes after that."""
    if case.closing:
        day = day_text(case.closing.at, case.shop.time_zone if case.shop else "")
        raise CaseRefused(
            f"the case was closed on {day}; nothing more is added to it",
            hint="open a case of its own: diagnose case open",
        )


def _see(name: str) -> str:
    return f"see: diagnose case show {name}"

"""The hinges in the JSON of trade-in mode (Android 16)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from diagnose.errors import ParseError

_MOST = 8


@dataclass(frozen=True)
class Hinge:
    """How often one hinge was folded, and how often it is made for; None where not said."""

    folds: int | None
    rated_folds: int | None


def parse_hinges(text: str) -> tuple[Hinge, ...]:
    """Read the hinges; a phone without one has an empty list. Raises `ParseError` for no JSON."""
    start = text.find("{")
    try:
        report = json.loads(text[start:200_000] if start >= 0 else "")
    except (ValueError, RecursionError) as problem:
        raise ParseError("no trade-in report in the answer") from problem
    if not isinstance(report, dict):
        raise ParseError("no trade-in report in the answer")
    hinge = report.get("hinge")
    entries = hinge.get("hinges") if isinstance(hinge, dict) else None
    found = entries if isinstance(entries, list) else []
    return tuple(_hinge(entry) for entry in found[:_MOST] if isinstance(entry, dict))


def _hinge(entry: dict[str, Any]) -> Hinge:
    return Hinge(_count(entry.get("num_times_folded")), _count(entry.get("rated_lifespan")))


def _count(value: object) -> int | None:
    """Zero, -1 and null mean that nobody counts."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**40:
        return value
    return None

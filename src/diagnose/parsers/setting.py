"""`settings get`: one value, or `null` where it was never set."""

from __future__ import annotations

import math

from diagnose.errors import ParseError

_LONGEST = 20_000


def parse_setting(text: str) -> str | None:
    """Read one setting; None where the phone has no value for it."""
    value = text.strip()
    if len(value) > _LONGEST:
        raise ParseError("the setting is too long")
    return None if value in ("null", "") else value


def parse_number_setting(text: str) -> float | None:
    """Read a setting that is a number; raises `ParseError` where it is none."""
    value = parse_setting(text)
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        raise ParseError("the setting is no number") from None
    if not math.isfinite(number):
        raise ParseError("the setting is no number")
    return number


def count_components(text: str) -> int:
    """Count the components of a `:`-separated setting; their names are not kept."""
    value = parse_setting(text) or ""
    return len({name for name in value.split(":") if "/" in name})

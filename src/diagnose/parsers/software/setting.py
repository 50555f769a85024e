"""`settings get`: one value, or `null` where it was never set."""

from __future__ import annotations

import math
import re

from diagnose.errors import ParseError
from diagnose.parsers.printed import Quoted

_LONGEST = 20_000
_REDACTED = re.compile(r"<(\w{1,20}):([0-9a-f]{4})>", re.ASCII)
_SLASH = re.compile("/")
_COMPONENT = re.compile(r"[\w.]{1,255}/[\w.$]{1,255}", re.ASCII)


def parse_setting(text: str) -> str | None:
    """Read one setting; None where the phone has no value for it.

    An empty value still ends its line; raises `ParseError` where nothing at all was said.
    """
    if not text:
        raise ParseError("no answer")
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


def components_raw(text: str) -> tuple[str, ...]:
    """What shows how many components there are without their names: `null`, or each slash."""
    if parse_setting(text) is None:
        return (text.strip(),)
    return tuple(Quoted("/", match.start()) for match in _SLASH.finditer(text[:_LONGEST]))


def count_components(text: str) -> int:
    """Count the components of a `:`-separated setting; their names are not kept.

    Raises `ParseError` where a part is no component (`package/class`): it is something else.
    """
    value = parse_setting(text)
    if value is None:
        return 0
    without_colons = _REDACTED.sub(r"\1.\2", value)  # names were made unreadable before
    names = {name for name in without_colons.split(":") if name}
    if not all(_COMPONENT.fullmatch(name) for name in names):
        raise ParseError("not a list of components")
    return len(names)

"""Single properties as typed values; empty, absent and unknown words are None."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from diagnose.parsers.getprop import Properties

_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")
_PATCH = re.compile(r"(20\d{2})-(\d{2})-(\d{2})")


def line_of(properties: Mapping[str, str], name: str) -> str:
    """Quote the property as the answer states it: the evidence of a value read from it."""
    if isinstance(properties, Properties):
        return properties.raw(name)
    return f"[{name}]: [{properties[name]}]" if name in properties else ""


def word(properties: Mapping[str, str], name: str, limit: int = 100) -> str | None:
    """The value as a bounded word, or None where it is empty or absent."""
    return properties.get(name, "").strip()[:limit] or None


def flag(properties: Mapping[str, str], name: str) -> bool | None:
    """The value as yes or no, or None where it is neither."""
    value = properties.get(name, "").strip().lower()
    return True if value in _TRUE else False if value in _FALSE else None


def number(properties: Mapping[str, str], name: str) -> int | None:
    """The value as a whole number, or None."""
    value = properties.get(name, "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None


def patch_level(text: str) -> date | None:
    """A security patch level (`2026-08-05`) as its date, or None where it is none."""
    match = _PATCH.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None

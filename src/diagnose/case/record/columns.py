"""Columns that are read as what we wrote, whatever stands there.

SQLite keeps a value of any type in any column. One that we never wrote is read as one that no
signature fits: the case it belongs to is then found damaged, and no other with it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator


class BytesColumn(TypeDecorator[bytes]):
    """Bytes; text that was put in their place is read as its UTF-8, anything else as none."""

    impl = LargeBinary
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], bytes | None]:
        """Stand in for SQLAlchemy's own, which stumbles over text."""
        del dialect, coltype
        return _bytes


class WordColumn(TypeDecorator[str]):
    """A line of text; anything else is read as an empty one."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Read one value."""
        del dialect
        return value if value is None or isinstance(value, str) else ""


class NumberColumn(TypeDecorator[int]):
    """A whole number; anything else is read as -1, which is none of ours."""

    impl = Integer
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        """Read one value."""
        del dialect
        if isinstance(value, Decimal):  # what PostgreSQL makes of a sum
            return int(value)
        return value if value is None or isinstance(value, int) else -1


class MomentColumn(NumberColumn):
    """Unix milliseconds."""

    impl = BigInteger
    cache_ok = True


def _bytes(value: Any) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return bytes(value) if isinstance(value, memoryview) else b""

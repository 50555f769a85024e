"""TOML that people write: whatever is wrong with it ends in one kind of error and one line."""

from __future__ import annotations

from typing import Any

import tomli


class NotToml(ValueError):
    """Why a text is not TOML that is read."""


def read_toml(data: bytes) -> dict[str, Any]:
    """Read a file's bytes as a table. Raises `NotToml`."""
    try:
        return tomli.loads(data.decode("utf-8-sig"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise NotToml(str(problem)) from problem
    except RecursionError as problem:
        raise NotToml("it is nested too deep") from problem
    except ValueError as problem:  # a number of 5,000 digits, a date that no calendar has
        raise NotToml("a number or date in it is too large") from problem

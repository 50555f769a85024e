"""The base of every model: frozen, and strict about names."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value: it cannot be changed, and an unknown name in its JSON is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_inf_nan="null", defer_build=True
    )


def added(default: Any) -> Any:
    """A member that came after version 1.0: left out where it says nothing.

    A report of an older version keeps its digest so.
    """
    return Field(default=default, exclude_if=lambda value: value == default)

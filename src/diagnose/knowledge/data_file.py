"""Reads the product's TOML files into their models; a broken one is named with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from diagnose.errors import CatalogError
from diagnose.toml import NotToml, read_toml

LARGEST_FILE = 512 * 1024
M = TypeVar("M", bound=BaseModel)


def read_data(path: Path, model: type[M], error: type[CatalogError]) -> M:
    """Read one file as a model. Raises `error` with the file, the place and what is wrong."""
    return as_model(read_table(path, error), model, error, where=str(path))


def read_table(path: Path, error: type[CatalogError]) -> dict[str, Any]:
    """Read one file as a table. Raises `error`."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise error(f"{path} is too large: more than {LARGEST_FILE} bytes")
        return read_toml(path.read_bytes())
    except (OSError, NotToml) as problem:
        raise error(f"{path} cannot be read: {problem}") from problem


def as_model(table: object, model: type[M], error: type[CatalogError], *, where: str) -> M:
    """Check a table against its model. Raises `error` with the first thing that is wrong."""
    try:
        return model.model_validate(table)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        more = problem.error_count() - 1
        hint = f"and {more} more" if more else ""
        raise error(f"{where}: {place}: {first['msg']}", hint=hint) from problem

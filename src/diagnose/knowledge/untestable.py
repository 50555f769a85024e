"""What only a person can test: `profiles/untestable.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from diagnose.errors import SymptomInvalid
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.data_file import as_model, read_table
from diagnose.model.complaint import UntestableKind


def load_untestable(path: Path | None = None) -> Mapping[str, UntestableKind]:
    """Load every entry, by code. Raises `SymptomInvalid`."""
    return _load(path or bundled_folder("profiles") / "untestable.toml")


@cache
def _load(path: Path) -> Mapping[str, UntestableKind]:
    return {
        code: as_model(
            {**entry, "code": code}, UntestableKind, SymptomInvalid, where=f"{path}: {code}"
        )
        for code, entry in read_table(path, SymptomInvalid).items()
    }

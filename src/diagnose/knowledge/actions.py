"""The repair actions a cause may ask for: `profiles/actions.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from diagnose.errors import ActionInvalid
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.data_file import as_model, read_table
from diagnose.model.action import RepairAction


def load_actions(path: Path | None = None) -> Mapping[str, RepairAction]:
    """Load every action, by code. Raises `ActionInvalid`."""
    return _load(path or bundled_folder("profiles") / "actions.toml")


@cache
def _load(path: Path) -> Mapping[str, RepairAction]:
    table = read_table(path, ActionInvalid)
    if wrong := [code for code, entry in table.items() if not isinstance(entry, dict)]:
        raise ActionInvalid(f"{path}: {wrong[0]}: an action is a table")
    return {
        code: as_model(entry | {"code": code}, RepairAction, ActionInvalid, where=f"{path}: {code}")
        for code, entry in table.items()
    }

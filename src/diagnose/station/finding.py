"""One thing that was checked on this computer."""

from __future__ import annotations

from diagnose.model.plain import dataclass
from diagnose.model.text import Text


@dataclass(frozen=True)
class StationFinding:
    """What was found; `ok` None: nothing is wrong, or it cannot be told on this computer."""

    name: str
    ok: bool | None
    text: Text
    hint: Text | None = None

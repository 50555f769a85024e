"""Facts a profile knows of a model, each with where it comes from."""

from __future__ import annotations

from diagnose.model.criterion import Source, Value
from diagnose.model.frozen import Frozen


class Fact(Frozen):
    """One fact of a model (design capacity, number of cameras) and what stands behind it."""

    value: Value
    source: Source
    profile: str = ""

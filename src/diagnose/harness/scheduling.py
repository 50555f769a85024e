"""How pytest-xdist spreads tests: all those of one phone on one worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling


def by_phone(config: pytest.Config, log: Any, labels: Sequence[str]) -> Any:
    """Give a scheduler that groups tests by phone; a test of no phone is a group of its own."""

    def split_scope(_self: Any, nodeid: str) -> str:
        for label in labels:
            if f"[{label}]" in nodeid or f"[{label}-" in nodeid:
                return f"diagnose[{label}]"
        return nodeid

    kind = type("PhoneScheduling", (LoadScopeScheduling,), {"_split_scope": split_scope})
    return kind(config, log)

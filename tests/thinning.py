"""A long list of cases: a few are tried at every run, all of them by the gate."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest


def one_in(few: int, cases: Iterable[Any]) -> list[Any]:
    """Mark all but one in `few` cases of one parameter as slow: `.ci/run` tries them all."""
    return [
        case if number % few == 0 else pytest.param(case, marks=pytest.mark.slow)
        for number, case in enumerate(cases)
    ]


def examples(most: int) -> int:
    """How many examples a property is tried with: all by the gate, a third of them elsewhere."""
    return most if os.environ.get("DIAGNOSE_THOROUGH") else max(5, most // 3)

"""A long list of cases: a few are tried at every run, all of them by the gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def one_in(few: int, cases: Iterable[Any]) -> list[Any]:
    """Mark all but one in `few` cases of one parameter as slow: `.ci/run` tries them all."""
    return [
        case if number % few == 0 else pytest.param(case, marks=pytest.mark.slow)
        for number, case in enumerate(cases)
    ]

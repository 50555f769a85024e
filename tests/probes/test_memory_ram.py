"""Memory against what the model was sold with, and what is left of it."""

from __future__ import annotations

import pytest

from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement


def ram(total_kib: int, available_kib: int | None, sold: Value | None = None) -> ProbeResult:
    text = f"MemTotal:       {total_kib} kB\nMemFree:         1000 kB\n"
    if available_kib is not None:
        text += f"MemAvailable:    {available_kib} kB\n"
    facts = {} if sold is None else {"memory_gb": sold}
    return interpret_probe("memory.ram", {"cat /proc/meminfo": text}, facts=facts)


@pytest.mark.parametrize(
    ("total_kib", "sold", "outcome"),
    [
        (7_312_872, 8, Outcome.PASS),
        (7_312_872, ("8", "12"), Outcome.PASS),
        (11_462_140, ("8", "12"), Outcome.PASS),
        (1_850_000, 2, Outcome.PASS),
        (5_900_000, 8, Outcome.ATTENTION),
        # At the limits: three quarters of 8 GiB, and six tenths.
        (6_291_456, 8, Outcome.PASS),
        (6_270_000, 8, Outcome.ATTENTION),
        (5_033_165, 8, Outcome.ATTENTION),
        (5_020_000, 8, Outcome.FAIL),
        (3_650_000, 8, Outcome.FAIL),
        (3_650_000, ("8", "12"), Outcome.FAIL),
    ],
)
def test_total_against_the_model(total_kib: int, sold: Value, outcome: Outcome) -> None:
    assert measurement(ram(total_kib, total_kib // 2, sold), "total").outcome is outcome


def test_unknown_model_is_only_observed() -> None:
    result = ram(3_650_000, 1_800_000)
    assert measurement(result, "total").outcome is Outcome.OBSERVED


def test_phone_of_half_a_gigabyte_is_not_judged_by_its_model() -> None:
    assert measurement(ram(415_248, 200_000, 0.5), "total").outcome is Outcome.OBSERVED


@pytest.mark.parametrize(
    ("available", "outcome"), [(400_001, Outcome.PASS), (390_000, Outcome.ATTENTION)]
)
def test_share_left_for_apps(available: int, outcome: Outcome) -> None:
    assert measurement(ram(8_000_000, available), "available_percent").outcome is outcome


def test_old_kernel_that_does_not_tell_what_is_available() -> None:
    result = ram(1_008_528, None)
    assert measurement(result, "available_percent").value is None
    assert result.outcome is Outcome.OBSERVED


def test_more_available_than_there_is_gives_no_number() -> None:
    assert measurement(ram(1000, 2000), "available_percent").value is None


def test_refused_is_not_run() -> None:
    answers = {"cat /proc/meminfo": denied("cat /proc/meminfo")}
    assert interpret_probe("memory.ram", answers).outcome is Outcome.NOT_RUN

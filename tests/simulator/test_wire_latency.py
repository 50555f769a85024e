"""Assumed latencies: which row counts, and that the same phone is always as slow."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.simulator.wire.latency import LatencyRow, LatencyTable

ASSUMED = LatencyTable.read()


@pytest.mark.parametrize(
    ("command", "ms"),
    [
        ("dumpsys batterystats", 1500),
        ("dumpsys battery", 25),
        ("dumpsys bluetooth_manager", 60),
        ("cat /proc/meminfo", 3),
        ("settings get global x", 40),
    ],
)
def test_assumed_latency_is_near_its_row(command: str, ms: float) -> None:
    assert ASSUMED.latency_ms("p", command) == pytest.approx(ms, rel=0.2)


def test_first_row_wins_and_blanks_are_underscores() -> None:
    table = LatencyTable((LatencyRow("a_b", 10, 0), LatencyRow("a_*", 20, 0)))
    assert [table.latency_ms("p", c) for c in ("a b", "a c", "a b c")] == [10, 20, 20]


@given(st.text(max_size=20), st.text(max_size=40), st.floats(0, 20))
def test_latency_is_the_same_every_time_and_scales(phone: str, command: str, scale: float) -> None:
    once = ASSUMED.latency_ms(phone, command)
    assert once >= 0
    assert LatencyTable.read().latency_ms(phone, command) == once
    scaled = LatencyTable.read(scale=scale).latency_ms(phone, command)
    assert scaled == pytest.approx(once * scale)


def test_jitter_differs_between_phones_within_its_bounds() -> None:
    table = LatencyTable((LatencyRow("*", 100, 20),))
    values = {table.latency_ms(f"phone {number}", "x") for number in range(50)}
    assert len(values) == 50
    assert 80 <= min(values) < 90
    assert 110 < max(values) <= 120


@pytest.mark.parametrize(
    "line", ["x", "x\t1", "x\ta\t1", "\t1\t1", "x\t-1\t1", "x\t1\t200", "x\tnan\t0"]
)
def test_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "latencies.tsv"
    path.write_text(f"# comment\nok\t1\t1\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 3"):
        LatencyTable.read(path)

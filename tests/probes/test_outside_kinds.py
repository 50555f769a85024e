"""Kinds of faults that only sources from outside showed: gauges, services that die, locks."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe

BATTERY = """Current Battery Service state:
  AC powered: false
  status: 3
  health: {health}
  present: true
  level: {level}
  scale: 100
  voltage: {voltage}
  temperature: {temperature}
  technology: Li-ion
"""


def battery(**values: int) -> Outcome:
    answers = {"health": 2, "level": 60, "voltage": 3850, "temperature": 250} | values
    return interpret_probe("battery.state", {"dumpsys battery": BATTERY.format(**answers)}).outcome


@pytest.mark.parametrize(
    "values",
    [
        {"health": 8},
        {"health": 12},
        {"level": 255},
        {"level": -1},
        {"level": 0, "voltage": 4350},
        {"level": 5, "voltage": 4201},
        {"level": 50, "voltage": 3299},
        {"temperature": 1250},
        {"temperature": -990},
    ],
)
def test_numbers_that_exclude_each_other_are_told(values: dict[str, int]) -> None:
    assert battery(**values) is Outcome.ATTENTION


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"level": 6, "voltage": 4300},
        {"level": 5, "voltage": 4200},
        {"level": 49, "voltage": 3200},
        {"level": 50, "voltage": 3300},
        {"level": 3, "voltage": 7600},
        {"level": 100, "voltage": 4480},
    ],
)
def test_what_one_cell_can_say_passes(values: dict[str, int]) -> None:
    assert battery(**values) is Outcome.PASS


def crashes(tag: str, process: str, count: int) -> str:
    rows = "".join(
        f"2026-11-21 1{at % 10}:11:11 {tag} (compressed text, 3011 bytes)\n"
        f"    Process: {process}/PID: 12/Build: acme ...\n"
        for at in range(count)
    )
    return f"Drop box contents: {count} entries\nMax entries: 1000\n\n{rows}"


def test_a_service_that_dies_is_no_app() -> None:
    text = crashes("SYSTEM_TOMBSTONE", "/vendor/bin/hw/android.hardware.nfc@1.2-service", 40)
    result = interpret_probe("stability.crashes", {"dumpsys dropbox": text})
    output = [finding.text.en for finding in result.findings]
    assert "One service of the system crashes again and again." in output
    assert not any("app" in words for words in output)


def test_a_crash_deep_in_the_system_itself_is_the_systems() -> None:
    text = crashes("system_server_native_crash", "system_server", 9)
    result = interpret_probe("stability.crashes", {"dumpsys dropbox": text})
    assert result.outcome is Outcome.ATTENTION


def test_an_operators_lock_is_told_and_no_slot_is_blamed() -> None:
    text = "[gsm.sim.state]: [LOADED,NETWORK_LOCKED]\n[ro.build.version.release]: [14]\n"
    result = interpret_probe("radio.sim", {"getprop": text})
    assert result.outcome is Outcome.ATTENTION
    assert all("no card can be used" not in finding.text.en for finding in result.findings)

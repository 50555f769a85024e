"""charging.state: a word for what the battery does with the power; only one asks for attention."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

ON_POWER = {
    "AC powered": "false",
    "USB powered": "true",
    "Max charging current": "500000",
    "Max charging voltage": "5000000",
    "status": "4",
    "present": "true",
    "level": "18",
    "voltage": "3610",
    "temperature": "250",
    "Charging policy": "1",
}


def judge(changed: dict[str, str]) -> ProbeResult:
    lines = "".join(f"  {key}: {value}\n" for key, value in (ON_POWER | changed).items())
    return interpret_probe("charging.state", {"dumpsys battery": lines})


def test_low_battery_on_power_that_does_not_charge() -> None:
    result = judge({})
    assert measurement(result, "charging").value == "not charging"
    assert result.outcome is Outcome.ATTENTION


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"status": "2"}, "charging"),
        ({"status": "5"}, "full"),
        ({"level": "81"}, "held back"),
        ({"temperature": "448"}, "held back"),
        ({"temperature": "12"}, "held back"),
        ({"Charging policy": "4"}, "held back"),
        ({"present": "false"}, "held back"),
        ({"voltage": "13"}, "held back"),
        ({"USB powered": "false", "status": "3"}, "on battery"),
    ],
)
def test_other_words_are_no_attention(changed: dict[str, str], word: str) -> None:
    result = judge(changed)
    assert measurement(result, "charging").value == word
    assert result.outcome in (Outcome.PASS, Outcome.OBSERVED)


def test_only_a_wall_charger_can_be_slow() -> None:
    slow = {"Max charging current": "100000", "status": "2"}
    assert judge(slow).outcome is Outcome.PASS
    wall = judge(slow | {"USB powered": "false", "AC powered": "true"})
    assert measurement(wall, "current").outcome is Outcome.ATTENTION


def test_zero_limits_are_unknown() -> None:
    result = judge({"Max charging current": "0", "status": "2"})
    assert measurement(result, "current").value is None
    assert result.outcome is Outcome.PASS


def test_refused_is_not_run() -> None:
    answers = {"dumpsys battery": denied("dumpsys battery")}
    assert interpret_probe("charging.state", answers).outcome is Outcome.NOT_RUN

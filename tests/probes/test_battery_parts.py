"""battery.parts: original, replaced or unknown; "cannot tell" is never "copy"."""

from __future__ import annotations

import json

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import interpret_probe, measurement

PART = "service call batteryproperties 1 i32 12"
SDK = "[ro.build.version.sdk]: [36]\n"


def parcel(value: int) -> str:
    return (
        f"Result: Parcel(\n  0x00000000: 00000000 00000000 00000001 {value:08x} '....'\n"
        "  0x00000010: 00000000 ffffffff                   '........        ')\n"
    )


def judge(**answer: str | bytes | Reply) -> ProbeResult:
    names = {"part": PART, "dump": "dumpsys battery", "trade": "tradeinmode getstatus"}
    answers = {names[name]: words for name, words in answer.items()}
    return interpret_probe("battery.parts", {"getprop": SDK} | answers)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(0, Outcome.OBSERVED), (1, Outcome.PASS), (2, Outcome.ATTENTION), (7, Outcome.NOT_RUN)],
)
def test_property(value: int, outcome: Outcome) -> None:
    assert judge(part=parcel(value)).outcome is outcome


def test_trade_in_report() -> None:
    report = json.dumps({"battery": {"part_status": "Replaced"}})
    assert judge(trade=report).outcome is Outcome.ATTENTION
    assert judge(trade=report, part=parcel(0)).outcome is Outcome.ATTENTION


@pytest.mark.parametrize(
    ("word", "value", "outcome"),
    [("true", "original", Outcome.PASS), ("false", "unsupported", Outcome.OBSERVED)],
)
def test_chip_of_one_ui(word: str, value: str, outcome: Outcome) -> None:
    result = judge(dump=f"  level: 4\n  battery IcAuthenticationResults: [{word}]\n")
    assert measurement(result, "battery").value == value
    assert result.outcome is outcome


def test_silence_is_not_run() -> None:
    assert judge().outcome is Outcome.NOT_RUN

"""Whether two reports are of one phone: what was not read on one side says nothing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.case.rules.samples import report

from diagnose.case.rules.phone import other_phone
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report

BOARD = {"identity.device": (Outcome.OBSERVED, {"hardware": "qcom", "soc": "SM8550"})}


def told(before: Report, after: Report) -> list[str]:
    return [text.en for text in other_phone(before, after)]


def of(**device: Any) -> Report:
    made = report(BOARD)
    return made.model_copy(update={"device": made.device.model_copy(update=device)})


def test_a_phone_is_itself() -> None:
    assert told(of(), of()) == []


@pytest.mark.parametrize(
    ("device", "sentence"),
    [
        ({"model": "M2"}, "model M1, now M2"),
        ({"serial_hash": "b2" * 32}, "another serial number (? / ?)"),
        (
            {"serial_hash": "b2" * 32, "serial_masked": "R5…D"},
            "another serial number (? / R5…D)",
        ),
    ],
)
def test_what_differs_is_told(device: dict[str, str], sentence: str) -> None:
    assert told(of(), of(**device)) == [sentence]


@pytest.mark.parametrize("name", ["model", "serial_hash"])
def test_what_was_not_read_says_nothing(name: str) -> None:
    assert told(of(), of(**{name: ""})) == []
    assert told(of(**{name: ""}), of()) == []


def test_both_serials_are_shown_masked() -> None:
    before, after = of(serial_masked="A1"), of(serial_hash="c3" * 32, serial_masked="C3")
    assert told(before, after) == ["another serial number (A1 / C3)"]


def test_another_board_is_told() -> None:
    other = report({"identity.device": (Outcome.OBSERVED, {"hardware": "mt6789", "soc": None})})
    assert told(of(), other) == ["board qcom, now mt6789"]

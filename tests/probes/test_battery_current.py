"""battery.current: unit and sign are inferred, nothing is judged."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement

NOW = "service call batteryproperties 1 i32 2"
DUMP = "  status: {}\n  level: 50\n"


def parcel(value: int) -> str:
    word = value & (2**64 - 1)
    return (
        "Result: Parcel(\n"
        f"  0x00000000: 00000000 00000000 00000001 {word & 0xFFFFFFFF:08x} '....'\n"
        f"  0x00000010: {word >> 32:08x}                            '....            ')\n"
    )


@pytest.mark.parametrize(
    ("value", "milliampere"), [(446_000, 446.0), (-446_000, -446.0), (1531, 1531.0)]
)
def test_unit_is_inferred(value: int, milliampere: float) -> None:
    result = interpret_probe("battery.current", {NOW: parcel(value)})
    assert measurement(result, "now").value == milliampere
    assert result.outcome is Outcome.OBSERVED


@pytest.mark.parametrize(
    ("value", "status", "noted"),
    [(-446_000, 2, True), (446_000, 2, False), (446_000, 3, True), (-446_000, 3, False)],
)
def test_sign_against_the_status_is_noted(value: int, status: int, *, noted: bool) -> None:
    answers = {NOW: parcel(value), "dumpsys battery": DUMP.format(status)}
    assert (
        measurement(interpret_probe("battery.current", answers), "now").note is not None
    ) is noted


@pytest.mark.parametrize(("number", "note"), [(441, "as mA"), (441_000, "as µA")])
def test_a_model_known_to_speak_in_milliamperes_is_sure(number: int, note: str) -> None:
    answers = {NOW: parcel(number)}
    result = interpret_probe("battery.current", answers, quirks={"unit": "mA"})
    evidence = measurement(result, "now")
    assert evidence.value == 441.0
    [reading] = evidence.readings
    assert note in reading.note.en
    assert "not sure" not in reading.note.en


def test_zero_and_sentinels_are_unknown() -> None:
    for value in (0, -(2**31), -(2**63)):
        result = interpret_probe("battery.current", {NOW: parcel(value)})
        assert result.outcome is Outcome.NOT_RUN


def test_refusal_is_the_reason() -> None:
    result = interpret_probe("battery.current", {NOW: denied("service call")})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

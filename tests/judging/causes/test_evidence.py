"""Which measurements may speak at all, and what they say in words."""

from __future__ import annotations

from typing import Any

import pytest
from tests.judging.causes.made import condition, measured, result

from diagnose.judging.causes.evidence import Readings
from diagnose.model.criterion import Basis, Range, Source
from diagnose.model.outcome import Outcome
from diagnose.model.result import Finding
from diagnose.model.text import Text
from diagnose.model.unit import Unit

LIMIT = Range(attention_above=1, source=Source(text=Text("a law"), basis=Basis.STANDARD))
ANY = condition(**{"is": ["observed", "pass", "attention", "fail"]})


def said(**parts: Any) -> Text:
    (hit,) = Readings([result(measured(**parts))]).hits([ANY])
    return hit.text


@pytest.mark.parametrize(
    ("parts", "en", "zh"),
    [
        ({"value": 5}, "Value: 5", "数值：5"),
        ({"value": 5, "unit": Unit.CYCLES}, "Value: 5", "数值：5 次"),
        ({"value": 1, "unit": Unit.DAY}, "Value: 1 day", "数值：1 天"),
        ({"value": True}, "Value: yes", "数值：是"),
        ({"value": False}, "Value: no", "数值：否"),
        ({"value": "on", "words": {"on": Text("on", "开")}}, "Value: on", "数值：开"),
        ({"value": ("a", "b")}, "Value: a, b", "数值：a、b"),
        ({"value": "X1", "place": Text("SIM 1", "卡 1")}, "Value (SIM 1): X1", "数值（卡 1）：X1"),
        ({"value": 5, "criterion": LIMIT}, "Value: 5 (fault)", "数值：5（故障）"),
        (
            {"value": True, "words": {"true": Text("found", "发现")}, "unit": Unit.COUNT},
            "Value: found",
            "数值：发现",
        ),
    ],
)
def test_a_reading_in_words(parts: dict[str, Any], en: str, zh: str) -> None:
    assert said(**parts) == Text(en, zh)


def test_the_probes_own_finding_of_that_outcome_is_said_first() -> None:
    own = Finding(id="area.one.value.fail", text=Text("It is broken.", "已损坏。"))
    other = Finding(id="area.one.value.attention", text=Text("It is worn.", "已磨损。"))
    (hit,) = Readings([result(measured(), findings=(other, own))]).hits([ANY])
    assert hit.text == own.text
    (hit,) = Readings([result(measured(), findings=(other,))]).hits([ANY])
    assert hit.text.en == "Value: 1"


@pytest.mark.parametrize("outcome", [Outcome.NOT_RUN, Outcome.ERROR, Outcome.NOT_APPLICABLE])
def test_what_has_no_verdict_is_no_evidence(outcome: Outcome) -> None:
    of_value = Readings([result(measured(outcome=outcome), outcome=Outcome.FAIL)])
    of_probe = Readings([result(measured(), outcome=outcome)])
    for readings in (of_value, of_probe):
        assert not readings.is_read(ANY)
        assert readings.hits([ANY]) == ()


def test_a_forced_value_is_known_to_be_forced_and_no_evidence() -> None:
    readings = Readings([result(measured(simulated=True))])
    assert readings.is_forced(ANY)
    assert not readings.is_read(ANY)
    assert not Readings([result(measured())]).is_forced(ANY)
    assert not readings.is_forced(condition("area.other.value"))


def test_without_a_place_every_place_counts_and_a_place_counts_alone() -> None:
    readings = Readings([result(measured("area.one.value.left"), measured("area.one.value.right"))])
    assert len(readings.hits([condition()])) == 2
    (hit,) = readings.hits([condition("area.one.value.right")])
    assert hit.evidence.measurement == "area.one.value.right"
    assert not readings.is_read(condition("area.one.value.top"))


def test_a_good_value_clears_where_a_condition_names_values_and_no_outcome() -> None:
    readings = Readings([result(measured(outcome=Outcome.PASS, value=3), outcome=Outcome.PASS)])
    assert readings.hits([condition(below=5)]) == ()
    assert len(readings.clearing([condition(below=5)])) == 1
    assert len(readings.clearing([condition(above=2)])) == 1
    assert len(readings.clearing([condition(values=[3])])) == 1
    assert readings.clearing([condition(below=3)]) == ()
    assert readings.clearing([condition()]) == ()
    assert readings.clearing([condition(below=5, **{"is": ["fail"]})]) == ()


def test_what_was_read_of_a_measure_is_told_once() -> None:
    readings = Readings([result(measured(outcome=Outcome.PASS), outcome=Outcome.PASS)])
    (told,) = readings.about([condition(), condition(below=0)])
    assert (told.measurement, told.text.en) == ("area.one.value", "Value: 1")

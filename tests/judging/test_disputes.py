"""Two sources that disagree across a limit: attention with both values, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from tests.judging.bench import ASK, judged

from diagnose.judging.disputes import DISPUTED
from diagnose.model.outcome import Outcome
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.sdk import Candidate, Value


def two(
    first: Value, second: Value, trust: int = 40, *, simulated: bool = False, **spec: Any
) -> Any:
    """The result of one measure, said by a source of trust 85 and by another one."""
    sources = [Candidate(first, ASK, raw="v: 1", trust=85), Candidate(second, ASK, trust=trust)]
    return judged(lambda a: iter([a.compare("value", sources, simulated=simulated)]), **spec)


def test_both_values_are_said_with_their_unit() -> None:
    result = two(98, 75.5, unit=Unit.HOUR)
    assert result.outcome is Outcome.ATTENTION
    assert result.measurements[0].note == DISPUTED
    (finding,) = result.findings
    assert (finding.id, finding.because) == ("area.thing.value.attention", ("area.thing.value",))
    assert "(98 h, 75.5 h)" in finding.text.en
    assert "（98 小时、75.5 小时）" in finding.text.zh


@pytest.mark.parametrize(
    ("first", "second", "is_disputed"),
    [
        (98, 75, True),  # passes, fails
        (98, 83, True),  # passes, attention
        (75, 98, True),  # the trusted one fails
        (98, 97, False),
        (75, 70, False),
        (83, 75, False),  # both are on the bad side
    ],
)
def test_only_across_the_good_side_of_a_limit(
    first: float, second: float, *, is_disputed: bool
) -> None:
    result = two(first, second)
    assert (result.measurements[0].note == DISPUTED) is is_disputed


@pytest.mark.parametrize(("trust", "is_disputed"), [(39, False), (40, True), (41, True)])
def test_an_estimate_contradicts_nobody(trust: int, *, is_disputed: bool) -> None:
    result = two(98, 75, trust)
    assert (result.measurements[0].note == DISPUTED) is is_disputed


def test_an_estimate_beside_a_dispute_is_not_among_its_values() -> None:
    sources = [
        Candidate(98, ASK, raw="v: 1", trust=85),
        Candidate(75, ASK, trust=40),
        Candidate(12, ASK, trust=39),
        Candidate(98, ASK, trust=50),
    ]
    (finding,) = judged(lambda a: iter([a.compare("value", sources)])).findings
    assert "(98, 75)" in finding.text.en, "the same value is said once"


def test_a_forced_value_is_in_no_dispute() -> None:
    assert two(98, 75, simulated=True).outcome is Outcome.OBSERVED


def test_without_a_limit_nothing_is_disputed() -> None:
    assert two(98, 75, criterion=None).outcome is Outcome.OBSERVED


def test_a_dispute_read_back_from_json_is_one_still() -> None:
    from diagnose.judging.disputes import is_dispute

    (read,) = two(98, 75).measurements
    again = type(read).model_validate_json(read.model_dump_json())
    assert not is_dispute(again.model_copy(update={"note": None}))
    assert is_dispute(read.model_copy(update={"note": Text(DISPUTED.en, DISPUTED.zh)}))


def test_words_are_said_in_the_readers_language() -> None:
    words = {True: Text("found", "发现"), False: Text("missing", "缺失")}
    result = two(True, False, words=words, of_words=(True, False))
    assert "(found, missing)" in result.findings[0].text.en
    assert "（发现、缺失）" in result.findings[0].text.zh

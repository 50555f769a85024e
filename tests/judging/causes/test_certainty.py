"""Never more certain than the evidence, and the same on every computer."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judging.causes.bench import KNOWLEDGE, report_of
from tests.thinning import examples, one_in

from diagnose.errors import Reason
from diagnose.judging.causes.ranking import diagnose
from diagnose.knowledge.symptoms import symptoms_named
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement, ProbeResult

SURE = [Confidence.POSSIBLE, Confidence.LIKELY, Confidence.CERTAIN]
CASES: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("galaxy-s23", ("battery-worn", "camera-hal-dead"), ("drains-fast",)),
    ("xiaomi-13", ("wifi-chip-dead", "imei-lost", "storage-eol"), ("wifi", "slow")),
    ("pixel-3", ("audio-card-missing", "sensors-all-dead", "boots-thermal"), ("no-sound",)),
    ("p30-pro", ("battery-overheat", "baseband-dead", "memory-module-missing"), ()),
    ("galaxy-s23", ("battery-dead", "touch-dead", "microphone-missing"), ("microphone",)),
]


def _confidences(results: tuple[ProbeResult, ...], symptoms: tuple[str, ...]) -> dict[str, int]:
    """Each cause with its step; what was ruled out stands below everything."""
    found = diagnose(results, symptoms_named(symptoms), KNOWLEDGE)
    excluded = dict.fromkeys((fault.code for fault in found.ruled_out), -1)
    return excluded | {fault.code: SURE.index(fault.confidence) for fault in found.faults}


def _forget(result: ProbeResult, ids: set[str]) -> ProbeResult:
    """The result as it is where these values were not read."""
    unread = {"value": None, "outcome": Outcome.NOT_RUN, "reason": Reason.TIMEOUT}
    kept = tuple(m.model_copy(update=unread) if m.id in ids else m for m in result.measurements)
    return result.model_copy(update={"measurements": kept})


def _changed(report: Report, **update: object) -> tuple[ProbeResult, ...]:
    """Every measurement changed in the same way."""

    def change(measurement: Measurement) -> Measurement:
        return measurement.model_copy(update=update)

    return tuple(
        result.model_copy(update={"measurements": tuple(map(change, result.measurements))})
        for result in report.results
    )


@pytest.mark.slow
@settings(max_examples=examples(150), deadline=None)
@given(case=st.sampled_from(CASES), data=st.data())
def test_less_evidence_never_makes_a_cause_more_certain(
    case: tuple[str, tuple[str, ...], tuple[str, ...]], data: st.DataObject
) -> None:
    phone, faults, symptoms = case
    report = report_of(phone, faults, symptoms)
    telling = [m.id for r in report.results for m in r.measurements if m.value is not None]
    forgotten = set(data.draw(st.lists(st.sampled_from(telling), max_size=60)))
    before = _confidences(report.results, symptoms)
    after = _confidences(tuple(_forget(r, forgotten) for r in report.results), symptoms)
    for code, step in after.items():
        assert step <= max(before.get(code, 0), 0), code


@pytest.mark.parametrize("case", one_in(5, CASES))
def test_a_cause_that_rests_only_on_attention_is_at_most_possible(
    case: tuple[str, tuple[str, ...], tuple[str, ...]],
) -> None:
    phone, faults, symptoms = case
    report = report_of(phone, faults, symptoms)
    softened = tuple(
        result.model_copy(
            update={
                "outcome": Outcome.ATTENTION,
                "measurements": tuple(
                    m.model_copy(update={"outcome": Outcome.ATTENTION})
                    if m.outcome is Outcome.FAIL
                    else m
                    for m in result.measurements
                ),
            }
        )
        for result in report.results
    )
    found = diagnose(softened, symptoms_named(symptoms), KNOWLEDGE).faults
    assert found
    assert {fault.confidence for fault in found} == {Confidence.POSSIBLE}


@pytest.mark.parametrize("case", CASES)
def test_forced_values_speak_for_nothing(
    case: tuple[str, tuple[str, ...], tuple[str, ...]],
) -> None:
    phone, faults, _ = case
    found = diagnose(_changed(report_of(phone, faults), simulated=True), (), KNOWLEDGE)
    assert found.faults == ()
    assert found.advice == ()


@pytest.mark.parametrize("outcome", [Outcome.NOT_RUN, Outcome.ERROR, Outcome.NOT_APPLICABLE])
def test_what_was_not_read_speaks_for_nothing(outcome: Outcome) -> None:
    phone, faults, symptoms = CASES[0]
    report = report_of(phone, faults, symptoms)
    of_probes = tuple(r.model_copy(update={"outcome": outcome}) for r in report.results)
    of_values = _changed(report, outcome=outcome)
    assert diagnose(of_probes, (), KNOWLEDGE).faults == ()
    assert diagnose(of_values, (), KNOWLEDGE).faults == ()


def test_evidence_against_is_listed_and_takes_certainty_away() -> None:
    report = report_of("galaxy-s23", ("camera-missing",))
    [alone] = [f for f in report.faults if f.code == "camera.rear-missing"]
    both = report_of("galaxy-s23", ("camera-missing", "camera-front-missing"))
    [doubted] = [f for f in both.faults if f.code == "camera.rear-missing"]
    assert (alone.confidence, alone.against) == (Confidence.LIKELY, ())
    assert doubted.confidence is Confidence.POSSIBLE
    assert [e.measurement for e in doubted.against] == ["camera.census.front"]


@given(seed=st.integers(0, 2**32))
@settings(max_examples=examples(25), deadline=None)
def test_the_order_in_which_results_come_changes_nothing(seed: int) -> None:
    phone, faults, symptoms = CASES[1]
    report = report_of(phone, faults, symptoms)
    shuffled = list(report.results)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    again = diagnose(shuffled, symptoms_named(symptoms), KNOWLEDGE)
    assert again.faults == report.faults
    assert again.conclusion == report.conclusion

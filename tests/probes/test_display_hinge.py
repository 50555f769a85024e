"""Hinge."""

from __future__ import annotations

import json

from tests.probes.senses_words import features

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import interpret_probe, measurement

FOLDS = features("sensor.hinge_angle")


def judged(declared: str, *folds: int, rated: int = 200_000) -> ProbeResult:
    hinges = [{"num_times_folded": count, "rated_lifespan": rated} for count in folds]
    report = json.dumps({"product": {"brand": "acme"}, "hinge": {"hinges": hinges}})
    answers = {"tradeinmode getstatus": report, "pm list features": declared}
    return interpret_probe("display.hinge", answers)


def test_within_its_rating() -> None:
    result = judged(FOLDS, 50_000)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "used.0").value == 25.0


def test_folded_more_often_than_rated() -> None:
    assert judged(FOLDS, 50_000, 210_000).outcome is Outcome.ATTENTION


def test_a_count_of_zero_means_nobody_counts() -> None:
    result = judged(FOLDS, 0)
    assert result.outcome is Outcome.NOT_RUN


def test_a_phone_that_does_not_fold() -> None:
    assert judged(features()).outcome is Outcome.NOT_APPLICABLE


def test_a_foldable_that_does_not_tell() -> None:
    result = interpret_probe("display.hinge", {"pm list features": FOLDS})
    assert result.outcome is Outcome.NOT_RUN

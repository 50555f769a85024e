"""Animation scales: the longest counts, a setting never made is the default."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

SCALES = [
    f"settings get global {name}"
    for name in ("window_animation_scale", "transition_animation_scale", "animator_duration_scale")
]


def animations(*scales: str) -> ProbeResult:
    answers = {command: f"{scale}\n" for command, scale in zip(SCALES, scales, strict=True)}
    return interpret_probe("software.animations", answers)


@pytest.mark.parametrize(
    ("scales", "outcome"),
    [
        (("null", "null", "null"), Outcome.PASS),
        (("1.0", "1", "0.5"), Outcome.PASS),
        (("0.0", "0.0", "0.0"), Outcome.PASS),
        (("1.0", "1.0", "1.5"), Outcome.ATTENTION),
        (("10.0", "null", "null"), Outcome.ATTENTION),
    ],
)
def test_longest_scale_counts(scales: tuple[str, ...], outcome: Outcome) -> None:
    assert animations(*scales).outcome is outcome


def test_number_said_is_the_longest_scale_and_its_line_is_the_evidence() -> None:
    slowest = measurement(animations("1.0", "5.0", "2.0"), "slowest")
    assert slowest.value == 5.0
    assert slowest.evidence[0].request == f"shell:{SCALES[1]}"


def test_scales_that_are_refused_are_not_run() -> None:
    answers = {command: denied(command) for command in SCALES}
    result = interpret_probe("software.animations", answers)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_one_refused_scale_does_not_hide_a_slow_one() -> None:
    answers: dict[str, str | bytes | Reply] = {
        SCALES[0]: denied(SCALES[0]),
        SCALES[1]: "2.0\n",
        SCALES[2]: "1.0\n",
    }
    assert interpret_probe("software.animations", answers).outcome is Outcome.ATTENTION


@pytest.mark.parametrize("scale", ["slow", "nan", "inf", "-1.0"])
def test_scale_that_is_none_is_no_verdict(scale: str) -> None:
    assert animations(scale, scale, scale).outcome is Outcome.ERROR

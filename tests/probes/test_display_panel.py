"""Screen panel."""

from __future__ import annotations

from collections.abc import Mapping

from tests.probes.senses_words import display

from diagnose.errors import Reason
from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

KNOWN: Mapping[str, Value] = {"display_px": "1080x2400", "refresh_hz": 120}
SIZE = "Physical size: 1080x2400\nOverride size: 720x1600\n"


def judged(
    answer: str | Reply, size: str | Reply = SIZE, facts: Mapping[str, Value] | None = None
) -> ProbeResult:
    answers = {"dumpsys display": answer, "wm size": size, "wm density": "Physical density: 420\n"}
    return interpret_probe("display.panel", answers, facts=facts)


def test_without_a_profile_it_is_only_read() -> None:
    result = judged(display(1080, 2400, 60.0, 120.000004))
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "resolution").value == "1080x2400"
    assert measurement(result, "refresh_max").value == 120.0
    assert measurement(result, "density").value == 420


def test_the_models_own_panel() -> None:
    assert judged(display(1080, 2400, 119.9), facts=KNOWN).outcome is Outcome.PASS


def test_a_panel_without_the_fast_mode_is_a_hint() -> None:
    result = judged(display(1080, 2400, 60.0), facts=KNOWN)
    assert measurement(result, "refresh_max").outcome is Outcome.ATTENTION


def test_another_resolution_is_a_hint() -> None:
    result = judged(display(720, 1600, 120.0), "Physical size: 720x1600\n", KNOWN)
    assert measurement(result, "resolution").outcome is Outcome.ATTENTION


def test_a_smaller_mode_that_saves_power_is_the_same_panel() -> None:
    small = display(720, 1600, 120.0).replace("width=720, height=1600", "width=1080, height=2400")
    assert measurement(judged(small, facts=KNOWN), "resolution").outcome is Outcome.PASS


def test_one_source_is_enough() -> None:
    result = judged(denied("dumpsys display"), facts=KNOWN)
    assert measurement(result, "resolution").value == "1080x2400"
    assert measurement(result, "refresh_max").reason is Reason.DENIED


def test_refused() -> None:
    result = judged(denied("dumpsys display"), denied("wm size"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

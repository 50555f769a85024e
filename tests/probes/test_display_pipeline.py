"""Drawing of the picture."""

from __future__ import annotations

from tests.probes.senses_words import display

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement, timed_out

LATENCY = "dumpsys SurfaceFlinger --latency"
IDENTIFY = "dumpsys SurfaceFlinger --display-id"
NAMED = "Display 1 (HWC display 0): no identification data\n"


def judged(
    latency: str | Reply, identify: str | Reply = NAMED, answer: str | Reply | None = None
) -> ProbeResult:
    answers = {LATENCY: latency, IDENTIFY: identify, "dumpsys display": answer or display()}
    return interpret_probe("display.pipeline", answers)


def test_it_draws() -> None:
    result = judged("8333333\n0\t0\t0\n")
    assert result.outcome is Outcome.PASS
    assert measurement(result, "refresh").value == 120.0
    assert [finding.id for finding in result.findings] == ["display.pipeline.draws"]


def test_a_dark_screen_is_no_proof_of_a_living_panel() -> None:
    assert judged("16666667\n", answer=display(state="OFF")).findings == ()


def test_it_hangs() -> None:
    expired = "\n*** SERVICE 'SurfaceFlinger' DUMP TIMEOUT (10000ms) EXPIRED ***\n"
    assert measurement(judged(expired), "compositor").value == "hung"
    assert judged(expired).outcome is Outcome.ATTENTION


def test_what_was_not_heard_is_no_hang() -> None:
    result = judged(timed_out(LATENCY))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.TIMEOUT)


def test_it_is_gone() -> None:
    gone = absent("SurfaceFlinger")
    assert judged(gone, gone).outcome is Outcome.ATTENTION


def test_no_screen_is_driven() -> None:
    none = "DISPLAY MANAGER (dumpsys display)\n\nDisplay Devices: size=0\n"
    assert measurement(judged("16666667\n", answer=none), "displays").outcome is Outcome.ATTENTION


def test_refused_is_no_verdict() -> None:
    result = judged(denied(LATENCY), denied(IDENTIFY))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

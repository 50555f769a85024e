"""Touch panel."""

from __future__ import annotations

from tests.probes.senses_words import CUSTOM, RELEASE, features, getevent, input_service

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

TOUCH = features("touchscreen", "touchscreen.multitouch.jazzhand")


def judged(
    kernel: str | Reply,
    reader: str | Reply,
    declared: str = TOUCH,
    properties: str = RELEASE,
) -> ProbeResult:
    answers = {
        "getevent -lp": kernel,
        "dumpsys input": reader,
        "pm list features": declared,
        "getprop": properties,
    }
    return interpret_probe("touch.panel", answers)


def test_a_panel_that_answers() -> None:
    result = judged(getevent("KEY_POWER"), input_service())
    assert result.outcome is Outcome.PASS
    assert measurement(result, "fingers").value == 10
    assert measurement(result, "range_y").value == 2399


def test_a_dead_panel() -> None:
    dead = (getevent("KEY_POWER", touch=False), input_service(touch=False))
    assert judged(*dead).outcome is Outcome.FAIL
    assert judged(*dead, properties=CUSTOM).outcome is Outcome.ATTENTION
    assert judged(*dead, declared=features()).outcome is Outcome.OBSERVED


def test_too_few_fingers_for_what_is_declared() -> None:
    result = judged(getevent(slots=2), input_service())
    assert measurement(result, "fingers").outcome is Outcome.ATTENTION


def test_one_source_is_enough() -> None:
    assert judged(denied("getevent -lp"), input_service()).outcome is Outcome.PASS
    assert judged(getevent(), denied("dumpsys input")).outcome is Outcome.PASS


def test_a_list_with_holes_accuses_nobody() -> None:
    output = getevent("KEY_POWER", touch=False).encode()
    holes = Reply(
        "shell:getevent -lp",
        ReplyStatus.COMPLETE,
        stdout=output,
        stderr=b"could not open /dev/input/event2, Permission denied\n",
        exit_code=0,
    )
    result = judged(holes, denied("dumpsys input"))
    assert result.outcome is Outcome.NOT_RUN


def test_refused() -> None:
    result = judged(denied("getevent -lp"), denied("dumpsys input"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

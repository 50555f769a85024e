"""Camera errors."""

from __future__ import annotations

from tests.probes.senses_words import EMULATOR, RELEASE, cameras, logged

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

ADDED = "ADD device 0, reason: (Device added)"
GONE = "REMOVE device 0, reason: (Device status changed from 1 to 0)"


def judged(answer: str | Reply, properties: str = RELEASE) -> ProbeResult:
    return interpret_probe("camera.errors", {"dumpsys media.camera": answer, "getprop": properties})


def test_a_quiet_log() -> None:
    result = judged(cameras("back", log=logged("USER_SWITCH x", ADDED)))
    assert result.outcome is Outcome.PASS
    assert measurement(result, "errors").value == 0


def test_the_makers_process_died() -> None:
    output = cameras("back", log=logged(ADDED, "SERVICE ERROR: provider : -32 (Broken pipe)"))
    result = judged(output)
    assert measurement(result, "deaths").outcome is Outcome.ATTENTION
    assert result.outcome is Outcome.ATTENTION


def test_software_that_does_not_fit_is_told_from_software_that_died() -> None:
    unfit = "SERVICE ERROR: Could not initialize client : -38 (Function not implemented)"
    result = judged(cameras("back", log=logged(ADDED, unfit, unfit, unfit)))
    assert measurement(result, "configuration_errors").outcome is Outcome.ATTENTION
    once = judged(cameras("back", log=logged(ADDED, unfit)))  # an app's call at the wrong time
    assert measurement(once, "configuration_errors").outcome is Outcome.PASS
    assert measurement(result, "deaths").value == 0
    died = judged(cameras("back", log=logged(ADDED, "SERVICE ERROR: x : -32 (Broken pipe)")))
    assert measurement(died, "configuration_errors").value == 0


def test_a_camera_went_away_and_stayed_away() -> None:
    result = judged(cameras("back", log=logged(GONE, ADDED)))
    assert measurement(result, "lost").value == 1
    assert measurement(judged(cameras("back", log=logged(ADDED, GONE))), "lost").value == 0


def test_a_camera_that_was_plugged_in_may_go() -> None:
    usb = "REMOVE device 100, reason: (Device removed)"
    assert measurement(judged(cameras("back", log=logged(usb))), "lost").value == 0
    assert measurement(judged(cameras("back", log=logged(GONE)), EMULATOR), "lost").value == 0


def test_an_apps_wrong_calls_are_no_fault() -> None:
    wrong = "SERVICE ERROR: unknown camera : -22 (Invalid argument)"
    result = judged(cameras("back", log=logged(*[wrong] * 4)))
    assert measurement(result, "errors").value == 4
    assert result.outcome is Outcome.PASS


def test_traces_are_pointed_out() -> None:
    assert judged(cameras("back", log=logged(ADDED), traces=2)).outcome is Outcome.ATTENTION


def test_refused() -> None:
    assert judged(denied("dumpsys media.camera")).reason is Reason.DENIED

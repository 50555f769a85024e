"""A camera provider that is started again takes its cameras along and brings them back."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

CAMERAS = "dumpsys media.camera"
PHONE = "[ro.hardware]: [qcom]\n"


def judge(*events: str, properties: str = "", end: str = "== Vendor tags: ==\n") -> ProbeResult:
    log = "".join(f"  11-21 10:00:0{9 - at} : {words}\n" for at, words in enumerate(events))
    output = (
        "== Service global info: ==\n\nNumber of camera devices: 2\n\n"
        f"== Camera service events log (most recent at top): ==\n{log}\n{end}"
    )
    return interpret_probe("camera.restarts", {CAMERAS: output, "getprop": PHONE + properties})


ADD, REMOVE = "ADD device 0, reason: (Device added)", "REMOVE device 0, reason: (Device removed)"


def test_cameras_that_were_added_once_stay_up() -> None:
    result = judge(ADD)
    assert (result.outcome, measurement(result, "returned").value) == (Outcome.PASS, 0)


def test_a_provider_that_died_and_came_back_again_and_again() -> None:
    result = judge(ADD, REMOVE, ADD, REMOVE, ADD)
    assert (result.outcome, measurement(result, "returned").value) == (Outcome.ATTENTION, 2)


def test_a_log_that_was_not_read_whole_does_not_pass() -> None:
    cut = judge(ADD, end="")
    assert cut.outcome is Outcome.NOT_RUN
    odd = judge(ADD, "").measurements
    assert all(found.outcome is not Outcome.PASS for found in odd if found.value is not None)


def test_init_starts_it_again_and_again() -> None:
    result = judge(ADD, properties="[init.svc.vendor.camera-provider-2-4]: [restarting]\n")
    assert measurement(result, "provider").outcome is Outcome.ATTENTION


def test_a_plugged_in_camera_may_come_and_go() -> None:
    add, remove = ADD.replace("device 0", "device 100"), REMOVE.replace("device 0", "device 100")
    assert measurement(judge(add, remove, add, remove, add), "returned").value == 0


def test_refused() -> None:
    result = interpret_probe("camera.restarts", {CAMERAS: denied(CAMERAS), "getprop": PHONE})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

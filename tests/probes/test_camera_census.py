"""Cameras present."""

from __future__ import annotations

from tests.probes.senses_words import CUSTOM, RELEASE, cameras, features

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement, timed_out

BOTH = features("camera", "camera.front")
DUMP = "dumpsys media.camera"


def judged(answer: str | Reply, declared: str = BOTH, properties: str = RELEASE) -> ProbeResult:
    answers = {DUMP: answer, "pm list features": declared, "getprop": properties}
    return interpret_probe("camera.census", answers)


def test_both_ways_answer() -> None:
    result = judged(cameras("back", "front"))
    assert result.outcome is Outcome.PASS
    assert measurement(result, "count").value == 2


def test_the_front_is_missing() -> None:
    result = judged(cameras("back"))
    assert measurement(result, "front").outcome is Outcome.FAIL
    assert judged(cameras("back"), properties=CUSTOM).outcome is Outcome.ATTENTION


def test_none_with_a_living_provider() -> None:
    result = judged(cameras())
    assert result.outcome is Outcome.FAIL
    assert any(finding.id.endswith("provider_empty") for finding in result.findings)


def test_none_with_a_living_provider_and_nothing_declared_is_a_hint() -> None:
    assert judged(cameras(), declared=features()).outcome is Outcome.ATTENTION


def test_none_without_a_provider_and_nothing_declared_is_no_verdict() -> None:
    assert judged(cameras(provider=False), declared=features()).outcome is Outcome.OBSERVED


def test_a_dump_cut_before_the_front_camera_is_no_verdict_on_it() -> None:
    output = cameras("back", "front")
    result = judged(output[: output.index("Facing: Front")])
    assert measurement(result, "front").value is None
    assert result.outcome is not Outcome.FAIL


def test_fewer_than_the_profile_knows() -> None:
    answers = {DUMP: cameras("back", "front"), "getprop": RELEASE}
    fewer = interpret_probe("camera.census", answers, facts={"camera_count": 4})
    assert measurement(fewer, "count").outcome is Outcome.FAIL
    answers["getprop"] += "[ro.boot.verifiedbootstate]: [orange]\n"  # who knows what runs there
    foreign = interpret_probe("camera.census", answers, facts={"camera_count": 4})
    assert measurement(foreign, "count").outcome is Outcome.ATTENTION
    answers["getprop"] = RELEASE
    enough = interpret_probe("camera.census", answers, facts={"camera_count": 2})
    assert measurement(enough, "count").outcome is Outcome.PASS


def test_refused_and_hung() -> None:
    assert judged(denied(DUMP)).reason is Reason.DENIED
    hung = judged(timed_out(DUMP))
    assert (hung.outcome, hung.reason) == (Outcome.NOT_RUN, Reason.TIMEOUT)


def test_an_old_service_that_names_no_number() -> None:
    result = judged("No camera client yet.\n")
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)
    assert measurement(result, "count").value is None


def test_a_service_without_any_camera_software_is_said() -> None:
    output = "!! No camera HAL available !!\n"
    result = interpret_probe("camera.census", {"dumpsys media.camera": output})
    assert measurement(result, "count").outcome is Outcome.ATTENTION

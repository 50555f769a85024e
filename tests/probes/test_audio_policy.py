"""Sound routes."""

from __future__ import annotations

from tests.probes.senses_words import CUSTOM, RELEASE, TABLET, features, policy

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

MICROPHONE = features("microphone", "audio.output")
WHOLE = policy(("EARPIECE", "SPEAKER"), ("BUILTIN_MIC",))


def judged(answer: str | Reply, properties: str = RELEASE) -> ProbeResult:
    answers = {
        "dumpsys media.audio_policy": answer,
        "pm list features": MICROPHONE,
        "getprop": properties,
    }
    return interpret_probe("audio.policy", answers)


def test_all_routes_are_there() -> None:
    assert judged(WHOLE).outcome is Outcome.PASS


def test_no_microphone_where_one_is_declared() -> None:
    none = policy(("EARPIECE", "SPEAKER"), ("REMOTE_SUBMIX",))
    assert measurement(judged(none), "microphone").outcome is Outcome.FAIL
    assert judged(none, CUSTOM).outcome is Outcome.ATTENTION


def test_no_speaker_or_earpiece_is_a_hint() -> None:
    no_speaker = judged(policy(("EARPIECE",), ("BUILTIN_MIC",)))
    assert measurement(no_speaker, "speaker").outcome is Outcome.ATTENTION
    no_earpiece = policy(("SPEAKER",), ("BUILTIN_MIC",))
    assert judged(no_earpiece).outcome is Outcome.ATTENTION
    assert judged(no_earpiece, TABLET).outcome is Outcome.PASS


def test_a_list_that_was_cut_off_is_no_verdict() -> None:
    result = judged(WHOLE[: WHOLE.index("  - type: AUDIO_DEVICE_OUT_SPEAKER")])
    assert measurement(result, "speaker").value is None
    assert result.outcome is Outcome.NOT_RUN


def test_refused() -> None:
    result = judged(denied("dumpsys media.audio_policy"))
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

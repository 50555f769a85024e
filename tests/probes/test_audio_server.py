"""Sound server."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement

DUMP = "dumpsys media.audio_flinger"
GOOD = "Clients:\n  pid: 1\nHardware status: 0\n\nOutput thread 0x76b7, name AudioOut_D:\n"


def test_it_works() -> None:
    result = interpret_probe("audio.server", {DUMP: GOOD})
    assert result.outcome is Outcome.PASS
    assert measurement(result, "outputs").value == 1


def test_it_hangs() -> None:
    output = "AudioFlinger may be deadlocked\n" + GOOD
    assert interpret_probe("audio.server", {DUMP: output}).outcome is Outcome.ATTENTION


def test_a_call_in_progress_is_no_fault() -> None:
    output = GOOD.replace("status: 0", "status: 7")
    assert interpret_probe("audio.server", {DUMP: output}).outcome is Outcome.PASS


def test_refused() -> None:
    result = interpret_probe("audio.server", {DUMP: denied(DUMP)})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

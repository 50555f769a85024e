"""Write time: the faster of two counts, a failed write is seen."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, interpret_probe, measurement


def latency(*milliseconds: int) -> ProbeResult:
    commands = ("dumpsys diskstats", "dumpsys -t 10 diskstats")
    answers = {
        command: f"Latency: {ms}ms [512B Data Write]\nData-Free: 9K / 10K total = 90% free\n"
        for command, ms in zip(commands, milliseconds, strict=False)
    }
    return interpret_probe("storage.latency", answers)


@pytest.mark.parametrize(
    ("times", "outcome"),
    [
        ((1, 1), Outcome.PASS),
        ((20, 20), Outcome.PASS),
        ((86, 4), Outcome.PASS),
        ((21, 86), Outcome.ATTENTION),
        ((86,), Outcome.ATTENTION),
    ],
)
def test_slow_only_when_both_writes_are(times: tuple[int, ...], outcome: Outcome) -> None:
    result = latency(*times)
    assert result.outcome is outcome
    assert measurement(result, "write_latency").value == min(times)


def test_failed_test_write_raises_attention() -> None:
    words = "Test-Error: java.io.FileNotFoundException: open failed: EROFS\n"
    result = interpret_probe("storage.latency", {"dumpsys diskstats": words})
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "test_write").value is False
    assert measurement(result, "write_latency").value is None


def test_speed_of_the_last_trim_is_shown() -> None:
    words = "Latency: 1ms [512B Data Write]\nRecent Disk Write Speed (kB/s) = 60500\n"
    result = interpret_probe("storage.latency", {"dumpsys diskstats": words})
    assert measurement(result, "recent_write_speed").value == 60.5


def test_no_disk_service_is_not_run() -> None:
    result = interpret_probe("storage.latency", {"dumpsys diskstats": absent("diskstats")})
    assert result.outcome is Outcome.NOT_RUN

"""Volume settings."""

from __future__ import annotations

from tests.probes.senses_words import audio

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement


def test_volumes_are_read_and_not_judged() -> None:
    result = interpret_probe("audio.volume", {"dumpsys audio": audio(media=3)})
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "media").value == 20
    assert measurement(result, "ringer").value == "NORMAL"
    assert result.findings == ()


def test_a_volume_of_nothing_is_said() -> None:
    result = interpret_probe("audio.volume", {"dumpsys audio": audio(media=0)})
    assert result.outcome is Outcome.OBSERVED
    assert [finding.id for finding in result.findings] == ["audio.volume.silent"]
    assert result.findings[0].because == ("audio.volume.media",)


def test_a_dump_without_volumes() -> None:
    result = interpret_probe("audio.volume", {"dumpsys audio": "  mHasVibrator=true\n"})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_refused() -> None:
    result = interpret_probe("audio.volume", {"dumpsys audio": denied("dumpsys audio")})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

"""charging.connections: a loose contact loses power many times a minute."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.testing import absent, interpret_probe


def events(count: int) -> str:
    lines = "".join(
        f"11-22 08:00:{second:02d}.100  android.intent.action.ACTION_POWER_DISCONNECTED\n"
        for second in range(count)
    )
    return f"  level: 50\n\n[EventLogBuffer]\n{lines}\n[Other]\n"


@pytest.mark.parametrize(
    ("count", "outcome"), [(0, Outcome.PASS), (5, Outcome.PASS), (30, Outcome.ATTENTION)]
)
def test_interruptions(count: int, outcome: Outcome) -> None:
    answers = {"dumpsys battery": events(count)}
    assert interpret_probe("charging.connections", answers).outcome is outcome


@pytest.mark.parametrize("reply", ["  level: 50\n", absent("battery")])
def test_no_record_of_interruptions(reply: str | Reply) -> None:
    result = interpret_probe("charging.connections", {"dumpsys battery": reply})
    assert result.outcome is Outcome.NOT_RUN

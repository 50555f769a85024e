"""Running time."""

from __future__ import annotations

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement


def test_hours_since_the_start_are_observed() -> None:
    result = interpret_probe("stability.uptime", {"cat /proc/uptime": "350735.47 234388.90\n"})
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "running").value == 97.4
    assert measurement(result, "running").evidence[0].line == 1


def test_refused() -> None:
    result = interpret_probe("stability.uptime", {"cat /proc/uptime": denied("cat /proc/uptime")})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)

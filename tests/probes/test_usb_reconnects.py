"""usb.reconnects: a count of what was seen, judged only where a normal start cannot explain it."""

from __future__ import annotations

import json

import pytest

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

PROBE = "usb.reconnects"


def seen(came_back: object, states: object = ("fastboot", "nothing", "device")) -> dict[str, str]:
    told = {"came_back": came_back, "watched_s": 20.5, "states": states}
    return {"trail:changes": json.dumps(told)}


@pytest.mark.parametrize(
    ("count", "outcome"), [(0, Outcome.PASS), (2, Outcome.PASS), (3, Outcome.ATTENTION)]
)
def test_one_start_is_no_boot_loop(count: int, outcome: Outcome) -> None:
    assert measurement(interpret_probe(PROBE, seen(count)), "count").outcome is outcome


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", json.dumps({"came_back": 1})])
def test_what_is_no_trail_gives_no_verdict(answer: str) -> None:
    found = interpret_probe(PROBE, {"trail:changes": answer})
    assert found.outcome in (Outcome.ERROR, Outcome.NOT_RUN)


@pytest.mark.parametrize("bad", [seen("many"), seen(1, ["flying"]), seen(None), seen(1, 7)])
def test_a_damaged_trail_gives_no_verdict(bad: dict[str, str]) -> None:
    assert interpret_probe(PROBE, bad).outcome in (Outcome.ERROR, Outcome.NOT_RUN)

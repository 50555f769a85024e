"""What is judged while the phone answers is what would be judged afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from zlib import crc32

import pytest
from tests.thinning import one_in

from diagnose.evaluation.trials import record
from diagnose.judging.ahead import JudgeAhead
from diagnose.judging.examination import examine
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.model.result import ProbeResult
from diagnose.requests.adb import GETPROP
from diagnose.run.capture import Capture
from diagnose.run.planning import make_plan
from diagnose.simulator.building import build_phone, phone_names

PROBES = load_probes()
PLAN = make_plan(read_plan("full"), PROBES)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def judged_ahead(capture: Capture) -> dict[str, ProbeResult]:
    told: list[str] = []
    ahead = JudgeAhead(capture.header, PROBES, lambda result: told.append(result.probe))
    for recorded in capture.recorded:
        ahead.take(recorded.reply)
        while ahead.step():
            pass
    assert sorted(told) == sorted(ahead.results)
    return ahead.results


@pytest.mark.parametrize("phone", one_in(3, phone_names()))
def test_the_report_is_the_same(phone: str) -> None:
    capture = record(build_phone(phone), PLAN, NOW)
    ahead = judged_ahead(capture)
    assert len(ahead) > 0.9 * len(PLAN.probes)
    assert examine(capture, PROBES, ahead=ahead) == examine(capture, PROBES)


@pytest.mark.parametrize("seed", one_in(5, range(5)))
def test_whatever_the_order_of_the_answers(seed: int) -> None:
    capture = record(build_phone("xiaomi-13", ["storage-eol"]), PLAN, NOW)
    replies = sorted(capture.recorded, key=lambda one: crc32(f"{seed}{one.reply.key}".encode()))
    ahead = JudgeAhead(capture.header, PROBES)
    for recorded in replies:
        ahead.take(recorded.reply)
        ahead.step()
    assert examine(capture, PROBES, ahead=ahead.results) == examine(capture, PROBES)


def test_nothing_is_judged_before_the_phone_said_who_it_is() -> None:
    capture = record(build_phone("pixel-9"), PLAN, NOW)
    ahead = JudgeAhead(capture.header, PROBES)
    for recorded in capture.recorded:
        if recorded.reply.key != GETPROP.key:
            ahead.take(recorded.reply)
    assert not ahead.step()
    assert not ahead.results

"""The order of a run: the watch comes last, and a phone that refuses everything is asked why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request, Shell
from diagnose.requests.adb import TRADE_IN
from diagnose.run import runner
from diagnose.run.plan import Plan

ONE, TWO, SAMPLE = Shell("one"), Shell("two"), Shell("three")


@dataclass
class Scripted:
    """Answers every request with the status its key stands for, 3 ms after it was asked."""

    statuses: Mapping[str, ReplyStatus] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def perform(self, requests: Sequence[Request]) -> Iterator[Reply]:
        for request in requests:
            self.asked.append(request.key)
            status = self.statuses.get(request.key, ReplyStatus.COMPLETE)
            yield Reply(request.key, status, started_ms=3)


def performed(
    statuses: Mapping[str, ReplyStatus], *requests: Request, watched: tuple[Request, ...] = ()
) -> tuple[list[Reply], list[float]]:
    plan = Plan("p", ("x",), frozenset(), requests, {}, watched, 30.0)
    watches: list[float] = []
    by_key = {request.key: request for request in plan.all_requests}
    transport = Scripted(statuses)
    replies = list(runner._performed(transport, plan, by_key, watches.append))  # type: ignore[arg-type]
    assert [reply.key for reply in replies] == transport.asked
    assert set(transport.asked) <= set(by_key)
    return replies, watches


def test_what_is_watched_comes_last_and_counts_from_the_start_of_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = iter((100.0, 102.5))
    monkeypatch.setattr("diagnose.run.runner.time.monotonic", lambda: next(times))
    replies, watches = performed({}, ONE, watched=(SAMPLE,))
    assert [(one.key, one.started_ms) for one in replies] == [(ONE.key, 3), (SAMPLE.key, 2503)]
    assert watches == [30.0]


@pytest.mark.parametrize("status", [ReplyStatus.LOST, ReplyStatus.CANCELLED])
def test_no_watch_is_told_of_a_phone_that_went_or_a_run_that_was_stopped(
    status: ReplyStatus,
) -> None:
    _, watches = performed({TWO.key: status}, ONE, TWO, watched=(SAMPLE,))
    assert watches == []


def test_a_phone_that_refuses_everything_is_asked_whether_it_is_in_trade_in_mode() -> None:
    refused = dict.fromkeys((ONE.key, TWO.key), ReplyStatus.REFUSED)
    replies, watches = performed(refused, ONE, TWO, watched=(SAMPLE,))
    assert [one.key for one in replies] == [ONE.key, TWO.key, TRADE_IN.key]
    assert watches == []


def test_its_answer_of_trade_in_mode_does_not_count_and_is_not_asked_twice() -> None:
    replies, watches = performed({ONE.key: ReplyStatus.REFUSED}, ONE, TRADE_IN, watched=(SAMPLE,))
    assert [one.key for one in replies] == [ONE.key, TRADE_IN.key]
    assert watches == []


def test_one_answer_is_enough_not_to_ask() -> None:
    replies, _ = performed({ONE.key: ReplyStatus.REFUSED}, ONE, TWO)
    assert [one.key for one in replies] == [ONE.key, TWO.key]

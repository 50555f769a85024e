"""Helpers for tests of probes: interpret a probe over words, no phone needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from diagnose.judging.judgement import judge
from diagnose.knowledge.probes import Loaded, load_probes
from diagnose.model.criterion import Basis, Criterion, Source, Value
from diagnose.model.fact import Fact
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Channel
from diagnose.model.result import Measurement, ProbeResult
from diagnose.sdk import Answers

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""The time at which `interpret_probe` pretends the answers were read."""


@cache
def bundled_probes() -> Mapping[str, Loaded]:
    """Load the bundled probes once for all tests of a process."""
    return load_probes()


def interpret_probe(
    probe_id: str,
    said: Mapping[str, str | bytes | Reply],
    *,
    facts: Mapping[str, Value] | None = None,
    quirks: Mapping[str, Value] | None = None,
    limits: Mapping[str, Criterion] | None = None,
    now: datetime | None = NOW,
) -> ProbeResult:
    """Judge the probe on what the phone `said`, by command line (`"dumpsys battery"`).

    On other channels than adb the whole key is the name (`"fastboot:getvar product"`).
    A command that is not given is answered as missing. A `Reply` stands for itself.
    """
    loaded = bundled_probes()[probe_id]
    replies = {_key(command): _reply(command, words) for command, words in said.items()}
    known = {
        name: Fact(value=value, source=Source(text="the test", basis=Basis.VENDOR))
        for name, value in (facts or {}).items()
    }
    answers = Answers(loaded.probe, replies, now=now, facts=known, quirks=quirks)
    return judge(loaded, answers, limits)


def measurement(result: ProbeResult, name: str) -> Measurement:
    """Give one measurement of a result by its short name; fails with what there is."""
    wanted = f"{result.probe}.{name}"
    for found in result.measurements:
        if found.id == wanted:
            return found
    raise AssertionError(f"no {wanted}; there are {[m.id for m in result.measurements]}")


def denied(command: str) -> Reply:
    """Give the answer of a phone that refuses the command."""
    program, *words = command.split()
    said = f"{program}: {words[-1] if words else ''}: Permission denied\n"
    return Reply(f"shell:{command}", ReplyStatus.COMPLETE, stderr=said.encode(), exit_code=1)


def absent(service: str) -> Reply:
    """Give the answer of a phone that has no such dumpsys service."""
    said = f"Can't find service: {service}\n"
    key = f"shell:dumpsys {service}"
    return Reply(key, ReplyStatus.COMPLETE, stderr=said.encode(), exit_code=0)


def timed_out(command: str) -> Reply:
    """Give the reply of a command that hung."""
    return Reply(f"shell:{command}", ReplyStatus.TIMEOUT, detail="no answer within its deadline")


def _key(command: str) -> str:
    return command if command.partition(":")[0] in set(Channel) else f"shell:{command}"


def _reply(command: str, words: str | bytes | Reply) -> Reply:
    if isinstance(words, Reply):
        return words
    data = words.encode() if isinstance(words, str) else words
    return Reply(_key(command), ReplyStatus.COMPLETE, stdout=data, exit_code=0)

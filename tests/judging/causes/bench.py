"""Virtual phones on the bench, judged in this process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from diagnose.errors import UsageError
from diagnose.evaluation.trials import record
from diagnose.judging.examination import examine
from diagnose.knowledge.causes import knowledge_beside
from diagnose.knowledge.plans import read_plan
from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.privacy.policy import EVERYTHING_READ
from diagnose.run.planning import make_plan
from diagnose.simulator.building import build_phone, phone_names
from diagnose.testing import bundled_probes

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
PROBES = bundled_probes()
PLAN = make_plan(read_plan("thorough"), PROBES, refusal=EVERYTHING_READ.refusal)
KNOWLEDGE = knowledge_beside(PROBES)
TELLING = (Outcome.ATTENTION, Outcome.FAIL)


@cache
def report_of(phone: str, faults: tuple[str, ...] = (), symptoms: tuple[str, ...] = ()) -> Report:
    """Judge a virtual phone. Raises `UsageError` where it cannot have the faults."""
    capture = record(build_phone(phone, faults, now=NOW), PLAN, NOW)
    header = replace(capture.header, symptoms=symptoms)
    return examine(replace(capture, header=header), PROBES)


def noticed(report: Report, probes: Sequence[str]) -> bool:
    """Tell whether one of these probes has something to say."""
    return any(r.probe in probes and r.outcome in TELLING for r in report.results)


def a_phone_with(faults: tuple[str, ...], found_by: Sequence[str], first: int) -> str | None:
    """The first phone, beginning with number `first`, that shows these faults to the probes."""
    names = phone_names()
    for name in (*names[first % len(names) :], *names[: first % len(names)]):
        try:
            report = report_of(name, faults)
        except UsageError:
            continue
        if noticed(report, found_by):
            return name
    return None

"""The same work on every core: each process loads the probes once and judges what it is given."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from diagnose.evaluation import cases, injected, outside
from diagnose.evaluation.trials import Evaluator, Trial
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.model.requests import Channel
from diagnose.privacy.policy import EVERYTHING_READ
from diagnose.run.planning import make_plan


@cache
def evaluator(now: datetime) -> Evaluator:
    """The probes and the plan `thorough`, once in a process."""
    probes = load_probes()
    plan = make_plan(read_plan("thorough"), probes, refusal=EVERYTHING_READ.refusal).on(
        {Channel.ADB}
    )
    return Evaluator(plan, probes, now)


def trial(job: tuple[str, tuple[str, ...], datetime]) -> Trial | None:
    """One virtual phone with its faults; None where it cannot have them."""
    phone, faults, now = job
    return evaluator(now).trial(phone, faults)


def device(job: tuple[Path, int, datetime]) -> outside.Seen | None:
    """One visit of a real device."""
    folder, visit, now = job
    own = evaluator(now)
    return outside.seen(folder, visit, own.plan, own.probes, now)


def injection(job: tuple[str, Path, datetime]) -> injected.Injected | None:
    """One fault edited into one real device."""
    name, folder, now = job
    own = evaluator(now)
    return injected.injected(name, folder, own.plan, own.probes, now)


def case(job: tuple[Path, Path | None, datetime]) -> cases.Tried:
    """One case of somebody else, on one device where it edits one."""
    path, folder, now = job
    own = evaluator(now)
    return cases.tried(path, own.plan, own.probes, now, folder)

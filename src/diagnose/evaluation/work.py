"""The same work on every core: each process loads the probes once and judges what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from diagnose.evaluation import cases, injected, outside
from diagnose.evaluation.trials import Evaluator, Trial
from diagnose.knowledge.plans import read_plan
from diagnose.knowledge.probes import load_probes
from diagnose.model.requests import Channel
from diagnose.privacy.policy import EVERYTHING_READ
from diagnose.run.planning import make_plan

T = TypeVar("T")
R = TypeVar("R")


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


def case(job: tuple[Path, datetime]) -> cases.Tried:
    """One case of somebody else."""
    path, now = job
    own = evaluator(now)
    return cases.tried(path, own.plan, own.probes, now)


def spread(
    work: Callable[[T], R | None], jobs: Iterable[T], *, processes: int, chunk: int = 8
) -> Iterator[R]:
    """Do all jobs, in their order, on so many processes; what comes to nothing is left out."""
    jobs = list(jobs)
    if processes < 2 or len(jobs) < 2:
        yield from (done for job in jobs if (done := work(job)) is not None)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from (d for d in pool.map(work, jobs, chunksize=chunk) if d is not None)

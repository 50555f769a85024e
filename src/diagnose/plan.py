"""Plans: which probes a job runs, and the distinct requests that follow from them.

Two probes that want the same thing ask once. A request that our policy refuses never reaches a
transport: it is refused here, and again there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import tomli
from pydantic import Field, ValidationError

from diagnose.catalog import Loaded, bundled_folder, select
from diagnose.errors import PlanInvalid, UnknownName
from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.requests import Request
from diagnose.sdk import GETPROP

Refusal = Callable[[Request], str | None]


class PlanTitle(Frozen):
    """The title of a plan in both languages."""

    en: str
    zh: str = ""


class PlanFile(Frozen):
    """A plan as it stands in `profiles/plans/<name>.toml`.

    `required`: probes without which a run is incomplete; keep it to what every phone answers.
    """

    name: str
    title: PlanTitle
    probes: tuple[str, ...] = Field(min_length=1)
    exclude: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    leave_out_requests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What will be asked: distinct requests, the slowest first, and for whom."""

    name: str
    title: Text
    probes: Mapping[str, Loaded]
    required: frozenset[str]
    requests: tuple[Request, ...]
    refused: Mapping[str, str]


def plan_names() -> list[str]:
    """The plans that ship with the product."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def read_plan(name: str) -> PlanFile:
    """Read a plan by name. Raises `UnknownName` or `PlanInvalid`."""
    path = _folder() / f"{name}.toml"
    if name not in plan_names():
        raise UnknownName("plan", name, plan_names())
    try:
        return PlanFile.model_validate(tomli.loads(path.read_text("utf-8")))
    except (tomli.TOMLDecodeError, ValidationError) as problem:
        raise PlanInvalid(f"{path}: {problem}") from problem


def make_plan(
    file: PlanFile,
    probes: Mapping[str, Loaded],
    *,
    only: Sequence[str] = (),
    also: Sequence[str] = (),
    leave_out: Sequence[str] = (),
    deadline_s: float | None = None,
    refusal: Refusal = lambda _request: None,
) -> Plan:
    """Choose probes and collect their requests. `only` (globs) replaces the plan's own choice.

    `also` are probes that must be in it (those of the symptoms), with everything they ask.
    `deadline_s` shortens the deadline of every request that would wait longer.
    """
    chosen = select(probes, only) if only else _chosen(file, probes, also)
    if not chosen:
        raise PlanInvalid(f"plan {file.name} selects no probe")
    kept = {r.key for name in also if name in chosen for r in chosen[name].probe.requests}
    distinct = [
        request
        for request in _distinct(chosen.values())
        if not _matches(request.key, leave_out)
        and (request.key in kept or not _matches(request.key, file.leave_out_requests))
    ]
    refused = {r.key: why for r in distinct if (why := refusal(r))}
    return Plan(
        name=file.name,
        title=Text(file.title.en, file.title.zh),
        probes=chosen,
        required=frozenset(name for name in chosen if _matches(name, file.required)),
        requests=tuple(_hurried(r, deadline_s) for r in distinct if r.key not in refused),
        refused=refused,
    )


def _chosen(file: PlanFile, probes: Mapping[str, Loaded], also: Sequence[str]) -> dict[str, Loaded]:
    return {
        name: loaded
        for name, loaded in probes.items()
        if name in also or (_matches(name, file.probes) and not _matches(name, file.exclude))
    }


def _distinct(probes: Iterable[Loaded]) -> list[Request]:
    """One request a key; the most patient and the most generous of equal ones counts.

    The properties are always asked: without them a phone has neither identity nor profile.
    """
    found: dict[str, Request] = {GETPROP.key: GETPROP}
    for loaded in probes:
        for request in loaded.probe.requests:
            known = found.get(request.key)
            if known is None or _needs(request) > _needs(known):
                found[request.key] = request
    return sorted(found.values(), key=lambda request: (-request.expected_ms, request.key))


def _hurried(request: Request, deadline_s: float | None) -> Request:
    if deadline_s is None or request.timeout_s <= deadline_s:
        return request
    hurried = copy(request)
    object.__setattr__(hurried, "timeout_s", deadline_s)  # Shell builds itself from its words
    return hurried


def _needs(request: Request) -> tuple[float, float, float]:
    return (request.timeout_s, request.max_bytes, request.expected_ms)


def _matches(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in globs)


def _folder() -> Path:
    return bundled_folder("profiles") / "plans"

"""Plans: which probes a job runs, and the distinct requests that follow from them.

Two probes that want the same thing ask once. A request that our policy refuses never reaches a
transport: it is refused here, and again there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

import tomli
from pydantic import Field, ValidationError

from diagnose.errors import PlanInvalid, UnknownName
from diagnose.knowledge.probes import Loaded, bundled_folder, select
from diagnose.model.frozen import Frozen
from diagnose.model.requests import Channel, Request
from diagnose.model.text import Text
from diagnose.requests.adb import GETPROP

Refusal = Callable[[Request], str | None]

WATCH_S = 30.0  # the times of all samples are given for a watch of this length
_NO_TIME = "it needs half a minute with hands off the phone: --plan thorough --allow listen"


class PlanTitle(Frozen):
    """The title of a plan in both languages."""

    en: str
    zh: str = ""


class PlanFile(Frozen):
    """A plan as it stands in `profiles/plans/<name>.toml`.

    `required`: probes without which a run is incomplete; keep it to what every phone answers.
    `where_offered`: probes that are left out where the phone has none of their channels: a phone
    whose system runs has no bootloader to ask, and nothing of it is untested for that.
    `watch`: whether it takes its time for the probes that watch the phone (half a minute).
    """

    name: str
    title: PlanTitle
    probes: tuple[str, ...] = Field(min_length=1)
    exclude: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    leave_out_requests: tuple[str, ...] = ()
    where_offered: tuple[str, ...] = ()
    watch: bool = False


@dataclass(frozen=True)
class Plan:
    """What will be asked: distinct requests, the slowest first, and for whom.

    `watched` are asked after all others, each at its time within the `watch_s` seconds.
    """

    name: str
    title: Text
    probes: Mapping[str, Loaded]
    required: frozenset[str]
    requests: tuple[Request, ...]
    refused: Mapping[str, str]
    watched: tuple[Request, ...] = ()
    watch_s: float = 0.0
    where_offered: frozenset[str] = frozenset()

    def on(self, channels: Collection[Channel]) -> Plan:
        """The same plan for a phone that has these channels only.

        Requests of other channels are not sent; their probes stay and say so, but for those of
        `where_offered`, of which nothing is left.
        """
        idle = {name for name in self.where_offered if not _reaches(self.probes[name], channels)}
        return replace(
            self,
            probes={name: one for name, one in self.probes.items() if name not in idle},
            required=self.required - idle,
            requests=tuple(r for r in self.requests if r.channel in channels),
            watched=tuple(r for r in self.watched if r.channel in channels),
        )

    @property
    def all_requests(self) -> tuple[Request, ...]:
        """Everything that will be asked."""
        return self.requests + self.watched


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
    watch_s: float = WATCH_S,
    refusal: Refusal = lambda _request: None,
) -> Plan:
    """Choose probes and collect their requests. `only` (globs) replaces the plan's own choice.

    `also` are probes that must be in it (those of the symptoms), with everything they ask but the
    watch: that takes a plan which watches, or `only` with the probe's full name.
    `deadline_s` shortens the deadline of every request that would wait longer; `watch_s` is how
    long the watch takes, with all its times in proportion.
    """
    chosen = _chosen_only(probes, only) if only else _chosen(file, probes, also)
    if not chosen:
        raise PlanInvalid(f"plan {file.name} selects no probe")
    kept = {r.key for name in also if name in chosen for r in chosen[name].probe.requests}
    distinct = [
        request
        for request in _distinct(chosen.values())
        if not _matches(request.key, leave_out)
        and (request.key in kept or not _matches(request.key, file.leave_out_requests))
    ]
    watches = file.watch or bool(only)
    refused = {r.key: why for r in distinct if (why := _refusal(r, refusal, watches=watches))}
    asked = [r for r in distinct if r.key not in refused]
    watched = sorted((r for r in asked if r.is_watched), key=lambda request: request.after_s)
    return Plan(
        name=file.name,
        title=Text(file.title.en, file.title.zh),
        probes=chosen,
        required=frozenset(name for name in chosen if _matches(name, file.required)),
        requests=tuple(_hurried(r, deadline_s) for r in asked if not r.is_watched),
        refused=refused,
        watched=tuple(_paced(_hurried(r, deadline_s), watch_s / WATCH_S) for r in watched),
        watch_s=watch_s if watched else 0.0,
        where_offered=frozenset(name for name in chosen if _matches(name, file.where_offered)),
    )


def _reaches(loaded: Loaded, channels: Collection[Channel]) -> bool:
    """Whether the phone has a channel of its own for what the probe asks."""
    return any(
        r.channel in channels and r.channel is not Channel.HOST for r in loaded.probe.requests
    )


def _refusal(request: Request, refusal: Refusal, *, watches: bool) -> str | None:
    return _NO_TIME if request.is_watched and not watches else refusal(request)


def _chosen(file: PlanFile, probes: Mapping[str, Loaded], also: Sequence[str]) -> dict[str, Loaded]:
    return {
        name: loaded
        for name, loaded in probes.items()
        if name in also
        or (
            (file.watch or not loaded.watches)
            and _matches(name, file.probes)
            and not _matches(name, file.exclude)
        )
    }


def _chosen_only(probes: Mapping[str, Loaded], only: Sequence[str]) -> dict[str, Loaded]:
    """Those that fit the globs; one that watches the phone only where it is named in full."""
    fitting = select(probes, only)
    return {name: one for name, one in fitting.items() if name in only or not one.watches}


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
    return sorted(found.values(), key=lambda r: (r.turn, -r.expected_ms, r.key))


def _hurried(request: Request, deadline_s: float | None) -> Request:
    if deadline_s is None or request.timeout_s <= deadline_s:
        return request
    return _changed(request, timeout_s=deadline_s)


def _paced(request: Request, factor: float) -> Request:
    """The same request in a watch that takes `factor` times as long."""
    return _changed(request, after_s=request.after_s * factor, listen_s=request.listen_s * factor)


def _changed(request: Request, **hints: float) -> Request:
    changed = copy(request)
    for name, value in hints.items():
        object.__setattr__(changed, name, value)  # Shell builds itself from its words
    return changed


def _needs(request: Request) -> tuple[float, float, float]:
    return (request.timeout_s, request.max_bytes, request.expected_ms)


def _matches(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in globs)


def _folder() -> Path:
    return bundled_folder("profiles") / "plans"

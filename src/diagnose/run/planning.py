"""From probes to a plan: the distinct requests that follow from them.

Two probes that want the same thing ask once. A request that our policy refuses never reaches a
transport: it is refused here, and again there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from fnmatch import fnmatchcase

from diagnose.errors import PlanInvalid
from diagnose.knowledge.plans import PlanFile
from diagnose.knowledge.probes import LoadedProbe, select
from diagnose.model.requests import Channel, Request
from diagnose.requests.adb import GETPROP
from diagnose.run.plan import Plan, Refusal

WATCH_S = 30.0  # the times of all samples are given for a watch of this length
_NO_TIME = "it needs half a minute with hands off the phone: --plan thorough --allow listen"


def make_plan(
    file: PlanFile,
    probes: Mapping[str, LoadedProbe],
    *,
    only: Sequence[str] = (),
    also: Sequence[str] = (),
    leave_out: Sequence[str] = (),
    deadline_s: float | None = None,
    watch_s: float = WATCH_S,
    require: Sequence[str] = (),
    min_coverage_percent: float | None = None,
    refusal: Refusal = lambda _request: None,
) -> Plan:
    """Choose probes and collect their requests. `only` (globs) replaces the plan's own choice.

    `also` are probes that must be in it (those of the symptoms), with everything they ask but the
    watch: that takes a plan which watches, or `only` with the probe's full name.
    `deadline_s` shortens the deadline of every request that would wait longer; `watch_s` is how
    long the watch takes, with all its times in proportion. `require` are globs of probes without
    which the run is incomplete, besides those of the plan. `min_coverage_percent` replaces the
    plan's, which does not hold where `only` replaces its choice of probes.
    """
    chosen = _chosen_only(probes, only) if only else _chosen(file, probes, also)
    if not chosen:
        raise PlanInvalid(f"plan {file.name} selects no probe")
    select(chosen, require)  # a pattern that demands nothing is a mistake
    kept = {r.key for name in also if name in chosen for r in chosen[name].probe.requests}
    distinct = _wanted(chosen.values(), file, kept, leave_out)
    watches = file.watch or bool(only)
    refused = {r.key: why for r in distinct if (why := _refusal(r, refusal, watches=watches))}
    asked = [r for r in distinct if r.key not in refused]
    watched = sorted((r for r in asked if r.is_watched), key=lambda request: request.after_s)
    return Plan(
        name=file.name,
        probes=tuple(chosen),
        required=frozenset(name for name in chosen if _matches(name, (*file.required, *require))),
        requests=tuple(_hurried(r, deadline_s) for r in asked if not r.is_watched),
        refused=refused,
        watched=tuple(_paced(_hurried(r, deadline_s), watch_s / WATCH_S) for r in watched),
        watch_s=watch_s if watched else 0.0,
        channels={
            name: _channels(loaded)
            for name, loaded in chosen.items()
            if _matches(name, file.where_offered)
        },
        least=_least(file, only, min_coverage_percent),
    )


def _wanted(
    chosen: Iterable[LoadedProbe], file: PlanFile, kept: set[str], leave_out: Sequence[str]
) -> list[Request]:
    """Each request once, without what is left out; what is `kept` only the user leaves out."""
    return [
        request
        for request in _distinct(chosen)
        if not _matches(request.key, leave_out)
        and (request.key in kept or not _matches(request.key, file.leave_out_requests))
    ]


def _least(file: PlanFile, only: Sequence[str], percent: float | None) -> float:
    if percent is None:
        percent = 0.0 if only else file.min_coverage_percent
    return percent / 100


def _channels(loaded: LoadedProbe) -> frozenset[Channel]:
    """The phone's own channels that the probe asks on."""
    return frozenset(r.channel for r in loaded.probe.requests) - {Channel.HOST}


def _refusal(request: Request, refusal: Refusal, *, watches: bool) -> str | None:
    return _NO_TIME if request.is_watched and not watches else refusal(request)


def _chosen(
    file: PlanFile, probes: Mapping[str, LoadedProbe], also: Sequence[str]
) -> dict[str, LoadedProbe]:
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


def _chosen_only(probes: Mapping[str, LoadedProbe], only: Sequence[str]) -> dict[str, LoadedProbe]:
    """Those that fit the globs; one that watches the phone only where it is named in full."""
    fitting = select(probes, only)
    return {name: one for name, one in fitting.items() if name in only or not one.watches}


def _distinct(probes: Iterable[LoadedProbe]) -> list[Request]:
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

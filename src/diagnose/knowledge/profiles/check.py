"""What `diagnose profiles check` finds: unknown keys, ties, claims that nothing stands behind.

The schema already refuses a number without a source and a guess that would say `fail`. Here the
profiles are held against the probes that read them, and against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from diagnose.errors import ProfileAmbiguous, ProfileInvalid, did_you_mean
from diagnose.knowledge.probes import LoadedProbe
from diagnose.knowledge.profiles.load import Shelf, bundled_profiles
from diagnose.knowledge.profiles.match import (
    FALLBACK,
    MatchCondition,
    Profile,
    choose,
    is_glob,
    overlap,
)
from diagnose.knowledge.profiles.values import fact_specs, objection
from diagnose.model.criterion import Basis, Criterion, Range, Source
from diagnose.model.plain import dataclass
from diagnose.sdk import FactSpec, Probe

# Good and often right, but nobody there answers for it.
_COMMUNITIES = (
    "wiki.lineageos.org",
    "github.com/lineageos",
    "gsmarena.com",
    "wikipedia.org",
    "xda",
    "updatetiers.com",
    "endoflife.date",
    "kimovil.com",
    "devicespecifications.com",
    "phonearena.com",
    "reddit.com",
)
_PLACEHOLDERS = ("todo", "fixme", "unknown", "???", "example.com", "acme.example")


@dataclass(frozen=True)
class ProfileProblem:
    """One thing that is wrong with a profile: where, what, and what to do about it."""

    profile: str
    key: str
    message: str
    hint: str = ""


def check_all(
    probes: Mapping[str, LoadedProbe], extra: Sequence[Path] = ()
) -> tuple[list[ProfileProblem], int]:
    """Check every profile file; gives the problems and the number of profiles that loaded."""
    shelf = Shelf.of([bundled_profiles(), *extra])
    profiles, broken = _load_each(shelf)
    declared = {name: loaded.probe for name, loaded in probes.items()}
    return [*broken, *check(list(profiles.values()), declared)], len(profiles)


def check(profiles: Sequence[Profile], probes: Mapping[str, Probe]) -> list[ProfileProblem]:
    """Check loaded profiles against the probes and against each other."""
    problems = [found for profile in profiles for found in _own(profile, probes)]
    return sorted(
        {*problems, *_ties(profiles), *_strays(profiles)},
        key=lambda problem: (problem.profile, problem.key, problem.message),
    )


def _load_each(shelf: Shelf) -> tuple[dict[str, Profile], list[ProfileProblem]]:
    profiles: dict[str, Profile] = {}
    broken: dict[str, ProfileProblem] = {}
    for name in sorted(shelf.paths):
        try:
            profiles[name] = shelf.profile(name)
        except ProfileInvalid as problem:
            # A broken base breaks every model of its vendor: say it once.
            broken.setdefault(
                problem.message, ProfileProblem(name, "", problem.message, problem.hint)
            )
    profiles.setdefault(FALLBACK.id, FALLBACK)
    return profiles, list(broken.values())


def _own(profile: Profile, probes: Mapping[str, Probe]) -> Iterator[ProfileProblem]:
    yield from _facts(profile, fact_specs(probes.values()))
    yield from _unknown_limits(profile, probes)
    yield from _unknown_quirks(profile, probes)
    yield from _sources(profile)
    if not profile.match and profile.lineage:
        yield ProfileProblem(profile.id, "match", "has no [match] of its own or of what it extends")


def _facts(profile: Profile, specs: Mapping[str, FactSpec]) -> Iterator[ProfileProblem]:
    """Facts are reported in the file where they stand, not where they are inherited."""
    for name, fact in profile.facts.items():
        if fact.profile != profile.id:
            continue
        key = f"facts.{name}"
        if name not in specs:
            yield ProfileProblem(
                profile.id, key, f"no probe knows the fact {name!r}", did_you_mean(name, specs)
            )
        elif wrong := objection(specs[name], fact.value):
            yield ProfileProblem(profile.id, key, wrong.message, wrong.hint)


def _unknown_limits(profile: Profile, probes: Mapping[str, Probe]) -> Iterator[ProfileProblem]:
    measures = {
        f"{p.id}.{name}": spec for p in probes.values() for name, spec in p.measures.items()
    }
    for name, limit in profile.limits.items():
        key = f'limits."{name}"'
        if name not in measures:
            message = f"no probe measures {name!r}"
            yield ProfileProblem(profile.id, key, message, did_you_mean(name, measures))
        elif _other_kind(limit, measures[name].criterion):
            yield ProfileProblem(profile.id, key, "is a limit of another kind than the probe's own")


def _other_kind(limit: Criterion, own: Criterion | None) -> bool:
    return own is not None and isinstance(limit, Range) is not isinstance(own, Range)


def _unknown_quirks(profile: Profile, probes: Mapping[str, Probe]) -> Iterator[ProfileProblem]:
    for name, quirks in profile.quirks.items():
        if name not in probes:
            key = f'quirks."{name}"'
            yield ProfileProblem(
                profile.id, key, f"no probe is called {name!r}", did_you_mean(name, probes)
            )
            continue
        for quirk in quirks:
            if quirk not in probes[name].quirks:
                message = f"the probe {name} knows no quirk {quirk!r}"
                hint = did_you_mean(quirk, probes[name].quirks)
                yield ProfileProblem(profile.id, f'quirks."{name}".{quirk}', message, hint)


def _sources(profile: Profile) -> Iterator[ProfileProblem]:
    for name, fact in profile.facts.items():
        if fact.profile == profile.id:
            yield from _source(profile.id, f"facts.{name}", fact.source)
    for name, limit in profile.limits.items():
        yield from _source(profile.id, f'limits."{name}"', limit.source)


def _source(profile: str, key: str, source: Source) -> Iterator[ProfileProblem]:
    """A vendor's word names the page or document; a measurement names its capture."""
    words = source.text.en.lower()
    community = next((place for place in _COMMUNITIES if place in words), None)
    if any(placeholder in words for placeholder in _PLACEHOLDERS):
        yield ProfileProblem(profile, key, f"the source {source.text.en!r} cannot be looked up")
    elif source.basis is not Basis.GUESS and not any(sign in source.text.en for sign in "./:"):
        hint = "name the page, the document or the capture, or say confidence = 'guess'"
        yield ProfileProblem(profile, key, f"the source {source.text.en!r} names no place", hint)
    elif source.basis in (Basis.VENDOR, Basis.STANDARD) and community:
        hint = "say confidence = 'guess', or name the maker's page alone if it says all of it"
        yield ProfileProblem(profile, key, f"{community} is a community, not the maker", hint)


def _ties(profiles: Iterable[Profile]) -> Iterator[ProfileProblem]:
    """Pairs that some phone could match equally well, as far as their conditions tell.

    Only pairs that ask for the same properties are compared: what a phone says in two different
    ones (its model, its device name) cannot be known here. `[[seen]]` units catch those.
    """
    groups: dict[frozenset[str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        if profile.match:
            groups[frozenset(c.property for c in profile.match)].append(profile)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if one.id in other.lineage or other.id in one.lineage:
                continue
            if clash := _clash(one, other):
                message = f"ties with {other.id} where {clash}"
                yield ProfileProblem(one.id, "match", message, "make one of them more specific")


def _clash(one: Profile, other: Profile) -> str:
    """Say what a phone would have to answer to fit both equally; empty where none can."""
    shared: list[str] = []
    for name in sorted({condition.property for condition in one.match}):
        common = _common(_conditions(one, name), _conditions(other, name))
        if common is None:
            return ""
        shared.append(f'{name} is like "{common}"')
    return " and ".join(shared)


def _conditions(profile: Profile, name: str) -> list[MatchCondition]:
    return [condition for condition in profile.match if condition.property == name]


def _common(ones: Iterable[MatchCondition], others: Iterable[MatchCondition]) -> str | None:
    """A value or glob that both sides take with equal rank: literal and literal, glob and glob."""
    found: str | None = None
    for one in ones:
        for other in others:
            found = _common_pattern(one.patterns, other.patterns)
            if found is None:
                return None
    return found


def _common_pattern(ones: Iterable[str], others: Sequence[str]) -> str | None:
    for one in ones:
        for other in others:
            if is_glob(one) == is_glob(other) and overlap(one, other):
                return one
    return None


def _strays(profiles: Sequence[Profile]) -> Iterator[ProfileProblem]:
    """Units a profile says it was seen on, which another profile would get."""
    for profile in profiles:
        for number, unit in enumerate(profile.seen):
            try:
                chosen = choose(profiles, unit.properties()).id
            except ProfileAmbiguous as tie:
                chosen = tie.message
            if chosen != profile.id:
                message = f"the unit {unit.model or unit.fingerprint!r} resolves to: {chosen}"
                yield ProfileProblem(profile.id, f"seen.{number}", message)

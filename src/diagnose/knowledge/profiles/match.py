"""Which profile a phone has: all conditions hold, the most specific wins, a tie is an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from diagnose.errors import ProfileAmbiguous
from diagnose.knowledge.profiles.schema import QuirkEntry, SeenEntry
from diagnose.model.criterion import Criterion, Value
from diagnose.model.fact import Fact
from diagnose.model.plain import dataclass

GENERIC = "generic"
_LONGEST_VALUE = 512


@dataclass(frozen=True)
class MatchCondition:
    """One property and the literals or globs of which one must fit it."""

    property: str
    patterns: tuple[str, ...]

    def fit(self, properties: Mapping[str, str]) -> str | None:
        """Give the pattern that fits best (a literal before a glob), or None."""
        value = properties.get(self.property, "")[:_LONGEST_VALUE]
        if not value:
            return None
        if value in self.patterns:
            return value
        globs = (p for p in self.patterns if is_glob(p) and fnmatchcase(value, p))
        return next(globs, None)


@dataclass(frozen=True)
class Profile:
    """What is known of a model, with everything it inherits merged in.

    `quirks` are by probe id. `lineage` is the chain of ids it extends, nearest first; `sha256`
    covers every file of the chain.
    """

    id: str
    title: str = ""
    marketing_name: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    limits: Mapping[str, Criterion] = field(default_factory=dict)
    quirks: Mapping[str, Mapping[str, QuirkEntry]] = field(default_factory=dict)
    sha256: str = ""
    path: str = ""
    match: tuple[MatchCondition, ...] = ()
    lineage: tuple[str, ...] = ()
    seen: tuple[SeenEntry, ...] = ()

    @property
    def sold_as(self) -> str:
        """The name a buyer knows, for a phone that does not state it (Samsung, Motorola).

        Empty where the profile is of a vendor, or of several models at once.
        """
        of_one_model = "/" in self.id and not self.id.endswith("/_base") and "/" not in self.title
        return self.marketing_name or (self.title if of_one_model else "")

    def quirks_for(self, probe: str) -> dict[str, Value]:
        """The oddities of this model that the probe can take into account."""
        return {name: entry.value for name, entry in self.quirks.get(probe, {}).items()}

    def rank(self, properties: Mapping[str, str]) -> tuple[int, int] | None:
        """How specifically it fits: properties met by a literal, then by a glob; None if not."""
        met: dict[str, bool] = {}
        for condition in self.match:
            pattern = condition.fit(properties)
            if pattern is None:
                return None
            literal = not is_glob(pattern) or pattern == properties[condition.property]
            met[condition.property] = met.get(condition.property, False) or literal
        literals = sum(met.values())
        return literals, len(met) - literals


@cache  # `profiles check` asks it of two million pairs; there are 2,000 patterns
def is_glob(pattern: str) -> bool:
    """Whether a pattern has a wildcard."""
    return any(sign in pattern for sign in "*?[")


def choose(profiles: Iterable[Profile], properties: Mapping[str, str]) -> Profile:
    """Choose the profile of the phone that says these properties.

    Every condition of a profile must hold. A literal beats a glob, more properties beat fewer, a
    profile beats those it extends. Nothing fits: the generic profile. Raises `ProfileAmbiguous`
    where two fit equally well.
    """
    known = list(profiles)
    fitting = [(rank, p) for p in known if p.match and (rank := p.rank(properties)) is not None]
    outdone = {ancestor for _, profile in fitting for ancestor in profile.lineage}
    ranked = [(rank, profile) for rank, profile in fitting if profile.id not in outdone]
    if not ranked:
        return next((p for p in known if p.id == GENERIC), FALLBACK)
    best = max(rank for rank, _ in ranked)
    winners = [profile for rank, profile in ranked if rank == best]
    if len(winners) > 1:
        raise _ambiguous(winners)
    return winners[0]


def _ambiguous(winners: Iterable[Profile]) -> ProfileAmbiguous:
    names = sorted(profile.id for profile in winners)
    return ProfileAmbiguous(
        f"{len(names)} profiles fit this phone equally well: {', '.join(names[:5])}",
        hint="make one [match] more specific (`diagnose profiles check` shows ties)",
    )


FALLBACK = Profile(GENERIC, title="Unknown model")
"""Stands in where not even `generic.toml` can be found: nothing is known, nothing is judged."""


def overlap(one: str, other: str) -> bool:
    """Whether some value fits both patterns (exact for literals, `*` and `?`)."""
    if not is_glob(one):
        return fnmatchcase(one, other) or one == other
    if not is_glob(other):
        return fnmatchcase(other, one)
    return _globs_overlap(_simple(one), _simple(other))


def _simple(glob: str) -> str:
    """Read a `[set]` as any one character: errs towards "may overlap"."""
    return re.sub(r"\[[^\]]*\]", "?", glob)


@lru_cache(maxsize=4096)
def _globs_overlap(one: str, other: str) -> bool:
    if not one or not other:
        return not (one + other).strip("*")
    if one[0] == "*":
        return _globs_overlap(one[1:], other) or _globs_overlap(one, other[1:])
    if other[0] == "*":
        return _globs_overlap(other, one)
    alike = one[0] == other[0] or "?" in (one[0], other[0])
    return alike and _globs_overlap(one[1:], other[1:])

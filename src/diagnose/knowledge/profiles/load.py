"""Reads profile files, merges what they extend, and finds the one of a phone quickly.

`profile_for` reads the heads of the files, up to the first fact, and then whole only those whose
conditions hold. `load_profiles` reads everything, for checks and lists.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from pydantic import BaseModel, ValidationError

from diagnose.errors import ProfileInvalid, did_you_mean
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.installed import installed_folders
from diagnose.knowledge.profiles.match import FALLBACK, GENERIC, MatchCondition, Profile, choose
from diagnose.knowledge.profiles.schema import (
    FactEntry,
    LimitEntry,
    ProfileFile,
    QuirkEntry,
    SeenEntry,
)
from diagnose.model.criterion import Criterion
from diagnose.model.fact import Fact
from diagnose.model.plain import dataclass
from diagnose.toml import NotToml, read_toml

_BASE = "_base"
_LARGEST_FILE = 256 * 1024
_DEEPEST_CHAIN = 8
_AFTER_HEAD = re.compile(rb"^\[+(?:facts|limits|quirks|seen)\b", re.MULTILINE)


def bundled_profiles() -> Path:
    """The folder of the shipped profiles."""
    return bundled_folder("profiles") / "devices"


def _folders(extra: Sequence[Path]) -> list[Path]:
    """The shipped profiles, those of installed packages, and those the user named."""
    for folder in extra:
        if not folder.is_dir():
            raise ProfileInvalid(f"no folder {folder}", hint="name one that holds profiles")
    installed = [folder for folder, _ in installed_folders("diagnose.profiles")]
    return [bundled_profiles(), *installed, *extra]


def load_profiles(extra: Sequence[Path] = ()) -> Mapping[str, Profile]:
    """Load every profile by id: the shipped ones and those of further folders.

    Raises `ProfileInvalid` with the file, the key and the near match for the first broken one.
    """
    shelf = Shelf.of(_folders(extra))
    profiles = {profile_id: shelf.profile(profile_id) for profile_id in sorted(shelf.paths)}
    profiles.setdefault(GENERIC, FALLBACK)
    return profiles


def profile_for(properties: Mapping[str, str], extra: Sequence[Path] = ()) -> Profile:
    """Find the profile of the phone that says these properties.

    Raises `ProfileInvalid` for a broken file on the way, `ProfileAmbiguous` for a tie.
    """
    shelf = Shelf.of(_folders(extra))
    return choose([shelf.profile(name) for name in shelf.possible(properties)], properties)


@dataclass
class Shelf:
    """The profile files of some folders, read when they are asked for."""

    paths: Mapping[str, Path]
    _files: dict[str, tuple[ProfileFile, str]] = field(default_factory=dict)
    _profiles: dict[str, Profile] = field(default_factory=dict)

    @classmethod
    def of(cls, folders: Iterable[Path]) -> Shelf:
        """Find the files of the folders; one that is missing holds none."""
        paths: dict[str, Path] = {}
        for folder in folders:
            above = f"{folder.as_posix()}/"
            # As texts: comparing and cutting paths took half the time of choosing a profile.
            for path in sorted([*folder.glob("*.toml"), *folder.glob("*/*.toml")], key=str):
                name = path.as_posix().removeprefix(above).removesuffix(".toml")
                if name in paths:
                    raise ProfileInvalid(
                        f"{path} carries the id {name} of {paths[name]}",
                        hint=f'give it another name and let it say: extends = "{name}"',
                    )
                paths[name] = path
        return cls(paths)

    def possible(self, properties: Mapping[str, str]) -> list[str]:
        """The ids that can fit, by what they and their vendor's base ask."""
        bases = [name for name in self.paths if name.endswith(f"/{_BASE}")]
        closed = {_vendor(name) for name in bases if not self._may_fit(name, properties)}
        return [
            name
            for name in sorted(self.paths)
            if _vendor(name) not in closed and self._may_fit(name, properties)
        ]

    def _may_fit(self, name: str, properties: Mapping[str, str]) -> bool:
        conditions = _conditions_in_head(self.paths[name])
        return all(condition.fit(properties) is not None for condition in conditions)

    def profile(self, name: str) -> Profile:
        """Give one profile with all it inherits."""
        if name not in self._profiles:
            self._profiles[name] = self._merged(name)
        return self._profiles[name]

    def _merged(self, name: str) -> Profile:
        chain = self._chain(name)
        own = chain[0]
        files = [self._file(link)[0] for link in reversed(chain)]
        digests = "".join(self._file(link)[1] for link in chain)
        nearest = files[-1]
        return Profile(
            id=own,
            title=nearest.title or nearest.marketing_name or own,
            marketing_name=nearest.marketing_name,
            facts=_facts(files),
            limits=_limits(files),
            quirks=_quirks(files),
            sha256=hashlib.sha256(digests.encode()).hexdigest(),
            path=str(self.paths[name]),
            match=tuple(condition for file in files for condition in _conditions(file)),
            lineage=tuple(chain[1:]),
            seen=tuple(nearest.seen),
        )

    def _chain(self, name: str) -> list[str]:
        """The ids from this file to the root."""
        chain = [name]
        while parent := self._file(chain[-1])[0].extends:
            if parent not in self.paths:
                raise ProfileInvalid(
                    f'{self.paths[chain[-1]]}: extends "{parent}", which does not exist',
                    hint=did_you_mean(parent, self.paths),
                )
            if parent in chain or len(chain) >= _DEEPEST_CHAIN:
                raise ProfileInvalid(f"{self.paths[name]}: extends itself by way of {parent}")
            chain.append(parent)
        self._needs_base(name, chain)
        return chain

    def _needs_base(self, name: str, chain: list[str]) -> None:
        """`profile_for` skips a vendor by its `_base`: each model must then extend it."""
        base = f"{_vendor(name)}/{_BASE}"
        if base in self.paths and base not in chain:
            raise ProfileInvalid(
                f'{self.paths[name]}: does not extend "{base}"',
                hint=f'write: extends = "{base}"',
            )

    def _file(self, name: str) -> tuple[ProfileFile, str]:
        if name not in self._files:
            self._files[name] = read_profile(self.paths[name], name)
        return self._files[name]


def read_profile(path: Path, expected_id: str | None = None) -> tuple[ProfileFile, str]:
    """Read one file alone, with its sha256; raises `ProfileInvalid` with the file and the key."""
    data = _bytes(path)
    try:
        table = read_toml(data)
    except NotToml as problem:
        raise ProfileInvalid(f"{path}: {problem}", hint="it is not valid TOML") from problem
    try:
        file = ProfileFile.model_validate(table)
    except ValidationError as problem:
        raise _invalid(path, problem) from problem
    if expected_id is not None and file.id != expected_id:
        raise ProfileInvalid(
            f"{path}: the id is {file.id!r}, the path says {expected_id!r}",
            hint=f'write: id = "{expected_id}"',
        )
    return file, hashlib.sha256(data).hexdigest()


def _conditions_in_head(path: Path) -> list[MatchCondition]:
    """The conditions that stand before the first fact; none where they cannot be told cheaply.

    Reading whole files costs half a millisecond each, and a vendor has fifty: this is a sieve. What
    it lets through is read whole and checked.
    """
    try:
        head = _AFTER_HEAD.split(_bytes(path), maxsplit=1)[0]
        match = read_toml(head).get("match", {})
    except (ProfileInvalid, NotToml):
        return []
    if not isinstance(match, dict):
        return []
    return [
        MatchCondition(name, (value,) if isinstance(value, str) else tuple(value))
        for name, value in match.items()
        if isinstance(value, str | list) and value and all(isinstance(word, str) for word in value)
    ]


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ProfileInvalid(f"{path}: {problem.strerror or problem}") from problem
    if len(data) > _LARGEST_FILE:
        raise ProfileInvalid(f"{path}: larger than {_LARGEST_FILE // 1024} KiB")
    return data


def _invalid(path: Path, problem: ValidationError) -> ProfileInvalid:
    errors = problem.errors(include_url=False)
    # A misspelt key often shows as a missing one as well: the misspelling is the cause.
    first = min(errors, key=lambda error: error["type"] != "extra_forbidden")
    where = ".".join(_spoken(part) for part in first["loc"])
    if first["type"] != "extra_forbidden":
        return ProfileInvalid(f"{path}: {where}: {first['msg']}")
    key = str(first["loc"][-1])
    return ProfileInvalid(
        f"{path}: unknown key {where!r}", hint=did_you_mean(key, _keys_at(first["loc"][:-1]))
    )


def _spoken(part: int | str) -> str:
    word = str(part)
    return f'"{word}"' if "." in word else word


_ENTRIES: Mapping[str, type[BaseModel]] = {
    "facts": FactEntry,
    "limits": LimitEntry,
    "quirks": QuirkEntry,
    "seen": SeenEntry,
}


def _keys_at(where: tuple[int | str, ...]) -> list[str]:
    """The keys that are known at a place of the file."""
    entry = _ENTRIES.get(str(where[0]), ProfileFile) if where else ProfileFile
    return [known.alias or name for name, known in entry.model_fields.items()]


def _conditions(file: ProfileFile) -> Iterable[MatchCondition]:
    for name, patterns in file.match.items():
        yield MatchCondition(name, (patterns,) if isinstance(patterns, str) else tuple(patterns))


def _facts(files: Iterable[ProfileFile]) -> Mapping[str, Fact]:
    return {
        name: Fact(value=entry.known(), source=entry.cited(), profile=file.id)
        for file in files
        for name, entry in file.facts.items()
    }


def _limits(files: Iterable[ProfileFile]) -> Mapping[str, Criterion]:
    return {name: entry.criterion() for file in files for name, entry in file.limits.items()}


def _quirks(files: Iterable[ProfileFile]) -> Mapping[str, Mapping[str, QuirkEntry]]:
    merged: dict[str, dict[str, QuirkEntry]] = {}
    for file in files:
        for probe, entries in file.quirks.items():
            merged.setdefault(probe, {}).update(entries)
    return merged


def _vendor(name: str) -> str:
    vendor, _, model = name.partition("/")
    return vendor if model else ""

"""Fault knowledge: loads `faults.toml` files and checks every name in them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from diagnose.errors import FaultInvalid, did_you_mean
from diagnose.knowledge.data_file import read_data
from diagnose.model.cause import CareAdvice, Cause, FaultFile
from diagnose.model.plain import dataclass
from diagnose.model.symptom import Symptom


@dataclass(frozen=True)
class Knowledge:
    """Every cause by code, all care advice, and where it came from.

    `origins` tells the file of a cause; `sha256` is the digest of all files together.
    """

    causes: Mapping[str, Cause]
    care: tuple[CareAdvice, ...]
    origins: Mapping[str, Path]
    sha256: str


@dataclass(frozen=True)
class Names:
    """What fault knowledge may refer to.

    `measures` maps a probe to the names of its measures.
    """

    measures: Mapping[str, Collection[str]]
    symptoms: Mapping[str, Symptom]
    actions: Collection[str]


def load_knowledge(folders: Sequence[Path]) -> Knowledge:
    """Load `<area>/faults.toml` of these folders. Raises `FaultInvalid` for a broken file."""
    return _load(tuple(folders))


def read_knowledge(folders: Sequence[Path]) -> Iterator[object]:
    """Read the files of these folders one by one; `load_knowledge` then finds them read."""
    for path in _files(folders):
        yield _read(path)


@cache
def _read(path: Path) -> FaultFile:
    return read_data(path, FaultFile, FaultInvalid)


@cache
def _load(folders: tuple[Path, ...]) -> Knowledge:
    causes: dict[str, Cause] = {}
    origins: dict[str, Path] = {}
    care: list[CareAdvice] = []
    digest = hashlib.sha256()
    for path in _files(folders):
        file = _read(path)
        digest.update(path.read_bytes())
        for cause in file.cause:
            _check_place(cause, path, origins)
            causes[cause.code], origins[cause.code] = cause, path
        care.extend(file.care)
    ordered = dict(sorted(causes.items()))
    return Knowledge(ordered, tuple(care), origins, digest.hexdigest())


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """In the order of the areas, wherever the folders lie."""
    for folder in folders:
        yield from sorted(folder.glob("*/faults.toml"), key=lambda path: path.parent.name)


def _check_place(cause: Cause, path: Path, origins: Mapping[str, Path]) -> None:
    if cause.code in origins:
        raise FaultInvalid(f"{path} carries the cause {cause.code} of {origins[cause.code]}")
    if cause.code.partition(".")[0] != path.parent.name:
        raise FaultInvalid(f"{path}: {cause.code} is not of the area {path.parent.name}")


def check_knowledge(knowledge: Knowledge, names: Names) -> None:
    """Check that everything it names exists. Raises `FaultInvalid` with the near match."""
    for cause in knowledge.causes.values():
        where = f"{knowledge.origins[cause.code]}: {cause.code}"
        for condition in cause.conditions:
            _check_measure(where, condition.measure, names)
        if cause.next_test.probe:
            _check(where, "probe", cause.next_test.probe, names.measures)
        for symptom in cause.symptoms:
            _check(where, "symptom", symptom, names.symptoms)
        for implied in cause.implies:
            _check(where, "cause", implied, knowledge.causes)
        for action in cause.repair:
            _check(where, "action", action, names.actions)
    for care in knowledge.care:
        _check_measure(f"care advice on {care.topic}", care.when.measure, names)
    _check_suspects(knowledge, names)


def _check_suspects(knowledge: Knowledge, names: Names) -> None:
    for symptom in names.symptoms.values():
        for code in symptom.suspects:
            _check(f"symptom {symptom.code}", "cause", code, knowledge.causes)
            if symptom.code not in knowledge.causes[code].symptoms:
                raise FaultInvalid(
                    f"symptom {symptom.code} suspects {code}, which does not explain it",
                    hint=f"add {symptom.code} to the symptoms of {code}",
                )


def _check_measure(where: str, measure: str, names: Names) -> None:
    known = [f"{probe}.{name}" for probe, own in names.measures.items() for name in own]
    _check(where, "measure", measure, known)


def _check(where: str, kind: str, name: str, known: Collection[str]) -> None:
    if name in known:
        return
    hint = did_you_mean(name, known)
    raise FaultInvalid(f"{where}: no {kind} is called {name!r}", hint=hint)

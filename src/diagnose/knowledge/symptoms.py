"""The symptom catalogue: `profiles/symptoms.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from diagnose.errors import SymptomInvalid, UnknownName, UsageError
from diagnose.knowledge.bundled import bundled_folder
from diagnose.knowledge.data_file import as_model, read_table
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.symptom import Symptom


def load_symptoms(path: Path | None = None) -> Mapping[str, Symptom]:
    """Load every symptom, by code, in the order of the file. Raises `SymptomInvalid`."""
    return _load(path or bundled_folder("profiles") / "symptoms.toml")


@cache
def _load(path: Path) -> Mapping[str, Symptom]:
    table = read_table(path, SymptomInvalid)
    if wrong := [code for code, entry in table.items() if not isinstance(entry, dict)]:
        raise SymptomInvalid(f"{path}: {wrong[0]}: a symptom is a table")
    return {
        code: as_model(entry | {"code": code}, Symptom, SymptomInvalid, where=f"{path}: {code}")
        for code, entry in table.items()
    }


def symptoms_named(codes: Iterable[str]) -> tuple[Symptom, ...]:
    """Give the symptoms of these codes, Chinese words or pinyin initials, each once.

    Raises `UnknownName` with the near match, and `UsageError` where a word means several.
    """
    known = load_symptoms()
    return tuple(known[code] for code in dict.fromkeys(_code_of(name, known) for name in codes))


def _code_of(name: str, known: Mapping[str, Symptom]) -> str:
    if name in known:
        return name
    meant = [symptom for symptom in known.values() if symptom.is_called(name)]
    if len(meant) == 1:
        return meant[0].code
    if not meant:
        words = [word for symptom in known.values() for word in (symptom.code, *symptom.words)]
        raise UnknownName("symptom", name, words)
    choice = ", ".join(f"{symptom.code} ({symptom.title.zh})" for symptom in meant)
    raise UsageError(f"{name!r} means several symptoms: {choice}", hint="name one by its code")


def symptoms_known(codes: Iterable[str]) -> tuple[Symptom, ...]:
    """Give those of the codes that are in the catalogue: an old capture may name others."""
    known = load_symptoms()
    return tuple(known[code] for code in dict.fromkeys(codes) if code in known)


def probes_for(symptoms: Sequence[Symptom], probes: Mapping[str, LoadedProbe]) -> tuple[str, ...]:
    """Give the probes that test these symptoms, in the order in which they are looked at.

    A probe joins a symptom by declaring it, too: a shop's own needs no change of the catalogue.
    One that watches the phone for a while is not meant by a glob.
    """
    found: dict[str, None] = {}
    for symptom in symptoms:
        for pattern in symptom.probes:
            found.update(dict.fromkeys(n for n in sorted(probes) if _means(pattern, probes[n])))
        declaring = (n for n in sorted(probes) if symptom.code in probes[n].probe.symptoms)
        found.update(dict.fromkeys(declaring))
    return tuple(found)


def _means(pattern: str, loaded: LoadedProbe) -> bool:
    name = loaded.probe.id
    return name == pattern or (fnmatchcase(name, pattern) and not loaded.watches)

"""Whether a fact has a value its probe can use, and what to write where it has not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from diagnose.errors import did_you_mean
from diagnose.model.criterion import Value
from diagnose.sdk import FactKind, FactSpec, Probe

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Objection(NamedTuple):
    """What is wrong with a value, and what to do about it."""

    message: str
    hint: str = ""


def fact_specs(probes: Iterable[Probe]) -> Mapping[str, FactSpec]:
    """The spec of each fact; of two probes that use it, the one that says its kind."""
    specs: dict[str, FactSpec] = {}
    for probe in probes:
        for name, spec in probe.facts.items():
            if name not in specs or (spec.kind is not None and specs[name].kind is None):
                specs[name] = spec
    return specs


def objection(spec: FactSpec, value: Value) -> Objection | None:
    """Say what keeps a probe from using this value; None where it can."""
    return _CHECKS[spec.expects](spec, value) if spec.expects else None


def _number(spec: FactSpec, value: Value) -> Objection | None:
    if isinstance(value, bool | str | tuple):
        return Objection(f"{_shown(value)} is no number", _number_alone(spec, value))
    if not 0 <= value < float("inf"):
        return Objection(f"{value} is not a quantity a phone can have")
    return None


def _integer(spec: FactSpec, value: Value) -> Objection | None:
    if isinstance(value, float):
        return Objection(f"{value} is no whole number")
    return _number(spec, value)


def _numbers(spec: FactSpec, value: Value) -> Objection | None:
    if not isinstance(value, tuple):
        return Objection(f"{_shown(value)} is no list of numbers", "write it as a list: [6, 8]")
    wrong = next((word for word in value if not _NUMBER.fullmatch(word)), None)
    if wrong is not None:
        return Objection(f"{_shown(wrong)} is no number", _number_alone(spec, wrong))
    return None


def _boolean(_spec: FactSpec, value: Value) -> Objection | None:
    if isinstance(value, bool):
        return None
    return Objection(f"{_shown(value)} is neither true nor false", "write true or false, unquoted")


def _words(spec: FactSpec, value: Value) -> Objection | None:
    if not isinstance(value, tuple):
        return Objection(f"{_shown(value)} is no list of words", f'write it as a list: ["{value}"]')
    for word in value:
        if spec.words and word not in spec.words:
            message = f"{_shown(word)} is none of the words it may hold"
            return Objection(message, did_you_mean(word, spec.words))
    return None


def _pattern(spec: FactSpec, value: Value) -> Objection | None:
    if isinstance(value, str) and re.fullmatch(spec.pattern, value):
        return None
    return Objection(f"{_shown(value)} has another form", f'write it like "{spec.example}"')


_CHECKS: Mapping[FactKind, Callable[[FactSpec, Value], Objection | None]] = {
    FactKind.NUMBER: _number,
    FactKind.INTEGER: _integer,
    FactKind.NUMBERS: _numbers,
    FactKind.BOOLEAN: _boolean,
    FactKind.WORDS: _words,
    FactKind.PATTERN: _pattern,
}


def _number_alone(spec: FactSpec, value: Value) -> str:
    found = _NUMBER.search(value) if isinstance(value, str) else None
    unit = f", in {spec.unit.value}" if spec.unit.value else ""
    return f"write the number alone{unit}" + (f": {found[0]}" if found else "")


def _shown(value: Value) -> str:
    return repr(list(value) if isinstance(value, tuple) else value)

"""What the area modules register: sections of state, answers to commands, files, faults.

An area adds a module to `state/`, `services/` and `faults/`; all modules there are found by
listing the package, so there is no list to edit.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache

from diagnose.model.text import Text
from diagnose.simulator.output import Output
from diagnose.simulator.phone import Phone

Words = tuple[str, ...]
Answerer = Callable[[Phone, Words], Output]
FileBody = str | bytes | None
"""The content of a file; None is a file that is there and may not be read (EACCES)."""


@dataclass(frozen=True)
class Masking:
    """What a fault makes unseeable, and why.

    `probes` rightly fall silent beside it. `causes` cannot be concluded beside it although their
    probes may speak: a dead chip counts no crashes.
    """

    probes: frozenset[str]
    why: str
    causes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StateFault:
    """A named fault of the phone itself.

    `found_by`: the probes, any of which must notice it. `causes`: the codes of
    `probes/*/faults.toml`, any of which names what is really wrong; `uncaused` says why none can.
    `complaint`: the symptom a customer tells, where it is a fault only for who complains of it.
    `fits` says why a phone cannot have it ("this phone has no NFC"), or returns None where it
    can. `masks`: what cannot be told of a phone that has this fault as well.
    """

    name: str
    title: Text
    found_by: tuple[str, ...]
    apply: Callable[[Phone], None]
    fits: Callable[[Phone], str | None] = field(default=lambda _phone: None)
    masks: Masking | None = None
    causes: tuple[str, ...] = ()
    uncaused: str = ""
    complaint: str = ""


ANSWERS: dict[str, Answerer] = {}
PROPERTIES: list[Callable[[Phone], Mapping[str, str]]] = []
FILES: list[Callable[[Phone], Mapping[str, FileBody]]] = []
FAULTS: dict[str, StateFault] = {}


def answers(*patterns: str) -> Callable[[Answerer], Answerer]:
    """Register the answer to commands: `dumpsys battery`, or with globs `cmd wifi *`."""

    def register(answerer: Answerer) -> Answerer:
        for pattern in patterns:
            if pattern in ANSWERS:
                raise ValueError(f"two answers to {pattern!r}")
            ANSWERS[pattern] = answerer
        return answerer

    return register


def properties(source: Callable[[Phone], Mapping[str, str]]) -> Callable[..., Mapping[str, str]]:
    """Register system properties of an area (shown by `getprop`)."""
    PROPERTIES.append(source)
    return source


def files(source: Callable[[Phone], Mapping[str, FileBody]]) -> Callable[..., object]:
    """Register the readable and the refused files of an area (`cat`, `ls`)."""
    FILES.append(source)
    return source


def fault(
    name: str,
    title: Text,
    *,
    found_by: tuple[str, ...],
    fits: Callable[[Phone], str | None] | None = None,
    masks: Masking | None = None,
    causes: tuple[str, ...] = (),
    uncaused: str = "",
    complaint: str = "",
) -> Callable[[Callable[[Phone], None]], Callable[[Phone], None]]:
    """Register a fault of the phone: the decorated function changes the state."""

    def register(apply: Callable[[Phone], None]) -> Callable[[Phone], None]:
        if name in FAULTS:
            raise ValueError(f"two faults named {name!r}")
        can = fits or (lambda _phone: None)
        FAULTS[name] = StateFault(
            name, title, found_by, apply, can, masks, causes, uncaused, complaint
        )
        return apply

    return register


def answerer_for(command: str) -> Answerer | None:
    """Find the answer to a command line: exact words first, then the longest pattern."""
    load_areas()
    if command in ANSWERS:
        return ANSWERS[command]
    fitting = [pattern for pattern in ANSWERS if fnmatchcase(command, pattern)]
    return ANSWERS[max(fitting, key=len)] if fitting else None


@cache
def load_areas() -> None:
    """Import every module of the area packages once."""
    for package in ("state", "services", "faults"):
        name = f"diagnose.simulator.{package}"
        for module in pkgutil.iter_modules(importlib.import_module(name).__path__):
            importlib.import_module(f"{name}.{module.name}")

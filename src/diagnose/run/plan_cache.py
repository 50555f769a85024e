"""Plans kept from one run to the next, so that a phone is asked before anything that judges loads.

A plan is a pure function of the files it is made of, of the program's version and of what the
operator wants; their digest is its name. A kept plan that is not ours, not whole or not plain is
made anew in silence. What it says is trusted no further: the privacy policy sees every request
again before it is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from diagnose import __version__
from diagnose.cache import keep, read_kept
from diagnose.model.plain import dataclass
from diagnose.model.requests import Channel, DataClass, Effect, Request, Shell
from diagnose.model.requests.kept import kept_of_plain
from diagnose.run.plan import Plan

_KINDS: Final[Mapping[str, type[Request]]] = {"shell": Shell, "other": Request}


@dataclass(frozen=True)
class KeptPlan:
    """A plan, and the codes of the symptoms it was made for as the catalogue writes them."""

    plan: Plan
    symptoms: tuple[str, ...] = ()


def kept_or_made(
    wish: Mapping[str, Any],
    files: Iterable[Path],
    folder: Path | None,
    make: Callable[[], KeptPlan],
) -> KeptPlan:
    """Give the plan kept under this wish and these files, else make it and keep it.

    `wish` is all that decides beside the files, as plain values. `folder` None keeps nothing.
    """
    if folder is None:
        return make()
    try:
        path = folder / f"{_digest(wish, files)}.json"
    except OSError:  # a plan nobody knows has no file: whoever makes it says so
        return make()
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _kept(json.loads(read_kept(path)))
    made = make()
    with suppress(OSError):
        keep(path, json.dumps(_plain(made)).encode())
    return made


def _digest(wish: Mapping[str, Any], files: Iterable[Path]) -> str:
    digest = hashlib.sha256(json.dumps([__version__, wish], sort_keys=True).encode())
    for path in files:
        digest.update(f"\0{path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _plain(kept: KeptPlan) -> dict[str, Any]:
    plan = kept.plan
    return {
        "symptoms": list(kept.symptoms),
        "plan": {field.name: getattr(plan, field.name) for field in fields(plan)}
        | {
            "required": sorted(plan.required),
            "refused": dict(plan.refused),
            "channels": {name: sorted(own) for name, own in plan.channels.items()},
            "requests": [_plain_request(one) for one in plan.requests],
            "watched": [_plain_request(one) for one in plan.watched],
        },
    }


def _plain_request(request: Request) -> dict[str, Any]:
    plain = {field.name: getattr(request, field.name) for field in fields(request)}
    kept = request.kept.plain() if request.kept else None
    return plain | {"kind": "shell" if isinstance(request, Shell) else "other", "kept": kept}


def _kept(values: Mapping[str, Any]) -> KeptPlan:
    plan = dict(values["plan"])
    return KeptPlan(
        plan=Plan(
            **plan
            | {
                "probes": tuple(plan["probes"]),
                "required": frozenset(plan["required"]),
                "channels": {
                    name: frozenset(map(Channel, own)) for name, own in plan["channels"].items()
                },
                "requests": tuple(map(_request, plan["requests"])),
                "watched": tuple(map(_request, plan["watched"])),
            }
        ),
        symptoms=tuple(values["symptoms"]),
    )


def _request(values: dict[str, Any]) -> Request:
    """Build a request as it was: each kind makes its key of its words, and none is made again."""
    kind = _KINDS[values.pop("kind")]
    request = object.__new__(kind)
    values |= {
        "channel": Channel(values["channel"]),
        "effect": Effect(values["effect"]),
        "data_class": DataClass(values["data_class"]),
        "kept": kept_of_plain(values["kept"]) if values["kept"] else None,
    }
    if kind is Shell:
        values["argv"] = tuple(values["argv"])
    if values.keys() != {field.name for field in fields(kind)}:
        raise ValueError(values["key"])
    for name, value in values.items():
        object.__setattr__(request, name, value)
    return request

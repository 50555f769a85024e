"""Plans kept from one run to the next, so that a phone is asked before anything that judges loads.

A plan is a pure function of the files it is made of, of the program's version and of what the
operator wants; their digest is its name. A kept plan that is not ours, not whole or not plain is
made anew in silence. What it says is trusted no further: the privacy policy sees every request
again before it is sent.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from diagnose import __version__
from diagnose.model.requests import Channel, DataClass, Effect, Request, Shell
from diagnose.model.requests.kept import kept_of_plain
from diagnose.run.plan import Plan

_LARGEST_BYTES = 1024 * 1024
_MOST_PLANS = 64
_KINDS: Final[Mapping[str, type[Request]]] = {"shell": Shell, "other": Request}


@dataclass(frozen=True)
class Kept:
    """A plan, and the codes of the symptoms it was made for as the catalogue writes them."""

    plan: Plan
    symptoms: tuple[str, ...] = ()


def kept_or_made(
    wish: Mapping[str, Any], files: Iterable[Path], folder: Path | None, make: Callable[[], Kept]
) -> Kept:
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
        return _read(path)
    made = make()
    with suppress(OSError):
        _write(path, made)
    return made


def cache_folder() -> Path | None:
    """Where this user's plans are kept; None where there is no place for it."""
    if own := os.environ.get("DIAGNOSE_CACHE") or os.environ.get("DIAGNOSE_CONFIG"):
        return Path(own) / "plans"
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "diagnose" / "plans"
    try:
        return Path.home() / ".cache" / "diagnose" / "plans"
    except RuntimeError:
        return None


def _digest(wish: Mapping[str, Any], files: Iterable[Path]) -> str:
    digest = hashlib.sha256(json.dumps([__version__, wish], sort_keys=True).encode())
    for path in files:
        digest.update(f"\0{path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read(path: Path) -> Kept:
    """Raises `OSError`, or one of the errors of a file that says something else."""
    handle = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with os.fdopen(handle, "rb") as file:
        if not _is_ours(os.fstat(file.fileno())) or not _is_ours(path.parent.stat(), folder=True):
            raise PermissionError(path)
        data = file.read(_LARGEST_BYTES)
    sum_, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != sum_:
        raise ValueError(path)
    return _kept(json.loads(body))


def _is_ours(found: os.stat_result, *, folder: bool = False) -> bool:
    """Whether only this user can have written it."""
    kind = stat.S_ISDIR(found.st_mode) if folder else stat.S_ISREG(found.st_mode)
    user = getattr(os, "geteuid", lambda: found.st_uid)()
    return kind and found.st_uid == user and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, kept: Kept) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = json.dumps(_plain(kept)).encode()
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    _forget_oldest(path.parent)


def _forget_oldest(folder: Path) -> None:
    plans = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in plans[_MOST_PLANS:]:
        path.unlink(missing_ok=True)


def _plain(kept: Kept) -> dict[str, Any]:
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


def _kept(values: Mapping[str, Any]) -> Kept:
    said = dict(values["plan"])
    return Kept(
        plan=Plan(
            **said
            | {
                "probes": tuple(said["probes"]),
                "required": frozenset(said["required"]),
                "channels": {
                    name: frozenset(map(Channel, own)) for name, own in said["channels"].items()
                },
                "requests": tuple(map(_request, said["requests"])),
                "watched": tuple(map(_request, said["watched"])),
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

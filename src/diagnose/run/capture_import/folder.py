"""A folder of captured outputs with its `index.json`.

The index names a device, and for each captured output its `command` and `file`; `captured_at`, of
the whole folder, says when that was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diagnose.errors import CaptureInvalid, NoSuchFile
from diagnose.model.plain import dataclass
from diagnose.run.capture_import.commands import is_a_part, words_of
from diagnose.run.capture_import.output import CapturedOutput, Told, Use

LARGEST_FILE = 64 * 1024 * 1024
_LARGEST_TOTAL = 1024 * 1024 * 1024
_LARGEST_INDEX = 16 * 1024 * 1024
_MOST_ENTRIES = 10_000
_YEARS = range(2000, 2200)
INDEX = "index.json"


@dataclass(frozen=True)
class Captured:
    """The outputs of a folder; those whose file is not there; and when they were captured."""

    outputs: tuple[CapturedOutput, ...] = ()
    unreadable: tuple[Told, ...] = field(default=())
    at: datetime | None = None


def read_folder(folder: Path) -> Captured:
    """Read the index and every file it names. Raises `NoSuchFile` or `CaptureInvalid`."""
    index = _read_index(folder)
    outputs, unreadable = [], []
    named, total = {INDEX}, 0
    for command, name in _entries(index, folder):
        path = folder / name
        named.add(name)
        where = f"{name} ({command})" if command else name
        if is_a_part(command):
            unreadable.append(Told(where, Use.UNASKED, why="not the whole answer, as it says"))
        elif _is_inside(folder, path):
            outputs.append(_output(where, command, path))
            total += outputs[-1].size or 0
            if total > _LARGEST_TOTAL:  # one file may be named a thousand times
                raise CaptureInvalid(f"{folder} holds more than one phone says")
        else:
            unreadable.append(Told(where, Use.UNKNOWN, why="there is no such file in the folder"))
    unreadable += [
        Told(path.name, Use.UNKNOWN, why=f"{INDEX} does not name it")
        for path in sorted(folder.iterdir())
        if path.name not in named
    ]
    return Captured(tuple(outputs), tuple(unreadable), _captured_at(index, folder))


def _is_inside(folder: Path, path: Path) -> bool:
    """Whether it is a file of this folder: a link may lead to anything on this computer."""
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _output(where: str, command: str, path: Path) -> CapturedOutput:
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE)
    return CapturedOutput(where, words_of(command), data, size=len(data))


def _read_index(folder: Path) -> Mapping[str, Any]:
    path = folder / INDEX
    if not _is_inside(folder, path):
        raise NoSuchFile(f"there is no {path}", hint=f"the folder needs an {INDEX}")
    try:
        if path.stat().st_size > _LARGEST_INDEX:
            raise CaptureInvalid(f"{path} is too large")
        index = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise CaptureInvalid(f"{path} is not JSON: {problem}") from problem
    if not isinstance(index, dict) or not isinstance(index.get("captures"), list):
        raise CaptureInvalid(f"{path} names no captures")
    if len(index["captures"]) > _MOST_ENTRIES:
        raise CaptureInvalid(f"{path} names more than {_MOST_ENTRIES} captures")
    return index


def _entries(index: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Commands and files; a file name that leaves the folder is not followed."""
    for entry in index["captures"]:
        if not isinstance(entry, dict):
            raise CaptureInvalid(f"{folder}/{INDEX}: a capture is not an object")
        yield str(entry.get("command", "")), Path(str(entry.get("file", ""))).name


def _captured_at(index: Mapping[str, Any], folder: Path) -> datetime | None:
    stated = index.get("captured_at")
    if stated is None:
        return None
    try:
        moment: datetime | None = datetime.fromisoformat(str(stated))
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        raise CaptureInvalid(f"{folder}/{INDEX}: captured_at is no date: {str(stated)[:40]}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

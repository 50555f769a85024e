"""Captured outputs in a folder become a capture file.

The folder holds `index.json`: a device, and for each captured output its `command` and `file`.
People name commands loosely (`/proc/meminfo`, `getprop / cat /system/build.prop`,
`/system/bin/dumpsys -T 30000 dropbox`); they are brought to the request they are an answer to. What
was captured of one command several times belongs to several visits of the phone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diagnose.errors import CaptureInvalid, NoSuchFile
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.requests import Request, Shell
from diagnose.privacy.redactor import Redactor
from diagnose.run.capture import Header, Recorded, timestamp

LARGEST_FILE = 64 * 1024 * 1024
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_ADB = re.compile(r"^(?:adb(?:\s+-s\s+\S+)?\s+)?(?:shell\s+)?")
_DUMPSYS = re.compile(r"^(?:/system/bin/)?dumpsys(?:\s+-[tT]\s+\d+)?\s+")
_PATH = re.compile(r"^/(?:proc|sys|d)/\S+$")
_NOT_ADB = ("hdc", "AT", "ATI", "fastboot", "mtp-detect", "host ", "lsusb", "usb-devices")


@dataclass(frozen=True)
class Import:
    """What was made of a folder: recorded replies, and the outputs that answer no request."""

    header: Header
    recorded: tuple[Recorded, ...]
    skipped: tuple[str, ...]


def import_folder(
    folder: Path,
    *,
    salt: bytes,
    probes: tuple[str, ...],
    required: tuple[str, ...] = (),
    requests: Iterable[Request] = (),
    visit: int = 1,
    now: datetime | None = None,
) -> Import:
    """Read a folder with `index.json`. Raises `NoSuchFile` or `CaptureInvalid`.

    `visit`: which of several outputs of one command counts, from 1; where there are fewer, the
    first. `requests`: those of the plan; a `grep` of one file is answered from the whole file.
    """
    found: dict[str, list[Path]] = {}
    skipped = []
    for command, path in _captures(_read_index(folder), folder):
        key = key_of(command)
        if key is None or not path.is_file():
            skipped.append(command)
        else:
            found.setdefault(key, []).append(path)
    redactor = Redactor([], key=salt)
    chosen = {key: (paths[visit - 1 :] or paths)[0] for key, paths in found.items()}
    recorded = {key: _record(key, path, redactor) for key, path in chosen.items()}
    recorded |= dict(_filtered(recorded, requests))
    skipped += [f"{key} (again)" for key, paths in found.items() for _ in paths[1:]]
    header = Header(
        started_at=timestamp(now or datetime.now(UTC)),
        plan="full",
        probes=probes,
        required=required,
        source=f"imported from {folder.name}",
    )
    return Import(header, tuple(recorded.values()), tuple(skipped))


def key_of(command: str) -> str | None:
    """Give the key of the request that this loosely named command answers, None for other ways."""
    command = _REMARK.sub("", command.strip())
    if command.startswith(_NOT_ADB):
        return None
    command = _ADB.sub("", command)
    command = command.split(" / ")[0].strip()
    command = _DUMPSYS.sub("dumpsys ", command)
    if command == "SYSTEM PROPERTIES":
        command = "getprop"
    if _PATH.match(command):
        command = f"cat {command}"
    return Shell(*command.split()).key if command else None


def count_visits(folder: Path) -> int:
    """How often the command that was captured most often was captured."""
    keys = Counter(key_of(command) for command, _ in _captures(_read_index(folder), folder))
    del keys[None]
    return max(keys.values(), default=0)


def _filtered(
    recorded: Mapping[str, Recorded], requests: Iterable[Request]
) -> Iterator[tuple[str, Recorded]]:
    """What `grep -E PATTERN FILE` would have said, from `cat FILE`."""
    for request in requests:
        words = request.argv if isinstance(request, Shell) else ()
        whole = recorded.get(Shell("cat", *words[3:]).key) if len(words) == 4 else None
        if words[:2] == ("grep", "-E") and whole and request.key not in recorded:
            pattern = re.compile(words[2].encode())
            lines = whole.reply.stdout.splitlines(keepends=True)
            said = b"".join(line for line in lines if pattern.search(line))
            yield request.key, replace(whole, reply=Reply(request.key, whole.reply.status, said))


def _read_index(folder: Path) -> Mapping[str, Any]:
    path = folder / "index.json"
    if not path.is_file():
        raise NoSuchFile(f"there is no {path}", hint="the folder needs an index.json")
    try:
        index = json.loads(path.read_text("utf-8"))
    except ValueError as problem:
        raise CaptureInvalid(f"{path} is not JSON: {problem}") from problem
    if not isinstance(index, dict) or not isinstance(index.get("captures"), list):
        raise CaptureInvalid(f"{path} names no captures")
    return index


def _captures(index: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, Path]]:
    """Commands and files; a file name that leaves the folder is not followed."""
    for entry in index["captures"]:
        if not isinstance(entry, dict):
            raise CaptureInvalid(f"{folder}/index.json: a capture is not an object")
        name = Path(str(entry.get("file", ""))).name
        yield str(entry.get("command", "")), folder / name


def _record(key: str, path: Path, redactor: Redactor) -> Recorded:
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE)
    stdout, masked = redactor.redact(data)
    reply = Reply(key, ReplyStatus.COMPLETE, stdout=stdout)
    return Recorded(reply, masked=sum(masked.values()))

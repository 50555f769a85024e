"""The capture file: the evidence of one run, a line of JSON for each thing that happened.

Line 1 is the header, then one line a reply in the order in which they ended, a line for the phone
once it is known, and a line for the end. Replies are redacted before they get here: what is
recorded is exactly what the probes saw, so a replay cannot differ from the run.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from diagnose import __version__
from diagnose.errors import CaptureInvalid, NoSuchFile, OutputError
from diagnose.model.replies import Reply, ReplyStatus

FORMAT = 1
LONGEST_LINE = 64 * 1024 * 1024


class Clock(StrEnum):
    """Whose clock `started_at` is of: age is told only where somebody's clock was read."""

    STATION = "station"
    EVIDENCE = "evidence"  # an import without a date: the newest moment the evidence tells
    NONE = "none"  # nothing tells when it was; `started_at` is when it was imported


@dataclass(frozen=True)
class Header:
    """What was to be done, on which phone, by which program.

    `faces`: how the phone was attached (channel, connection, state); older captures have none and
    were attached over `connection`. `channels` are those that could be asked; none: adb alone.
    `least` is the share of probes that must answer. `serial` and `port` name the phone as adb
    does; a phone's own serial number is masked.
    """

    started_at: str
    plan: str
    probes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    tool_version: str = __version__
    station: str = ""
    connection: str = ""
    simulated: bool = False
    complaint: str = ""
    symptoms: tuple[str, ...] = ()
    app: Mapping[str, Any] | None = None
    source: str = ""
    clock: Clock = Clock.STATION
    faces: tuple[Mapping[str, str], ...] = ()
    channels: tuple[str, ...] = ()
    least: float = 0.0
    serial: str = ""
    port: str = ""

    @property
    def captured_at(self) -> datetime | None:
        """When the phone was read, None where nothing tells it."""
        return None if self.clock is Clock.NONE else datetime.fromisoformat(self.started_at)


@dataclass(frozen=True)
class Subject:
    """The phone, without its serial number."""

    serial_hash: str = ""
    serial_masked: str = ""


@dataclass(frozen=True)
class End:
    """How and when the reading ended (`complete`, `lost`, `cancelled`)."""

    ended: str
    ended_at: str
    because: str = ""


@dataclass(frozen=True)
class Recorded:
    """One reply and how many private strings were masked in it."""

    reply: Reply
    data_class: str = "hardware"
    effect: str = "read"
    masked: int = 0


@dataclass(frozen=True)
class Capture:
    """A whole capture, as the rest of the program reads it."""

    header: Header
    recorded: tuple[Recorded, ...]
    subject: Subject
    end: End
    sha256: str

    @property
    def replies(self) -> dict[str, Reply]:
        """The replies by request key; of several to one request the first counts."""
        by_key: dict[str, Reply] = {}
        for recorded in self.recorded:
            by_key.setdefault(recorded.reply.key, recorded.reply)
        return by_key


class Recorder:
    """Writes a capture as it happens, to a file and into memory.

    The file grows under `capture.jsonl.part` and takes its name when the run has ended: a half
    one never poses as whole. Raises `OutputError` when the disk is full.
    """

    def __init__(self, header: Header, folder: Path | None = None) -> None:
        self._header = header
        self._recorded: list[Recorded] = []
        self._subject = Subject()
        self._hash = hashlib.sha256()
        self._path = folder / "capture.jsonl" if folder else None
        self._file = self._open()
        self._write({"capture": FORMAT, **asdict(header)})

    def add(self, recorded: Recorded) -> None:
        """Record a reply."""
        self._recorded.append(recorded)
        self._write(_reply_line(recorded))

    def identify(self, subject: Subject) -> None:
        """Record which phone it is."""
        self._subject = subject
        self._write({"phone": asdict(subject)})

    def finish(self, end: End) -> Capture:
        """Record the end and give the whole capture."""
        self._write({"end": asdict(end)})
        self._close()
        return Capture(
            self._header, tuple(self._recorded), self._subject, end, self._hash.hexdigest()
        )

    def abandon(self) -> None:
        """Close the unfinished file where it is (`.part`)."""
        if self._file:
            with suppress(OSError):  # the disk is full: there is nothing left to flush it to
                self._file.close()
            self._file = None

    def _open(self) -> IO[bytes] | None:
        if self._path is None:
            return None
        try:
            return self._part(self._path).open("wb")
        except OSError as problem:
            raise _cannot_write(self._path, problem) from problem

    def _write(self, line: Mapping[str, Any]) -> None:
        data = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        self._hash.update(data)
        if self._file and self._path:
            try:
                self._file.write(data)
                self._file.flush()
            except OSError as problem:
                self.abandon()
                raise _cannot_write(self._path, problem) from problem

    def _close(self) -> None:
        if self._file and self._path:
            self.abandon()
            self._part(self._path).replace(self._path)

    @staticmethod
    def _part(path: Path) -> Path:
        return path.with_name(path.name + ".part")


def read_capture(path: Path) -> Capture:
    """Read a capture file (or the folder that holds one). Raises `CaptureInvalid`."""
    path = path / "capture.jsonl" if path.is_dir() else path
    if not path.is_file():
        raise NoSuchFile(
            f"there is no capture at {path}", hint="give a capture.jsonl or its folder"
        )
    lines, digest = _read_lines(path)
    header = _header(lines[0] if lines else {}, path)
    return Capture(
        header=header,
        recorded=tuple(_recorded(line, path) for line in lines[1:] if "key" in line),
        subject=_last(lines, "phone", Subject, Subject()),
        end=_last(lines, "end", End, End("lost", header.started_at, "the capture is cut off")),
        sha256=digest,
    )


def write_capture(header: Header, recorded: Iterable[Recorded], folder: Path) -> Path:
    """Write a capture made elsewhere (an import, a redaction)."""
    folder.mkdir(parents=True, exist_ok=True)
    _recorded_at_once(header, recorded, folder)
    return folder / "capture.jsonl"


def recorded_in_memory(header: Header, recorded: Iterable[Recorded]) -> Capture:
    """Make a whole capture of replies read elsewhere, without a file: its digest is the file's."""
    return _recorded_at_once(header, recorded, None)


def _recorded_at_once(header: Header, recorded: Iterable[Recorded], folder: Path | None) -> Capture:
    recorder = Recorder(header, folder)
    for one in recorded:
        recorder.add(one)
    return recorder.finish(End("complete", header.started_at))


def timestamp(moment: datetime | None = None) -> str:
    """Write a moment (now by default) as ISO 8601 in UTC, to the millisecond."""
    return (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")


def _reply_line(recorded: Recorded) -> dict[str, Any]:
    reply = recorded.reply
    return {
        "key": reply.key,
        "status": reply.status.value,
        "exit_code": reply.exit_code,
        **_bytes_field("stdout", reply.stdout),
        **_bytes_field("stderr", reply.stderr),
        "started_ms": round(reply.started_ms, 1),
        "duration_ms": round(reply.duration_ms, 1),
        "detail": reply.detail,
        "data_class": recorded.data_class,
        "effect": recorded.effect,
        "masked": recorded.masked,
    }


def _bytes_field(name: str, data: bytes) -> dict[str, str]:
    if not data:
        return {}
    try:
        return {name: data.decode("utf-8")}
    except UnicodeDecodeError:
        return {f"{name}_base64": base64.b64encode(data).decode("ascii")}


def _read_lines(path: Path) -> tuple[list[dict[str, Any]], str]:
    digest = hashlib.sha256()
    lines = []
    with path.open("rb") as file:
        for number, data in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            digest.update(data)
            try:
                line = json.loads(data)
            except ValueError as problem:
                raise CaptureInvalid(f"{path}, line {number}: not JSON") from problem
            if not isinstance(line, dict):
                raise CaptureInvalid(f"{path}, line {number}: not an object")
            lines.append(line)
    return lines, digest.hexdigest()


def _header(line: Mapping[str, Any], path: Path) -> Header:
    if line.get("capture") != FORMAT:
        raise CaptureInvalid(
            f"{path} is not a capture of format {FORMAT}",
            hint="a folder of captured outputs is read with: diagnose capture import FOLDER",
        )
    known = {field.name for field in fields(Header)}
    values = {name: value for name, value in line.items() if name in known}  # a later version's
    for name in ("probes", "required", "symptoms", "faces", "channels"):
        values[name] = tuple(values.get(name, ()))
    try:
        header = Header(**values | {"clock": Clock(values.get("clock", Clock.STATION))})
        datetime.fromisoformat(header.started_at)
    except (TypeError, ValueError) as problem:
        raise CaptureInvalid(f"{path}, line 1: {problem}") from problem
    return header


def _recorded(line: Mapping[str, Any], path: Path) -> Recorded:
    try:
        reply = Reply(
            key=str(line["key"]),
            status=ReplyStatus(line["status"]),
            stdout=_bytes(line, "stdout"),
            stderr=_bytes(line, "stderr"),
            exit_code=line["exit_code"],
            started_ms=float(line["started_ms"]),
            duration_ms=float(line["duration_ms"]),
            detail=str(line["detail"]),
        )
        return Recorded(reply, line["data_class"], line["effect"], int(line["masked"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise CaptureInvalid(f"{path}: a reply is damaged ({problem})") from problem


def _bytes(line: Mapping[str, Any], name: str) -> bytes:
    if f"{name}_base64" in line:
        return base64.b64decode(line[f"{name}_base64"], validate=True)
    return str(line.get(name, "")).encode()


def _last(lines: list[dict[str, Any]], name: str, kind: Any, default: Any) -> Any:
    for line in reversed(lines):
        if isinstance(line.get(name), dict):
            try:
                return kind(**line[name])
            except TypeError as problem:
                raise CaptureInvalid(f"the line {name!r} is damaged: {problem}") from problem
    return default


def _cannot_write(path: Path, problem: OSError) -> OutputError:
    return OutputError(
        f"cannot write {path}: {problem.strerror or problem}",
        hint="make room or choose another --out folder; nothing there is a whole report",
    )

"""The capture file: the evidence of one run, a line of JSON for each thing that happened.

Line 1 is the header, then one line a reply in the order in which they ended, a line for the phone
once it is known, a new head where a run followed its phone into another state, and a line for the
end. Replies are redacted before they get here: what is
recorded is exactly what the probes saw, so a replay cannot differ from the run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, field, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from diagnose import __version__
from diagnose.errors import CaptureInvalid, NoSuchFile, OutputError
from diagnose.files.whole import store, writing
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.text import printable

if TYPE_CHECKING:
    from diagnose.files.folder import FolderDraft

FORMAT = 1
FILE_NAME = "capture.jsonl"
PLAUSIBLE_YEARS = range(2000, 2200)
_LONGEST_MS = 1e9
_LARGEST = 1 << 53
_LONGEST_NUMBER = 20
LONGEST_LINE = 64 * 1024 * 1024
_KINDS = "give a capture.jsonl, the folder of a run, or a bug report (zip or dumpstate text)"


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

    ended: Literal["complete", "lost", "cancelled"]
    ended_at: str
    because: str = ""


@dataclass(frozen=True)
class Recorded:
    """One reply, how many private strings were masked in it, how many lines were not kept."""

    reply: Reply
    data_class: str = "hardware"
    effect: str = "read"
    masked: int = 0
    dropped: int = 0


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
        """The replies by request key; of several to one request the first whole one counts."""
        by_key: dict[str, Reply] = {}
        for recorded in self.recorded:
            before = by_key.setdefault(recorded.reply.key, recorded.reply)
            whole = recorded.reply.status is ReplyStatus.COMPLETE
            if whole and before.status is not ReplyStatus.COMPLETE:
                by_key[recorded.reply.key] = recorded.reply  # asked again in another state
        return by_key


class Recorder:
    """Writes a capture as it happens, to a file and into memory.

    The file is part of a draft: a half one never poses as whole. Where it cannot be written any
    more (the disk is full), the draft is told, and the run goes on in memory: its verdict is worth
    having all the same.
    """

    def __init__(self, header: Header, draft: FolderDraft | None = None) -> None:
        self._header = header
        self._draft = draft
        self._recorded: list[Recorded] = []
        self._subject = Subject()
        self._hash = hashlib.sha256()
        self._file = draft.create(FILE_NAME) if draft else None
        self._write({"capture": FORMAT, **asdict(header)})

    def add(self, recorded: Recorded) -> None:
        """Record a reply."""
        self._recorded.append(recorded)
        self._write(_reply_line(recorded))

    def attach(self, header: Header) -> None:
        """Record how the phone is attached now: from here on this head counts."""
        self._header = header
        self._write({"attached": asdict(header)})

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
        """Close the file, finished or not; the draft it belongs to decides what becomes of it."""
        if self._file:
            with suppress(OSError):  # the disk is full: there is nothing left to flush it to
                self._file.close()
            self._file = None

    def _write(self, line: Mapping[str, Any]) -> None:
        data = _line(line)
        self._hash.update(data)
        self._try(lambda file: (file.write(data), file.flush()))

    def _close(self) -> None:
        self._try(store)
        self.abandon()

    def _try(self, act: Callable[[IO[bytes]], object]) -> None:
        if self._file and self._draft:
            try:
                with writing(self._draft.folder / FILE_NAME):
                    act(self._file)
            except OutputError as problem:
                self._draft.problem = problem
                self.abandon()


def read_capture(path: Path) -> Capture:
    """Read a capture file (or the folder that holds one). Raises `CaptureInvalid`."""
    path = capture_file(path)
    if not path.is_file():
        raise NoSuchFile(
            f"there is no capture at {path}", hint="give a capture.jsonl or its folder"
        )
    lines, digest = _read_lines(path)
    header = _header(lines[0] if lines else {}, path)
    last = [line["attached"] for line in lines if isinstance(line.get("attached"), dict)]
    header = _header({**last[-1], "capture": FORMAT}, path) if last else header
    return Capture(
        header=header,
        recorded=tuple(_recorded(line, path) for line in lines[1:] if "key" in line),
        subject=_last(lines, "phone", Subject, Subject()),
        end=_end(lines, header, path),
        sha256=digest,
    )


def recorded_in_memory(header: Header, recorded: Iterable[Recorded]) -> Capture:
    """Make a whole capture of replies read elsewhere, without a file: its digest is the file's."""
    recorder = Recorder(header)
    for one in recorded:
        recorder.add(one)
    return recorder.finish(End("complete", header.started_at))


def capture_file(path: Path) -> Path:
    """Give the file of a capture that is named by itself or by its folder."""
    return path / FILE_NAME if path.is_dir() else path


def capture_bytes(header: Header, recorded: Iterable[Recorded]) -> bytes:
    """Give the file of a capture made elsewhere (an import, a redaction)."""
    head, end = {"capture": FORMAT, **asdict(header)}, End("complete", header.started_at)
    return b"".join(map(_line, (head, *map(_reply_line, recorded), {"end": asdict(end)})))


def timestamp(moment: datetime | None = None) -> str:
    """Write a moment (now by default) as ISO 8601, to the millisecond, with its own offset.

    The moment of a run carries the offset of the place: whoever reads the page reads local time.
    """
    return (moment or datetime.now().astimezone()).isoformat(timespec="milliseconds")


def _line(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


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
        **({"dropped": recorded.dropped} if recorded.dropped else {}),
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
                line = _loaded(data)
            except (ValueError, RecursionError) as problem:
                raise CaptureInvalid(f"{path}, line {number}: not JSON", hint=_KINDS) from problem
            if not isinstance(line, dict):
                raise CaptureInvalid(f"{path}, line {number}: not an object")
            lines.append(line)
    return lines, digest.hexdigest()


def _loaded(data: bytes) -> Any:
    """Read a line; what no report could hold is refused here: it would have no digest."""
    line = json.loads(data, parse_constant=_finite, parse_float=_finite, parse_int=_whole)
    if b"\\u" in data:
        json.dumps(line, ensure_ascii=False).encode()  # half a pair of surrogates is no text
    return line


def _whole(text: str) -> int:
    """Read a whole number that every reader of JSON reads as the same (RFC 8785)."""
    if len(text) > _LONGEST_NUMBER or abs(number := int(text)) >= _LARGEST:
        raise ValueError(text[:_LONGEST_NUMBER])
    return number


def _finite(text: str) -> float:
    """Read a number; JSON knows none without an end, and a report can hold none."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _header(line: Mapping[str, Any], path: Path) -> Header:
    if line.get("capture") != FORMAT:
        raise CaptureInvalid(
            f"{path} is not a capture of format {FORMAT}",
            hint="a folder of captured outputs is read with: diagnose capture import FOLDER",
        )
    known = {field.name for field in fields(Header)}
    values = {name: value for name, value in line.items() if name in known}  # a later version's
    header: Header = _typed(Header, values, f"{path}, line 1")
    _check_moment(header.started_at, f"{path}, line 1")
    if not all({"channel", "connection"} <= face.keys() for face in header.faces):
        raise CaptureInvalid(f"{path}, line 1: a face without channel or connection")
    return header


def _end(lines: list[dict[str, Any]], header: Header, path: Path) -> End:
    cut_off = End("lost", header.started_at, "the capture is cut off")
    end: End = _last(lines, "end", End, cut_off)
    _check_moment(end.ended_at, f"{path}, the end")
    return end


def _check_moment(text: str, where: str) -> None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise CaptureInvalid(f"{where}: {printable(str(problem), 100)}") from problem
    if moment.year not in PLAUSIBLE_YEARS:
        raise CaptureInvalid(f"{where}: nobody captured anything in {moment.year}")


def _typed(kind: Any, values: Mapping[str, Any], where: str) -> Any:
    """Make a dataclass of what a file says, every field of its type. Raises `CaptureInvalid`."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        raise CaptureInvalid(f"{where}: {name}: {first['msg']}") from problem


def _recorded(line: Mapping[str, Any], path: Path) -> Recorded:
    try:
        reply = Reply(
            key=str(line["key"]),
            status=ReplyStatus(line["status"]),
            stdout=_bytes(line, "stdout"),
            stderr=_bytes(line, "stderr"),
            exit_code=None if line["exit_code"] is None else _count(line["exit_code"]),
            started_ms=_milliseconds(line["started_ms"]),
            duration_ms=_milliseconds(line["duration_ms"]),
            detail=str(line["detail"]),
        )
        return Recorded(
            reply,
            str(line["data_class"]),
            str(line["effect"]),
            _count(line["masked"]),
            _count(line.get("dropped", 0)),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise CaptureInvalid(f"{path}: a reply is damaged ({problem})") from problem


def _count(raw: Any) -> int:
    value = int(raw)
    if not 0 <= value < _LARGEST:
        raise ValueError("a count out of range")
    return value


def _milliseconds(raw: Any) -> float:
    value = float(raw)
    if not 0 <= value < _LONGEST_MS:  # nor "nan", nor "inf"
        raise ValueError(f"{raw} milliseconds")
    return value


def _bytes(line: Mapping[str, Any], name: str) -> bytes:
    if f"{name}_base64" in line:
        return base64.b64decode(line[f"{name}_base64"], validate=True)
    return str(line.get(name, "")).encode()


def _last(lines: list[dict[str, Any]], name: str, kind: Any, default: Any) -> Any:
    for line in reversed(lines):
        if isinstance(line.get(name), dict):
            return _typed(kind, line[name], f"the line {name!r} is damaged")
    return default

"""Captured outputs become a capture file: chosen, redacted, dated, and accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.archive import ArchiveRefused
from diagnose.errors import CaptureInvalid
from diagnose.model.plain import dataclass
from diagnose.model.replies import Reply
from diagnose.model.requests import Request, Shell
from diagnose.run.capture import Clock, Header, Recorded, timestamp
from diagnose.run.capture_import.answering import (
    Gathered,
    ImportedAnswer,
    answer,
    sources_of,
    wants_file,
)
from diagnose.run.capture_import.bugreport import BugReport, Member, open_bugreport
from diagnose.run.capture_import.commands import without_patience
from diagnose.run.capture_import.dating import newest_moment
from diagnose.run.capture_import.dumpstate import Dump, is_dumpstate, read_sections
from diagnose.run.capture_import.folder import read_folder
from diagnose.run.capture_import.output import CapturedOutput, Told, Use
from diagnose.run.recording import recorded

if TYPE_CHECKING:  # whoever replays a capture of ours needs none of its patterns
    from diagnose.privacy.redactor import Redactor


@dataclass(frozen=True)
class Import:
    """What was made of captured outputs: a capture, and what became of every one of them."""

    header: Header
    recorded: tuple[Recorded, ...]
    account: tuple[Told, ...]

    def told(self, use: Use) -> tuple[Told, ...]:
        """Those outputs of one use."""
        return tuple(one for one in self.account if one.use is use)


@dataclass(frozen=True)
class _Wish:
    """What a plan wants of an import: its probes, which of them it needs, and their requests.

    No requests: every output whose command is understood is wanted.
    """

    salt: bytes
    probes: tuple[str, ...]
    required: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()

    def wants(self, words: tuple[str, ...]) -> bool:
        """Whether a request is answered by these words, itself or among others."""
        asked = [one.argv for one in self.requests if isinstance(one, Shell)]
        plain = without_patience(words)
        reads_file = words[:1] == ("cat",) and len(words) == 2
        return not asked or any(
            plain == without_patience(one)
            or words in sources_of(one)
            or (reads_file and wants_file(one, words[1]))
            for one in asked
        )


def import_folder(
    folder: Path,
    *,
    salt: bytes,
    probes: tuple[str, ...],
    required: tuple[str, ...] = (),
    requests: Iterable[Request] = (),
    visit: int = 1,
    at: datetime | None = None,
    now: datetime | None = None,
) -> Import:
    """Read a folder with `index.json`. Raises `NoSuchFile` or `CaptureInvalid`.

    `visit`: which of several outputs of one command counts, from 1; where there are fewer, the
    first. `at`: when it was captured; without it the folder's own date counts, then its newest
    evidence. `now`: the time of the import.
    """
    wish = _Wish(salt, probes, required, tuple(requests))
    captured = read_folder(folder)
    dump, told, gathered = Dump(), list(captured.unreadable), Gathered()
    again = _Again(visit, captured.outputs)
    for output in captured.outputs:
        if why := again.why_not(output):
            told.append(Told(output.where, Use.UNASKED, why=why))
        elif output.words in _WHOLE_DUMPS or (not output.words and is_dumpstate(output.data)):
            lines = output.data.splitlines(keepends=True)
            outputs = list(read_sections(lines, wish.wants, dump))
            use = Use.USED if outputs or dump.kernel else Use.UNASKED
            told.append(Told(output.where, use, why=f"{len(outputs)} sections"))
            told += _gather(outputs, gathered)
        else:
            told += _gather([output], gathered)
    _note_dump(gathered, dump)
    return _made(gathered, told, wish, f"imported from {folder.name}", dump, at or captured.at, now)


def import_bugreport(
    path: Path,
    *,
    salt: bytes,
    probes: tuple[str, ...],
    required: tuple[str, ...] = (),
    requests: Iterable[Request] = (),
    at: datetime | None = None,
    now: datetime | None = None,
) -> Import:
    """Read a bug report: text, zip, a zip in a zip, a folder. Raises as `open_bugreport`."""
    wish = _Wish(salt, probes, required, tuple(requests))
    dump, gathered = Dump(), Gathered()
    told: list[Told] = []
    with open_bugreport(path) as report:
        for member in (report.main, *_boards(report)):
            told += _gather(_sections(member, wish, dump, path), gathered)
        told += _gather(_files_beside(report, wish), gathered)
        told += [Told(name, Use.UNASKED, why="no part of the report") for name in report.others]
    if not gathered.commands:
        raise CaptureInvalid(f"{path} holds nothing that a probe reads")
    _note_dump(gathered, dump)
    return _made(gathered, told, wish, f"imported from {path.name}", dump, at, now)


_LONG_NUMBER = re.compile(r"\d{10,}")
_WHOLE_DUMPS = {("bugreport",), ("dumpstate",), ("dumpsys",), ("adb", "bugreport")}


class _Again:
    """Of several outputs of one command, each belongs to a visit of the phone."""

    def __init__(self, visit: int, outputs: Sequence[CapturedOutput]) -> None:
        self._visit = visit
        self._total = _counted(outputs)
        self._seen: dict[tuple[str, ...], int] = {}

    def why_not(self, output: CapturedOutput) -> str:
        """Say why this output is left to another visit; "" where it is this one's."""
        if not output.words:
            return ""
        seen = self._seen[output.words] = self._seen.get(output.words, 0) + 1
        total = self._total[output.words]
        wanted = self._visit if self._visit <= total else 1
        return "" if seen == wanted else f"the same command again, {seen} of {total}"


def count_visits(folder: Path) -> int:
    """How often the command that was captured most often was captured."""
    return max(_counted(read_folder(folder).outputs).values(), default=0)


def _counted(outputs: Sequence[CapturedOutput]) -> dict[tuple[str, ...], int]:
    total: dict[tuple[str, ...], int] = {}
    for output in outputs:
        if output.words:
            total[output.words] = total.get(output.words, 0) + 1
    return total


def _gather(outputs: Iterable[CapturedOutput], gathered: Gathered) -> Iterator[Told]:
    """Take outputs in; each is told of, as unasked or unknown until an answer is made of it."""
    for output in outputs:
        known = gathered.add(output)
        why = "" if known else "nobody can say which command printed it"
        yield Told(output.where, Use.UNASKED if known else Use.UNKNOWN, why=why)


def _sections(member: Member, wish: _Wish, dump: Dump, path: Path) -> Iterator[CapturedOutput]:
    try:
        yield from read_sections(member.lines(), wish.wants, dump)
    except ArchiveRefused as problem:
        raise CaptureInvalid(f"{path}: {problem}") from problem


def _boards(report: BugReport) -> Iterator[Member]:
    """The maker's own sections, in a file of their own."""
    return (one for one in report.beside if one.name.endswith("dumpstate_board.txt"))


def _files_beside(report: BugReport, wish: _Wish) -> Iterator[CapturedOutput]:
    """Files of the phone that the archive holds (`FS/…`), and what each HAL printed."""
    hals = {_file_name(one.argv[2]): one.argv for one in _hals(wish.requests)}
    for member in report.beside:
        _, is_file, path = member.name.partition("FS/")
        words = ("cat", f"/{path}") if is_file else hals.get(member.name.rpartition("/")[2], ())
        if words and wish.wants(words):
            data = b"".join(member.lines())
            yield CapturedOutput(member.where, words, data, exit_code=0, size=len(data))


def _hals(requests: Iterable[Request]) -> Iterator[Shell]:
    return (r for r in requests if isinstance(r, Shell) and r.argv[:2] == ("lshal", "debug"))


def _file_name(interface: str) -> str:
    """The name dumpstate gives the file: what is no letter, digit or one of `@-_:.` is `_`."""
    return "".join(c if c.isalnum() or c in "@-_:." else "_" for c in interface) + ".txt"


def _note_dump(gathered: Gathered, dump: Dump) -> None:
    """What the text told besides its sections."""
    if dump.kernel:
        version = CapturedOutput(
            "Kernel", ("cat", "/proc/version"), dump.kernel + b"\n", exit_code=0
        )
        gathered.add(version)
    if dump.lists_every_service:
        gathered.services = tuple(sorted(dump.services))


def _made(
    gathered: Gathered,
    told: Sequence[Told],
    wish: _Wish,
    source: str,
    dump: Dump,
    at: datetime | None,
    now: datetime | None,
) -> Import:
    requests = wish.requests or tuple(Shell(*words) for words in gathered.commands)
    answers = list(answer(requests, gathered))
    from diagnose.privacy.redactor import Redactor

    today = now or datetime.now(UTC)
    texts = {one.request.key: one.output.data for one in answers}
    dated = at or newest_moment(texts, dump.moments, before=today)
    redactor = Redactor([], key=wish.salt)
    header = Header(
        started_at=timestamp(dated or today),
        plan="full",
        probes=wish.probes,
        required=wish.required,
        source=_named(source, redactor),
        clock=Clock.STATION if at else Clock.EVIDENCE if dated else Clock.NONE,
    )
    kept = tuple(recorded(_reply(one), one.request, redactor) for one in answers)
    return Import(header, kept, tuple(_accounted(told, answers)))


def _named(source: str, redactor: Redactor) -> str:
    """The name of the evidence; people write customers and numbers into names of files."""
    masked = redactor.redact(source.encode("utf-8", "replace"))[0].decode("utf-8", "replace")
    return _LONG_NUMBER.sub("#", masked)


def _reply(one: ImportedAnswer) -> Reply:
    return Reply(
        one.request.key,
        one.output.status,
        stdout=one.output.data,
        stderr=one.output.stderr,
        exit_code=one.output.exit_code,
        detail=one.output.detail,
    )


def _accounted(told: Iterable[Told], answers: Sequence[ImportedAnswer]) -> Iterator[Told]:
    """Those outputs that an answer was made of are used."""
    used: dict[str, list[str]] = {}
    for one in answers:
        for where in one.made_of:
            used.setdefault(where, []).append(one.request.key)
    for line in told:
        keys = tuple(dict.fromkeys(used.get(line.where, ())))
        is_used = keys and line.use is not Use.UNKNOWN and not line.why
        yield replace(line, use=Use.USED, requests=keys) if is_used else line

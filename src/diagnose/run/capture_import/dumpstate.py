"""The text of a bug report, section by section, in the forms of Android 2.3 to 16.

`------ TITLE (command) ------` opens a section, `------ 0.1s was the duration of 'TITLE' ------`
(`[TITLE: 0.1s elapsed]` before Android 7) closes it. Inside the sections of `dumpsys` each service
has a head `DUMP OF SERVICE [CRITICAL|HIGH] name:` and, since Android 8, a foot with the moment it
ended. The bare output of `dumpsys` without a service has the same heads. The text is read once,
line by line, and only what somebody wants is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace

from diagnose.model.plain import dataclass
from diagnose.model.replies import ReplyStatus
from diagnose.run.capture_import.commands import words_of
from diagnose.run.capture_import.output import CapturedOutput

LARGEST_BODY = 16 * 1024 * 1024

_MOMENT = rb"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
_DUMPSTATE = re.compile(rb"^== dumpstate: " + _MOMENT)
_KERNEL = re.compile(rb"^Kernel: (Linux version .{1,1000})$")
_SECTION = re.compile(rb"^------ (.{1,200}?)(?: \(([^()]{1,300})\))? ------$")
_SECTION_END = re.compile(rb"^------ ([\d.]{1,12})s was the duration of '(.{1,200})' ------$")
_OLD_END = re.compile(rb"^\[(.{1,200}): ([\d.]{1,12})s elapsed\]$")
_SERVICE = re.compile(rb"^DUMP OF SERVICE (?:(?:CRITICAL|HIGH|NORMAL) )?(\S{1,200}):$")
_SERVICE_END = re.compile(
    rb"^--------- ([\d.]{1,12})s was the duration of dumpsys (\S{1,200}), ending at: " + _MOMENT
)
_RULE = re.compile(rb"^-{79}$")
_BANNER = re.compile(rb"^={56}$")
_RUNNING = re.compile(rb"^Currently running services:$")
# Since Android 14 the head of a service goes on with who serves it: no word of the service's own.
_HOST = re.compile(rb"^(?:Service host process PID: |Threads in use: |Client PIDs: |Stability: )")
_EXPIRED = re.compile(rb"^\*\*\* SERVICE '.{1,200}' DUMP TIMEOUT \(\d{1,9}ms\) EXPIRED \*\*\*")
_TIMED_OUT = re.compile(rb"^\*\*\* command '.{1,300}' timed out after ")
_FAILED = re.compile(rb"^\*\*\* command '.{1,300}' failed: exit code (\d{1,3})$")
_UNREAD = re.compile(rb"^\*\*\* (?:Error dumping )?(/\S{1,200})(?: \(.{0,200}\))?: (.{1,200})$")


@dataclass
class Dump:
    """What the whole text told besides its sections.

    `moments` are the phone's own times (local, as printed). `services`: every one that has a head.
    `lists_every_service` is true where all the sections of `dumpsys` ended in time: what has no
    head there was not running.
    """

    moments: list[bytes] = field(default_factory=list)
    kernel: bytes = b""
    services: list[str] = field(default_factory=list)
    is_dumpstate: bool = False
    lists_every_service: bool = False


Wanted = Callable[[tuple[str, ...]], bool]
_Handler = Callable[[re.Match[bytes]], Iterator[CapturedOutput]]


def is_dumpstate(head: bytes) -> bool:
    """Whether a text begins like a bug report or the bare output of `dumpsys`."""
    lines = head[:65_536].splitlines()
    return any(
        pattern.match(line) for line in lines for pattern in (_DUMPSTATE, _SERVICE, _RUNNING)
    )


def dumped_at(head: bytes) -> bytes:
    """Give the moment in the head of a bug report, `2026-11-26 01:02:03`; empty where none is."""
    found = (match[1] for line in head[:65_536].splitlines() if (match := _DUMPSTATE.match(line)))
    return next(found, b"")


def read_sections(lines: Iterable[bytes], wanted: Wanted, dump: Dump) -> Iterator[CapturedOutput]:
    """Give every section and service; the data only of those `wanted` (by their words).

    `dump` is filled in as the text goes by.
    """
    reader = _Reader(wanted, dump)
    for line in lines:
        yield from reader.take(line)
    yield from reader.end()


@dataclass
class _Reader:
    wanted: Wanted
    dump: Dump
    now: _Body | None = None
    section: bytes = b""
    in_time: set[bytes] = field(default_factory=set)
    has_feet: bool = False
    lists_services: bool = False

    def take(self, line: bytes) -> Iterator[CapturedOutput]:
        """Read one line; what it closes is given."""
        text = line.rstrip(b"\r\n")
        if text[:1] in b"-=[DCK" and text:
            closed = self._mark(text)
            if closed is not None:
                yield from closed
                return
        if self.lists_services:
            self._listed(text)
        elif self.now is not None:
            self.now.take(line)

    def end(self) -> Iterator[CapturedOutput]:
        """Close what the end of the text cuts off."""
        cut = self.now is not None and (self.has_feet or self.dump.is_dumpstate)
        yield from self._close(cut=cut)
        self.dump.lists_every_service = self._lists_every_service()

    def _mark(self, text: bytes) -> Iterator[CapturedOutput] | None:
        """Read a line that opens or closes something; None for any other."""
        marks: tuple[tuple[re.Pattern[bytes], _Handler], ...] = (
            (_SERVICE, lambda match: self._open_service(match[1])),
            (_SERVICE_END, self._end_service),
            (_SECTION_END, lambda match: self._end_section(match[2], float(match[1]))),
            (_OLD_END, lambda match: self._end_section(match[1], float(match[2]))),
            (_SECTION, lambda match: self._open_section(match[1], match[2] or b"")),
            (_DUMPSTATE, self._begin),
            (_KERNEL, self._note_kernel),
            (_RUNNING, self._list_services),
        )
        for pattern, handle in marks:
            if (match := pattern.match(text)) and not self._is_own_word(pattern, match):
                return handle(match)
        return self._close() if self._ends_here(text) else None

    def _is_own_word(self, pattern: re.Pattern[bytes], match: re.Match[bytes]) -> bool:
        """Whether a service that will have a foot prints a line like the head of a section."""
        in_service = self.now is not None and self.now.is_service
        return in_service and self.has_feet and pattern is _SECTION and not match[2]

    def _begin(self, match: re.Match[bytes]) -> Iterator[CapturedOutput]:
        self.dump.is_dumpstate = True
        self.dump.moments.append(match[1])
        return iter(())

    def _note_kernel(self, match: re.Match[bytes]) -> Iterator[CapturedOutput]:
        self.dump.kernel = self.dump.kernel or match[1]
        return iter(())

    def _list_services(self, _match: re.Match[bytes]) -> Iterator[CapturedOutput]:
        self.lists_services = True
        return self._close()

    def _end_service(self, match: re.Match[bytes]) -> Iterator[CapturedOutput]:
        self.has_feet = True
        self.dump.moments.append(match[3])
        return self._close()

    def _ends_here(self, text: bytes) -> bool:
        """A rule ends a service, a banner a section; inside the other they are its own words."""
        in_service = self.now is not None and self.now.is_service
        return bool(_RULE.match(text) if in_service else _BANNER.match(text))

    def _listed(self, text: bytes) -> None:
        """A line of the list that `dumpsys` prints before all: a name, indented."""
        if text.startswith(b"  ") and len(words := text.split()) == 1:
            self.dump.services.append(words[0].decode("utf-8", "replace"))
        elif text.strip():
            self.lists_services = False

    def _open_service(self, name: bytes) -> Iterator[CapturedOutput]:
        yield from self._close()
        self.lists_services = False
        service = name.decode("utf-8", "replace")
        if service not in self.dump.services:
            self.dump.services.append(service)
        self.now = _Body.of(f"dumpsys {service}", ("dumpsys", service), self.wanted)
        self.now.is_service = True

    def _open_section(self, title: bytes, command: bytes) -> Iterator[CapturedOutput]:
        yield from self._close()
        self.section = title
        name = title.decode("utf-8", "replace")
        heading = command.decode("utf-8", "replace")
        words = words_of(heading or name)
        if words == ("dumpsys",):  # its services have heads of their own
            self.now = None
        else:
            self.now = _Body.of(f"{name} ({heading})" if heading else name, words, self.wanted)

    def _end_section(self, title: bytes, took_s: float) -> Iterator[CapturedOutput]:
        if title.startswith(b"DUMPSYS") and took_s < _LONGEST_DUMPSYS_S.get(title, 80.0):
            self.in_time.add(title)
        return self._close()

    def _close(self, *, cut: bool = False) -> Iterator[CapturedOutput]:
        if self.now is not None:
            yield self.now.output(cut=cut)
        self.now = None

    def _lists_every_service(self) -> bool:
        """Whether `dumpsys` got through: one section for all, or one for each priority."""
        parts = {b"DUMPSYS CRITICAL", b"DUMPSYS HIGH"}
        has_parts = bool(self.in_time & parts)
        whole = b"DUMPSYS" in self.in_time and (not has_parts or parts <= self.in_time)
        return whole and len(self.dump.services) >= _FEWEST_SERVICES


# dumpstate stops asking when a section took so long: what came after was not asked.
_LONGEST_DUMPSYS_S = {b"DUMPSYS CRITICAL": 5.0, b"DUMPSYS HIGH": 90.0, b"DUMPSYS": 90.0}
_FEWEST_SERVICES = 50


@dataclass
class _Body:
    """The words between a head and its foot."""

    where: str
    words: tuple[str, ...]
    is_kept: bool
    is_service: bool = False
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    kept: int = 0
    ended: CapturedOutput = field(default_factory=lambda: CapturedOutput("", ()))
    at_head: bool = True

    @classmethod
    def of(cls, where: str, words: tuple[str, ...], wanted: Wanted) -> _Body:
        return cls(where[:200], words, is_kept=bool(words) and wanted(words))

    def take(self, line: bytes) -> None:
        self.size += len(line)
        if self.at_head and self.is_service and _HOST.match(line):
            return
        self.at_head = False
        if line.startswith(b"*** ") and self._is_refusal(line.rstrip(b"\r\n")):
            return
        if self.is_kept and self.kept <= LARGEST_BODY:
            self.parts.append(line)
            self.kept += len(line)

    def _is_refusal(self, text: bytes) -> bool:
        """Whether dumpstate itself speaks: what went wrong with the command."""
        if _EXPIRED.match(text) or _TIMED_OUT.match(text):
            words = text.decode("utf-8", "replace")
            self.ended = replace(self.ended, status=ReplyStatus.TIMEOUT, detail=words[:200])
        elif match := _FAILED.match(text):
            self.ended = replace(self.ended, exit_code=int(match[1]))
        elif match := _UNREAD.match(text):
            self.ended = replace(self.ended, exit_code=1, stderr=match[1] + b": " + match[2])
        else:
            return False
        return True

    def output(self, *, cut: bool = False) -> CapturedOutput:
        data = b"".join(self.parts)
        status = self.ended.status
        if self.kept > LARGEST_BODY:
            data, status = data[:LARGEST_BODY], ReplyStatus.OVERSIZE
        elif cut and status is ReplyStatus.COMPLETE:
            status = ReplyStatus.TRUNCATED
        return replace(
            self.ended,
            where=self.where,
            words=self.words,
            data=data,
            size=self.size,
            status=status,
            exit_code=0 if self.ended.exit_code is None else self.ended.exit_code,
            detail=self.ended.detail or ("the text ends here" if cut else ""),
        )

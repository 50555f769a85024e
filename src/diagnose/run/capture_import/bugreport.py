"""The file of a bug report as people hand it on: text, gzip, a zip, a zip in a zip, a folder.

Which of its texts is the report is told by its first lines, not by its name: Android calls it
`bugreport-BUILD-DATE.txt`, Samsung `dumpState_MODEL_DATE.log` (often packed once more), Xiaomi puts
Android's zip into one of its own. Where there are several the newest counts.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, cast

from diagnose.archive import ArchiveRefused, Bounds, open_archive, unpacking
from diagnose.errors import CaptureInvalid, NoSuchFile
from diagnose.model.plain import dataclass
from diagnose.run.capture_import.dumpstate import dumped_at, is_dumpstate

LARGEST_TEXT = 1024 * 1024 * 1024
LARGEST_TOTAL = 2 * LARGEST_TEXT
_DEEPEST = 3
_BOUNDS = Bounds(entries=60_000, directory=32 * 1024 * 1024)
_HEAD = 65_536
_MOST_LOOKS = 400
# Deflate reaches 1032:1; text of a phone about 30:1. Only large files are held against it.
_HIGHEST_RATIO = 300
_LARGE = 64 * 1024 * 1024
_ENCRYPTED = 0x1
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LONGEST_LINE = 1024 * 1024
_TEXT = re.compile(r"(?i)(?:\.txt|\.log|(?:^|/)[^./]+)(?:\.gz)?$")
_BY_NAME = re.compile(r"(?i)(?:bugreport|dumpstate)[^/]*$")
_BESIDE = re.compile(
    r"(?:^|/)(?:lshal-debug/[^/]+\.txt|dumpstate_board\.txt|FS/(?:proc|sys|vendor)/.+)$"
)
_HINT = "give a bugreport-*.zip, a dumpstate text or a folder with an index.json"


@dataclass(frozen=True)
class Member:
    """One file of a bug report: where it stands, its size unpacked, and how it is opened."""

    where: str
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]]

    @property
    def name(self) -> str:
        """Its path inside the innermost archive."""
        return self.where.rpartition("!/")[2]

    def head(self) -> bytes:
        """Give its first bytes as UTF-8."""
        with unpacking(self.where), self.open() as file:
            return _head_of(file)

    def lines(self) -> Iterator[bytes]:
        """Give its lines as UTF-8. Raises `ArchiveRefused` where it unpacks to too much."""
        taken = 0
        with unpacking(self.where), self.open() as file:
            for line in _lines(file):
                taken += len(line)
                if taken > LARGEST_TEXT:
                    raise ArchiveRefused(f"{self.where} unpacks to more than a bug report holds")
                yield line


@dataclass
class BugReport:
    """What was found: the report itself, what belongs to it, and the other files by name."""

    main: Member
    beside: Sequence[Member] = ()
    others: Sequence[str] = field(default_factory=list)


@contextmanager
def open_bugreport(path: Path) -> Iterator[BugReport]:
    """Find the report in a file or folder. Raises `NoSuchFile` or `CaptureInvalid`."""
    try:
        with ExitStack() as stack:
            members = list(_members(path, stack))
            yield _chosen(members, path)
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror or problem}") from problem
    except ArchiveRefused as problem:
        raise CaptureInvalid(f"{path}: {problem}", hint=_HINT) from problem


def is_bugreport(path: Path) -> bool:
    """Whether the file, or a file of the folder, may be one; a capture of ours begins with `{`."""
    if path.is_dir():
        return any(_BY_NAME.search(file.name) for file in path.iterdir())
    with path.open("rb") as file:
        is_packed = file.peek(2)[:2] in (b"PK", b"\x1f\x8b")
        return is_packed or is_dumpstate(_head_of(file))


def _members(path: Path, stack: ExitStack) -> Iterator[Member]:
    if path.is_dir():
        for file in sorted(path.rglob("*"))[: _BOUNDS.entries]:
            if file.is_file() and not file.is_symlink():
                yield from _of_file(file, file.relative_to(path).as_posix(), stack)
        return
    if not path.is_file():
        raise NoSuchFile(f"there is no file {path}")
    yield from _of_file(path, path.name, stack)


def _of_file(path: Path, name: str, stack: ExitStack) -> Iterator[Member]:
    with path.open("rb") as file:
        magic = file.read(2)
    if magic == b"PK":
        opened = stack.enter_context(path.open("rb"))
        yield from _Unpacker(stack).members(opened, name, 1)
        return
    opener = partial(_plain, path)
    yield _member(name, path.stat().st_size, opener, is_gzip=magic == b"\x1f\x8b")


def _plain(path: Path) -> AbstractContextManager[BinaryIO]:
    return path.open("rb")


def _member(
    where: str, size: int, opener: Callable[[], AbstractContextManager[BinaryIO]], *, is_gzip: bool
) -> Member:
    return Member(where, size, partial(_gunzipped, opener) if is_gzip else opener)


@contextmanager
def _gunzipped(opener: Callable[[], AbstractContextManager[BinaryIO]]) -> Iterator[BinaryIO]:
    with opener() as packed, gzip.open(packed) as file:
        yield cast("BinaryIO", file)


@dataclass
class _Unpacker:
    """Walks an archive and those inside it, with one budget for all that is unpacked on the way."""

    stack: ExitStack
    unpacked: int = 0

    def members(self, file: BinaryIO, where: str, depth: int) -> Iterator[Member]:
        archive = self.stack.enter_context(open_archive(file, _BOUNDS))
        for info in archive.infolist():
            name = f"{where}!/{info.filename}"
            if info.is_dir() or not _is_of_interest(info.filename):
                continue
            _check(info, name)
            if info.filename.lower().endswith(".zip"):
                if depth < _DEEPEST:
                    yield from self.members(self._copy(archive, info, name), name, depth + 1)
                continue
            is_gzip = info.filename.lower().endswith(".gz")
            yield _member(name, info.file_size, partial(_opened, archive, info), is_gzip=is_gzip)

    def _copy(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> BinaryIO:
        """An archive inside another one, on the disk: it is read in no order."""
        self.unpacked += info.file_size
        if self.unpacked > LARGEST_TOTAL:
            raise ArchiveRefused("it unpacks to more than a bug report holds: it may be a zip bomb")
        copy = cast("BinaryIO", self.stack.enter_context(_on_disk()))
        with unpacking(name), archive.open(info) as packed:
            while part := packed.read(1024 * 1024):
                copy.write(part)
        return copy


@contextmanager
def _on_disk() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        yield file


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> AbstractContextManager[BinaryIO]:
    return cast("AbstractContextManager[BinaryIO]", archive.open(info))


def _is_of_interest(name: str) -> bool:
    is_private = name.startswith("FS/data/")
    known = name.lower().endswith(".zip") or _TEXT.search(name) or _BESIDE.search(name)
    return bool(known) and not is_private


def _check(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise ArchiveRefused(f"{name} is locked with a password")
    ratio = info.file_size / max(1, info.compress_size)
    if info.file_size > LARGEST_TEXT or (info.file_size > _LARGE and ratio > _HIGHEST_RATIO):
        raise ArchiveRefused(f"{name} unpacks to {info.file_size} bytes: it may be a zip bomb")


def _chosen(members: Sequence[Member], path: Path) -> BugReport:
    """The newest of the texts that begin like a report."""
    beside = [one for one in members if _BESIDE.search(one.name)]
    texts = sorted((one for one in members if not _BESIDE.search(one.name)), key=_likeliest)
    reports = []
    for one in texts[:_MOST_LOOKS]:
        head = one.head()
        if is_dumpstate(head):
            reports.append((dumped_at(head), one.size, one))
    if not reports:
        raise CaptureInvalid(f"there is no bug report in {path}", hint=_HINT)
    main = max(reports, key=lambda found: found[:2])[2]
    place = main.where.removesuffix(main.name)
    own = [one for one in beside if one.where.startswith(place)]
    belongs = {main.where, *(one.where for one in own)}
    others = [one.where for one in members if one.where not in belongs]
    return BugReport(main, own, others)


def _likeliest(member: Member) -> tuple[bool, int]:
    return not _BY_NAME.search(member.name), -member.size


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines as UTF-8; a report saved by PowerShell is UTF-16."""
    encoding = _MARKS.get(cast("io.BufferedReader", file).peek(2)[:2])
    if encoding is None:
        yield from iter(lambda: file.readline(_LONGEST_LINE), b"")
        return
    rest = ""
    for part in codecs.iterdecode(iter(lambda: file.read(1 << 16), b""), encoding, "replace"):
        *lines, rest = (rest + part).split("\n")
        yield from (f"{line}\n".encode() for line in lines)
        rest = rest[:_LONGEST_LINE]
    yield rest.encode()


def _head_of(file: BinaryIO) -> bytes:
    found: list[bytes] = []
    for line in _lines(file):
        found.append(line)
        if sum(map(len, found)) >= _HEAD:
            break
    return b"".join(found)

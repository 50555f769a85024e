"""A folder that holds one run: what a new one writes takes the place of the old one as a whole.

New files grow beside the old ones as `NAME.part`. When all are there, a signed manifest that names
them is written; from then on the new run is what the folder holds. The old files go before the
first new one takes its name, so two runs are never mixed. A process that dies in between leaves
the manifest as `manifest.json.part`, and whoever comes next to the folder finishes its work; one
that dies before leaves nothing but parts, and they are thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from diagnose.errors import CaptureInvalid, DiagnoseError, OutputError
from diagnose.files.lock import is_locked, locked
from diagnose.files.names import INNER, MANIFEST, OURS, PART, PART_OF_OURS
from diagnose.files.whole import (
    create,
    make_folder,
    refuse_link,
    refuse_special,
    store,
    write_whole,
    writing,
)
from diagnose.model.plain import dataclass

if TYPE_CHECKING:
    from diagnose.files.manifest import Manifest
    from diagnose.station.signing import StationKey

Key = Callable[[], "StationKey"]
"""Gives the key that signs. It is read when something is signed: before, it would cost time."""


@dataclass
class FolderDraft:
    """The new content of one folder. Nothing of it counts before `commit`.

    `problem`: why a file of it could not be written to its end; it is then never committed.
    """

    folder: Path
    key: Key
    committed: bool = False
    problem: DiagnoseError | None = None
    _names: list[str] = field(default_factory=list)

    def create(self, name: str) -> IO[bytes]:
        """Open a new file that will bear this name. Raises `OutputError`."""
        refuse_special(self.folder / name)
        part = self.folder / (name + PART)
        refuse_special(part)
        with writing(self.folder / name):
            part.unlink(missing_ok=True)
            file = create(part)
        if name not in self._names:
            self._names.append(name)
        return file

    def write(self, name: str, data: bytes) -> None:
        """Write a whole new file. Raises `OutputError`; nothing is committed then."""
        try:
            with writing(self.folder / name), self.create(name) as file:
                file.write(data)
                store(file)
        except OutputError as problem:
            self.problem = problem
            raise

    def part(self, name: str) -> Path:
        """Where the content of a new file is, as long as it is not committed."""
        return self.folder / (name + PART)

    def commit(
        self,
        *,
        elsewhere: Mapping[str, str] | None = None,
        staying: Mapping[str, str] | None = None,
    ) -> None:
        """Put the new files in the place of the old ones. Raises `OutputError`.

        `elsewhere`: digests of files of this run that were written to other places; `staying`: of
        files that are in their place and remain part of what the folder holds.
        """
        if self.problem:
            raise self.problem
        from diagnose.files.manifest import digest_of_file, make_manifest

        with writing(self.folder):
            new = {name: digest_of_file(self.part(name)) for name in self._names}
        files = {**(staying or {}), **new}
        self.write(MANIFEST, make_manifest(files, self.key(), elsewhere=elsewhere))
        self.committed = True
        settle(self.folder)

    @property
    def so_far(self) -> tuple[tuple[str, ...], DiagnoseError | None]:
        """The files begun, and why one of them could not be written: see `adopt`."""
        return tuple(self._names), self.problem

    def holds(self, name: str) -> bool:
        """Whether this file was begun."""
        return name in self._names

    def adopt(self, names: Iterable[str], problem: DiagnoseError | None) -> None:
        """Go on with what another process wrote into this draft."""
        self._names += [name for name in names if name not in self._names]
        self.problem = self.problem or problem

    def discard(self) -> None:
        """Take away what was written and not committed, also by a process that was killed."""
        with suppress(OSError):
            for part in {*map(self.part, self._names), *_parts(self.folder)}:
                part.unlink(missing_ok=True)


@dataclass
class RunFolder:
    """A folder that is held for one run (see `reserved`)."""

    path: Path
    key: Key
    _drafts: list[FolderDraft] = field(default_factory=list)

    def draft(self, inner: str = "") -> FolderDraft:
        """Begin the new content of the folder itself, or of one in it (a phone of several)."""
        folder = self.path / inner
        refuse_link(folder)
        make_folder(folder)
        settle(folder)
        made = FolderDraft(folder, self.key)
        self._drafts.append(made)
        return made

    @property
    def committed(self) -> bool:
        """Whether anything new is there."""
        return any(draft.committed for draft in self._drafts)

    def clear(self) -> None:
        """Take away what was begun and not finished, and what older runs left beside the new."""
        for draft in self._drafts:
            if draft.committed:
                settle(draft.folder)  # a signal may have come in the middle of it
            else:
                draft.discard()
        if self.committed:
            new = {draft.folder for draft in self._drafts if draft.committed}
            for folder in {self.path, *_inner_folders(self.path)} - new:
                _empty(folder)
        for folder in _inner_folders(self.path):
            with suppress(OSError):  # it is not empty
                folder.rmdir()


@contextmanager
def reserved(path: Path, key: Key) -> Iterator[RunFolder]:
    """Hold a folder for one run, from before a phone is touched until its files are there.

    Raises `FolderBusy` where another run holds it, `OutputError` where nothing can be written.
    """
    was_there = path.exists()
    refuse_link(path)
    make_folder(path)
    try:
        with locked(path):
            settle(path)
            _refuse_special_inside(path)
            folder = RunFolder(path, key)
            try:
                yield folder
            finally:
                folder.clear()
    finally:
        if not was_there:
            with suppress(OSError):  # it holds something: that is how it should be
                path.rmdir()


def add_view(path: Path, data: bytes, key: Key) -> None:
    """Write one more page of the run that a folder holds, and name it in its manifest.

    Where the folder holds no run, or one whose files were changed, it is written on its own.
    Raises `FolderBusy`, `OutputError`.
    """
    from diagnose.files.manifest import check_folder, read_manifest

    folder = path.parent
    if not (folder / MANIFEST).exists():
        write_whole(path, data)
        return
    with locked(folder):
        settle(folder)
        own = key().public
        checked = [c for c in check_folder(folder, {own}) if c.name != path.name]
        manifest = read_manifest(folder / MANIFEST)
        if manifest is None or not all(check.ok for check in checked):
            write_whole(path, data)
            return
        draft = FolderDraft(folder, key)
        try:
            draft.write(path.name, data)
            draft.commit(staying=manifest.files, elsewhere=manifest.elsewhere)
        finally:
            draft.discard()


def recover(path: Path) -> None:
    """Before a folder is read: finish what a run that was killed had begun to put in place."""
    held = is_locked(path) or is_locked(path.parent)
    if (path / (MANIFEST + PART)).exists() and not held:
        with suppress(OutputError), locked(path):
            settle(path)


def settle(folder: Path) -> None:
    """Put new files that are complete in their place; throw away others. Raises `OutputError`."""
    with writing(folder):
        complete = _complete(folder)
        if complete is None:
            for part in _parts(folder):
                part.unlink(missing_ok=True)
            return
        for old in _old_files(folder, complete):
            old.unlink(missing_ok=True)
        for name in (*complete.files, MANIFEST):
            with suppress(FileNotFoundError):  # it has its name since the last time
                (folder / (name + PART)).replace(folder / name)
        _store_names(folder)


def _complete(folder: Path) -> Manifest | None:
    """The new manifest, where every file that it names is there."""
    if not (folder / (MANIFEST + PART)).exists():
        return None
    from diagnose.files.manifest import read_manifest

    try:
        new = read_manifest(folder / (MANIFEST + PART))
    except CaptureInvalid:
        return None
    if new is None or not all(
        _holds(folder / (name + PART), digest) or _holds(folder / name, digest)
        for name, digest in new.files.items()
    ):
        return None
    return new


def _holds(path: Path, digest: str) -> bool:
    from diagnose.files.manifest import digest_of_file

    return _is_file(path) and digest_of_file(path) == digest


def _old_files(folder: Path, new: Manifest) -> Iterator[Path]:
    """What the new files replace. One that has its name already is not among them."""
    placed = {name for name in new.files if not (folder / (name + PART)).exists()}
    yield from (path for path in _others_of(folder) if path.name not in placed)
    yield from (path for path in _ours(folder) if path.name not in placed)


def _others_of(folder: Path) -> Iterator[Path]:
    """What the old manifest names and nobody has changed since: JUnit files bear any name."""
    from diagnose.files.manifest import read_manifest

    with suppress(CaptureInvalid):
        old = read_manifest(folder / MANIFEST)
        for name, digest in old.files.items() if old else ():
            if _holds(folder / name, digest):
                yield folder / name


def _ours(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if OURS.fullmatch(path.name) and _is_file(path)]


def _parts(folder: Path) -> list[Path]:
    parts = (path for path in folder.iterdir() if PART_OF_OURS.fullmatch(path.name))
    return [path for path in parts if _is_file(path)]


def _inner_folders(folder: Path) -> list[Path]:
    inner = (path for path in folder.iterdir() if INNER.fullmatch(path.name))
    return [path for path in inner if path.is_dir() and not path.is_symlink()]


def _empty(folder: Path) -> None:
    for path in (*_others_of(folder), *_ours(folder), *_parts(folder)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _refuse_special_inside(folder: Path) -> None:
    with writing(folder):
        taken = [p for p in folder.iterdir() if OURS.fullmatch(p.name.removesuffix(PART))]
    for path in taken:
        refuse_special(path)


def _store_names(folder: Path) -> None:
    """Have the new names on the disk; where folders cannot be synced, files still are."""
    import os

    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

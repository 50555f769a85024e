"""Where reports go: files that are whole or not there."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.errors import OutputError, UsageError
from diagnose.station.language import BOTH, default_language

if TYPE_CHECKING:
    from diagnose.model.report import Report
    from diagnose.report.record import Record


@dataclass(frozen=True)
class Delivery:
    """What the operator asked to have. `lang` is that of the pages, and may be `both`."""

    lang: str = "en"
    as_json: bool = False
    junit: Path | None = None
    pdf: bool = False

    @property
    def terminal_lang(self) -> str:
        """The terminal speaks one language: the computer's, where the pages speak both."""
        return default_language() if self.lang == BOTH else self.lang


def preparations(wanted: Delivery, *, files: bool) -> Iterator[object]:
    """Load what writing and showing will need, in short steps, while the phone answers."""
    modules = ["rfc8785", "diagnose.knowledge.profiles.load"]
    modules += [] if wanted.as_json else ["diagnose.report.terminal"]
    modules += ["diagnose.report.pdf", "typst"] if wanted.pdf else []
    for name in modules:
        yield importlib.import_module(name)
    if not wanted.as_json and importlib.import_module("diagnose.report.terminal").is_coloured():
        yield importlib.import_module("rich.console")
    if files:
        from diagnose.report import html

        yield from html.preparations()


def write_reports(
    finished: Sequence[tuple[Report, Path | None]],
    wanted: Delivery,
    unexamined: Sequence[tuple[str, str]] = (),
) -> None:
    """Write each report to its folder, and all of them into the JUnit file.

    `unexamined` are phones without a report, by name and reason: JUnit names them as well.
    """
    for report, folder in finished:
        if folder:
            write_report(report, folder, wanted)
    if wanted.junit:
        from diagnose.report.junit import render_junit

        text = render_junit([report for report, _ in finished], unexamined)
        write_whole(wanted.junit, text.encode())


def write_report(
    report: Report, folder: Path, wanted: Delivery, record: Record | None = None
) -> None:
    """Write `report.json`, `report.html` and, where it was asked for, `report.pdf`.

    `record` is the rest of the case: consent, work, check, acceptance (see `record_of`).
    """
    from diagnose.report.html import render_html

    write_whole(folder / "report.json", (report.model_dump_json(indent=2) + "\n").encode())
    write_whole(
        folder / "report.html", render_html(report, lang=wanted.lang, record=record).encode()
    )
    if wanted.pdf:
        from diagnose.report.pdf import render_pdf

        write_whole(folder / "report.pdf", render_pdf(report, lang=wanted.lang, record=record))


def need_folder(out: Path | None, *, pdf: bool) -> None:
    """Refuse `--pdf` without a folder to put it in, before a phone is touched."""
    if pdf and out is None:
        raise UsageError("--pdf needs a folder to write to", hint="add --out DIR")


def need_writable(path: Path | None) -> None:
    """Refuse a file that could not be written later, before a phone is touched."""
    if path is None:
        return
    make_folder(path.parent)
    writable = os.access(path.parent, os.W_OK | os.X_OK) and not path.is_dir()
    if not writable or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(f"cannot write {path}", hint="choose another file, or make it writable")


def make_folder(folder: Path) -> None:
    """Make the output folder, or say plainly why it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(
            f"cannot make the folder {folder}: {problem.strerror}",
            hint="choose another folder with --out",
        ) from problem


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is whole or not there at all. Raises `OutputError`."""
    make_folder(path.parent)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as problem:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise OutputError(
            f"cannot write {path}: {problem.strerror}",
            hint="make room or choose another folder with --out; nothing half was left there",
        ) from problem

"""Where reports go: files that are whole or not there."""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.errors import DiagnoseError, OutputError, UsageError
from diagnose.files.whole import make_folder, refuse_special, write_whole
from diagnose.model.plain import dataclass
from diagnose.station.language import BOTH, default_language

if TYPE_CHECKING:
    from diagnose.files.folder import FolderDraft, RunFolder
    from diagnose.model.report import Report
    from diagnose.report.record import Record
    from diagnose.station.signing import StationKey


@dataclass(frozen=True)
class ReportDelivery:
    """What the operator asked to have. `lang` is that of the pages, and may be `both`."""

    lang: str = "en"
    as_json: bool = False
    junit: Path | None = None
    pdf: bool = False
    all_points: bool = False

    @property
    def terminal_lang(self) -> str:
        """The terminal speaks one language: the computer's, where the pages speak both."""
        return default_language() if self.lang == BOTH else self.lang


def preparations(wanted: ReportDelivery, *, files: bool) -> Iterator[object]:
    """Load what writing and showing will need, in short steps, while the phone answers."""
    modules = ["diagnose.knowledge.profiles.load"]
    modules += [] if wanted.as_json else ["diagnose.report.terminal"]
    modules += ["diagnose.report.pdf", "typst"] if wanted.pdf else []
    for name in modules:
        yield importlib.import_module(name)
    if not wanted.as_json and importlib.import_module("diagnose.report.paper").is_coloured():
        yield importlib.import_module("rich.console")
    if files:
        from diagnose.report import html

        yield from html.preparations()
        yield from map(importlib.import_module, ("diagnose.files.manifest",))


def held(out: Path) -> AbstractContextManager[RunFolder]:
    """Hold the folder that a run is to be written to, from before a phone is touched.

    Raises `FolderBusy`, `OutputError`.
    """
    from diagnose.files.folder import reserved

    return reserved(out, _station_key)


def write_reports(
    finished: Sequence[tuple[Report, FolderDraft | None]],
    wanted: ReportDelivery,
    folder: RunFolder | None,
    unexamined: Sequence[tuple[str, str]] = (),
) -> list[DiagnoseError]:
    """Write each report into its folder, and all of them into the JUnit file.

    `unexamined` are phones without a report, by name and reason: JUnit names them as well.
    One phone's trouble costs its own files only: what went wrong is given back. The folder of a
    phone is whole, or as it was.
    """
    problems: list[DiagnoseError] = []
    junit = _Junit(wanted.junit, [report for report, _ in finished], unexamined)
    with _noting(problems, "the JUnit file"):
        junit.write(folder, [draft for _, draft in finished])
    for report, draft in finished:
        if draft:
            with _noting(problems, f"the files of {report.device.model or 'one phone'}"):
                if not draft.holds("report.json"):
                    write_report(report, draft, wanted)
                draft.commit(elsewhere=junit.elsewhere)
    return problems


def write_ahead(wanted: ReportDelivery, report: Report, draft: FolderDraft) -> None:
    """Write the files of one phone while others are still read; what goes wrong the draft keeps."""
    problems: list[DiagnoseError] = []
    with _noting(problems, f"the files of {report.device.model or 'one phone'}"):
        write_report(report, draft, wanted)
    draft.adopt((), next(iter(problems), None))


@dataclass
class _Junit:
    """The JUnit file of all phones: part of a folder where it lies in one, else on its own."""

    path: Path | None
    reports: list[Report]
    unexamined: Sequence[tuple[str, str]] = ()
    elsewhere: dict[str, str] = field(default_factory=dict)

    def write(self, folder: RunFolder | None, drafts: Sequence[FolderDraft | None]) -> None:
        if self.path is None:
            return
        from diagnose.report.junit import render_junit

        data = render_junit(self.reports, self.unexamined).encode()
        if folder and self.path.parent.resolve() == folder.path.resolve():
            alone = drafts[0] if len(drafts) == 1 else None
            draft = alone or folder.draft()
            draft.write(self.path.name, data)
            if draft is not alone:
                draft.commit()
            return
        write_whole(self.path, data)
        self.elsewhere[self.path.name] = hashlib.sha256(data).hexdigest()


def write_report(
    report: Report, draft: FolderDraft, wanted: ReportDelivery, record: Record | None = None
) -> None:
    """Write `report.json`, `report.html`, `annex.html` and, with `pdf`, both as PDF.

    `record` is the rest of the case: consent, work, check, acceptance (see `record_of`).
    """
    from diagnose.report.html import render_html

    html = render_html(report, lang=wanted.lang, record=record)
    draft.write("report.json", (report.model_dump_json(indent=2) + "\n").encode())
    draft.write("report.html", html.sheet.encode())
    draft.write("annex.html", html.annex.encode())
    if wanted.pdf:
        from diagnose.report.pdf import render_pdf

        pdf = render_pdf(report, lang=wanted.lang, record=record)
        draft.write("report.pdf", pdf.sheet)
        draft.write("annex.pdf", pdf.annex)


def write_alone(folder: Path, name: str, data: bytes) -> Path:
    """Let a folder hold this one file, signed. Raises `FolderBusy`, `OutputError`."""
    with held(folder) as made:
        draft = made.draft()
        draft.write(name, data)
        draft.commit()
    return folder / name


def write_view(folder: Path, path: Path, data: bytes) -> None:
    """Write a page drawn again from the report in `folder`. Raises `FolderBusy`, `OutputError`."""
    if path.parent.resolve() != folder.resolve():
        write_whole(path, data)
        return
    from diagnose.files.folder import add_view

    add_view(path, data, _station_key)


def need_folder(out: Path | None, *, pdf: bool) -> None:
    """Refuse `--pdf` without a folder to put it in, before a phone is touched."""
    if pdf and out is None:
        raise UsageError("--pdf needs a folder to write to", hint="add --out DIR")


def need_writable(path: Path | None) -> None:
    """Refuse a file that could not be written later, before a phone is touched."""
    if path is None:
        return
    make_folder(path.parent)
    refuse_special(path)
    writable = os.access(path.parent, os.W_OK | os.X_OK) and not path.is_dir()
    if not writable or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(f"cannot write {path}", hint="choose another file, or make it writable")


def _station_key() -> StationKey:
    from diagnose.station.signing import station_key

    return station_key()


@contextmanager
def _noting(problems: list[DiagnoseError], what: str) -> Iterator[None]:
    """Note whatever goes wrong, and go on with the next phone."""
    try:
        yield
    except DiagnoseError as problem:
        problems.append(problem)
    except Exception as bug:  # noqa: BLE001 - the other phones must have their files all the same
        message = str(bug).strip().partition("\n")[0]
        wrapped = OutputError(
            f"{what} could not be made: {type(bug).__name__}: {message}",
            hint="this is a bug in diagnose; the other files are whole",
        )
        wrapped.__cause__ = bug
        problems.append(wrapped)

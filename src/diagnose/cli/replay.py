"""`diagnose replay`: the same report from recorded evidence."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.options import (
    PLAUSIBLE_DAY,
    all_points_option,
    json_option,
    page_lang_option,
    pdf_option,
    probe_dir_option,
    profile_dir_option,
)
from diagnose.errors import OutputError, UsageError
from diagnose.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnose.jobs.batch import Rejudged
    from diagnose.knowledge.probes import LoadedProbe
    from diagnose.run.capture import Capture


_PATH = click.Path(path_type=Path)


@click.command("replay")
@click.argument("captures", metavar="CAPTURE…", nargs=-1, required=True, type=_PATH)
@click.option("--at", type=PLAUSIBLE_DAY, help="When a bug report was captured.")
@click.option("--out", type=click.Path(path_type=Path), help="Write report.json and report.html.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write a JUnit file.")
@probe_dir_option
@all_points_option
@profile_dir_option
@pdf_option
@json_option
@page_lang_option
def command(
    captures: tuple[Path, ...],
    at: datetime | None,
    out: Path | None,
    probe_dir: tuple[Path, ...],
    profile_dir: tuple[Path, ...],
    **options: Any,
) -> int:
    """Judge CAPTURE (a capture.jsonl or its folder) again: same evidence, same report.

    A bug report (bugreport-*.zip, dumpstate text) is imported on the way. Of several captures, or
    of a folder with captures below it, each is judged on a core of its own: a line each, and
    report.json in a folder of its name below --out.
    """
    if len(captures) > 1 or _is_collection(captures[0]):
        if at or options["junit"] or options["pdf"]:
            raise UsageError("--at, --junit and --pdf are of one capture")
        return _replay_all(captures, out, probe_dir, profile_dir, options)
    return _replay(captures[0], at, out, probe_dir, profile_dir, options)


def _is_collection(place: Path) -> bool:
    from diagnose.run.capture import FILE_NAME

    return place.is_dir() and not (place / FILE_NAME).exists()


def _replay_all(
    places: Sequence[Path],
    out: Path | None,
    probe_dirs: tuple[Path, ...],
    profile_dirs: tuple[Path, ...],
    options: dict[str, Any],
) -> int:
    from diagnose.cores import core_count
    from diagnose.jobs.batch import RejudgeOrder, named_captures, rejudge
    from diagnose.model.verdict import status_of_run

    orders = [
        RejudgeOrder(name, path, out / name if out else None, probe_dirs, profile_dirs)
        for name, path in named_captures(places).items()
    ]
    judged: list[int] = []
    failed: list[int] = []
    with _bar(len(orders)) as advance:
        for one in rejudge(orders, processes=core_count()):
            (failed if one.problem else judged).append(one.exit_status)
            _tell(one, options)
            advance()
    click.echo(f"{len(judged)} judged, {len(failed)} not", err=True)
    return status_of_run(judged, unexamined=failed)


def _tell(one: Rejudged, options: dict[str, Any]) -> None:
    problem = one.problem
    if options["as_json"]:
        line = {"capture": one.name, "outcome": one.outcome, "exit_status": one.exit_status}
        why = {"code": problem.code, "message": problem.message} if problem else None
        click.echo(json.dumps(line | {"problem": why}, ensure_ascii=True))
    elif problem:
        click.echo(f"{printable(one.name)}: {printable(problem.message, 1000)}", err=True)
    elif verdict := one.verdict:
        click.echo(f"{printable(one.name)}: {verdict.in_language(options['lang'])}")


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], object]]:
    """Show how far it is, on a terminal where nothing else shows it."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    with click.progressbar(length=total, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _is_bugreport(path: Path) -> bool:
    """Tell it from a capture; what reads bug reports is loaded where it may be one only."""
    from diagnose.files.names import OURS

    if not path.exists():
        return False
    if path.is_dir():
        if all(OURS.fullmatch(file.name) for file in path.iterdir()):
            return False
    else:
        with path.open("rb") as file:
            if file.read(1) == b"{":
                return False
    from diagnose.run.capture_import import is_bugreport

    return is_bugreport(path)


def _replay(
    capture: Path,
    at: datetime | None,
    out: Path | None,
    probe_dir: tuple[Path, ...],
    profile_dir: tuple[Path, ...],
    options: dict[str, Any],
) -> int:
    from diagnose.cli.reports import deliver
    from diagnose.jobs.delivery import ReportDelivery, held, need_folder, need_writable
    from diagnose.jobs.fleet_outcome import Fleet
    from diagnose.judging.examination import examine
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.capture import FILE_NAME

    need_folder(out, pdf=options["pdf"])
    need_writable(options["junit"])
    probes = load_probes(probe_dir)
    read, evidence = _evidence(capture, probes, at)
    report = examine(read, probes, profile_dir)
    with held(out) if out else nullcontext() as folder:
        draft = folder.draft() if folder else None
        if draft:  # what the report is drawn from stands beside it, as after a run
            with suppress(OutputError):  # it is told when the rest is delivered
                draft.write(FILE_NAME, evidence)
        fleet = Fleet(finished=[(report, draft)])
        deliver(fleet, ReportDelivery(**options), folder, status=fleet.status(), enveloped=False)
    return fleet.status()


def _evidence(
    place: Path, probes: Mapping[str, LoadedProbe], at: datetime | None
) -> tuple[Capture, bytes]:
    """Read a capture, or make one of a bug report; as a value, and as the file it is kept in."""
    from diagnose.run import capture as captures

    if not _is_bugreport(place):
        return captures.read_capture(place), captures.capture_file(place).read_bytes()
    from diagnose.cli.capture import imported, print_account

    made = imported(place, probes, at=at)
    print_account(made, brief=True)
    read = captures.recorded_in_memory(made.header, made.recorded)
    return read, captures.capture_bytes(made.header, made.recorded)

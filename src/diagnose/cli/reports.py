"""Finished reports on standard output: for a person, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.standard_output import lost_on_the_way
from diagnose.jobs.delivery import ReportDelivery, write_reports
from diagnose.model.text import Text
from diagnose.station.language import default_language
from diagnose.text import printable

if TYPE_CHECKING:
    from diagnose.files.folder import RunFolder
    from diagnose.jobs.fleet_outcome import Fleet
    from diagnose.model.report import Report


def deliver(
    fleet: Fleet,
    wanted: ReportDelivery,
    folder: RunFolder | None = None,
    *,
    status: int,
    enveloped: bool,
) -> None:
    """Write each report to its folder, and show all of them.

    `enveloped`: JSON is the document of the whole run, not the report alone. What could not be
    written is raised after the verdict was shown: it is known all the same.
    """
    from diagnose.jobs.naming import public_label

    unexamined = [(public_label(device), p.message) for device, p in fleet.unexamined]
    problems = write_reports(fleet.finished, wanted, folder, unexamined)
    if not wanted.as_json:
        _show(fleet, wanted, table=enveloped)
    elif enveloped:
        from diagnose.jobs.document import document_of

        print_json(document_of(fleet, status=status).model_dump(mode="json"))
    else:
        print_json(fleet.reports[0].model_dump(mode="json"))
    _say_it_once_more(fleet.reports)
    for problem in problems[1:]:
        click.echo(f"diagnose: {printable(problem.message, 1000)}", err=True)
    if problems:
        raise problems[0]


def _say_it_once_more(reports: Sequence[Report]) -> None:
    """Where standard output cannot be written, the verdict goes to standard error."""
    if not lost_on_the_way():
        return
    from diagnose.report.wording import PageWords, verdict_of

    for report in reports:
        verdict = PageWords.of(report, default_language())(verdict_of(report))
        click.echo(f"{printable(report.device.model, 60)}: {verdict}", err=True)


def _show(fleet: Fleet, wanted: ReportDelivery, *, table: bool) -> None:
    from diagnose.report.terminal import print_report

    for report, draft in fleet.finished:
        print_report(report, lang=wanted.terminal_lang, all_points=wanted.all_points)
        if draft and draft.committed:
            _point_at(draft.folder, pdf=wanted.pdf)
    if table:
        _print_table(fleet, wanted)


def _point_at(folder: Path, *, pdf: bool) -> None:
    click.echo(f"→ {folder / 'report.html'}", err=True)
    if pdf:
        click.echo(f"→ {folder / 'report.pdf'}", err=True)


def _print_table(fleet: Fleet, wanted: ReportDelivery) -> None:
    """Name every phone of the run in one line: what was said of it, or why nothing."""
    from diagnose.jobs.document import document_of
    from diagnose.report.terminal import PhoneLine, print_table
    from diagnose.report.wording import verdict_of

    reports = {report.report_id: report for report in fleet.reports}
    lines = []
    for phone in document_of(fleet, status=0).phones:
        report = reports.get(phone.report_id)
        if report is None:
            why = phone.problem.message if phone.problem else "?"
            text = Text(f"not examined: {why}", f"未检测：{why}")
        else:
            text = verdict_of(report)
        name = report.device.marketing_name or report.device.model if report else ""
        lines.append(PhoneLine(printable(phone.label, 60), name, text, phone.exit_status))
    print_table(lines, lang=wanted.terminal_lang)

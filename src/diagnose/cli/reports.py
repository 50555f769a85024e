"""Finished reports on standard output: for a person, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from diagnose.cli.json_output import print_json
from diagnose.jobs.delivery import Delivery, write_reports
from diagnose.text import printable

if TYPE_CHECKING:
    from diagnose.files.folder import Draft, RunFolder
    from diagnose.model.report import Report


def deliver(
    finished: Sequence[tuple[Report, Draft | None]],
    wanted: Delivery,
    folder: RunFolder | None = None,
) -> None:
    """Write each report to its folder, and show all of them.

    What could not be written is raised after the verdict was shown: it is known all the same.
    """
    problems = write_reports(finished, wanted, folder)
    if wanted.as_json:
        documents = [report.model_dump(mode="json") for report, _ in finished]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        _show(finished, wanted)
    for problem in problems[1:]:
        click.echo(f"diagnose: {printable(problem.message, 1000)}", err=True)
    if problems:
        raise problems[0]


def _show(finished: Sequence[tuple[Report, Draft | None]], wanted: Delivery) -> None:
    from diagnose.report.terminal import print_report

    for report, draft in finished:
        print_report(report, lang=wanted.terminal_lang)
        if draft and draft.committed:
            click.echo(f"→ {draft.folder / 'report.html'}", err=True)
            if wanted.pdf:
                click.echo(f"→ {draft.folder / 'report.pdf'}", err=True)

"""Finished reports on standard output: for a person, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diagnose.cli.json_output import print_json
from diagnose.jobs.delivery import Delivery, write_reports

if TYPE_CHECKING:
    from diagnose.model.report import Report


def deliver(finished: Sequence[tuple[Report, Path | None]], wanted: Delivery) -> None:
    """Write each report to its folder, and show all of them."""
    write_reports(finished, wanted)
    if wanted.as_json:
        documents = [report.model_dump(mode="json") for report, _ in finished]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        _show(finished, wanted)


def _show(finished: Sequence[tuple[Report, Path | None]], wanted: Delivery) -> None:
    from diagnose.report.terminal import print_report

    for report, folder in finished:
        print_report(report, lang=wanted.terminal_lang)
        if folder:
            click.echo(f"→ {folder / 'report.html'}", err=True)
            if wanted.pdf:
                click.echo(f"→ {folder / 'report.pdf'}", err=True)

"""What GitHub Actions is told: annotations on standard error, the summary in its own file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from diagnose.jobs.fleet_outcome import Fleet


def tell_github(fleet: Fleet) -> None:
    """Annotate the run; where `GITHUB_STEP_SUMMARY` names a file, add our table to it."""
    from diagnose.jobs.naming import public_label
    from diagnose.report.github import step_summary, workflow_commands

    unexamined = [(public_label(device), problem.message) for device, problem in fleet.unexamined]
    for line in workflow_commands(fleet.reports, unexamined):
        click.echo(line, err=True)
    if named := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(named).open("a", encoding="utf-8") as file:
                file.write(step_summary(fleet.reports, unexamined))
        except OSError as problem:  # the verdict does not hang on it
            click.echo(f"diagnose: no step summary: {problem.strerror}", err=True)

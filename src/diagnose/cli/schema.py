"""`diagnose schema`: the JSON Schema of what other programs read."""

from __future__ import annotations

import click

from diagnose.cli.json_output import print_json
from diagnose.jobs.schemas import NAMES


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES), default="report")
@click.option(
    "--reading", is_flag=True, help="The open form, for readers: unknown members are ignored."
)
def command(name: str, reading: bool) -> None:
    """Print a JSON Schema: of a report, a quote, an exported case, a line of a capture, ….

    What `case show --json` prints is the CaseDocument in the schema of a case.
    """
    from diagnose.jobs.schemas import reading_schema_of, schema_of

    print_json(reading_schema_of(name) if reading else schema_of(name))

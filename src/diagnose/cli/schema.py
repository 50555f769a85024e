"""`diagnose schema`: the JSON Schema of what other programs read."""

from __future__ import annotations

import click

from diagnose.cli.json_output import print_json


@click.command("schema")
@click.argument("name", type=click.Choice(["report", "profile", "plan"]), default="report")
def command(name: str) -> None:
    """Print the JSON Schema of a report (or of a profile or plan file)."""
    from diagnose.schemas import schema_of

    print_json(schema_of(name))

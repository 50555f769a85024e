"""`diagnose replay`: the same report from recorded evidence."""

from __future__ import annotations

from pathlib import Path

import click

from diagnose.cli.options import json_option, lang_option


@click.command("replay")
@click.argument("capture", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write report.json and report.html.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write a JUnit file.")
@json_option
@lang_option
def command(capture: Path, out: Path | None, junit: Path | None, as_json: bool, lang: str) -> int:
    """Judge CAPTURE (a capture.jsonl or its folder) again: same evidence, same report."""
    from diagnose.capture import read_capture
    from diagnose.catalog import load_probes
    from diagnose.cli.delivery import Delivery, deliver
    from diagnose.examination import examine
    from diagnose.model.report import exit_status

    report = examine(read_capture(capture), load_probes())
    deliver([(report, out)], Delivery(lang=lang, as_json=as_json, junit=junit))
    return exit_status(report)

"""`diagnose replay`: the same report from recorded evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from diagnose.cli.options import json_option, page_lang_option, pdf_option


@click.command("replay")
@click.argument("capture", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write report.json and report.html.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write a JUnit file.")
@pdf_option
@json_option
@page_lang_option
def command(capture: Path, out: Path | None, **options: Any) -> int:
    """Judge CAPTURE (a capture.jsonl or its folder) again: same evidence, same report."""
    from diagnose.cli.reports import deliver
    from diagnose.jobs.delivery import Delivery, need_folder
    from diagnose.judging.examination import examine
    from diagnose.knowledge.probes import load_probes
    from diagnose.model.report import exit_status
    from diagnose.run.capture import read_capture

    need_folder(out, pdf=options["pdf"])
    report = examine(read_capture(capture), load_probes())
    deliver([(report, out)], Delivery(**options))
    return exit_status(report)

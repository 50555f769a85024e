"""`diagnose replay`: the same report from recorded evidence."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

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
from diagnose.errors import OutputError


@click.command("replay")
@click.argument("capture", type=click.Path(path_type=Path))
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
    capture: Path,
    at: datetime | None,
    out: Path | None,
    probe_dir: tuple[Path, ...],
    profile_dir: tuple[Path, ...],
    **options: Any,
) -> int:
    """Judge CAPTURE (a capture.jsonl or its folder) again: same evidence, same report.

    A bug report (bugreport-*.zip, dumpstate text) is imported on the way.
    """
    from diagnose.cli.reports import deliver
    from diagnose.jobs.delivery import Delivery, held, need_folder, need_writable
    from diagnose.jobs.fleet import Fleet
    from diagnose.judging.examination import examine
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.capture import (
        FILE_NAME,
        capture_bytes,
        capture_file,
        read_capture,
        recorded_in_memory,
    )
    from diagnose.run.capture_import import is_bugreport

    need_folder(out, pdf=options["pdf"])
    need_writable(options["junit"])
    probes = load_probes(probe_dir)
    if capture.exists() and is_bugreport(capture):
        from diagnose.cli.capture import imported, print_account

        made = imported(capture, probes, at=at)
        print_account(made, brief=True)
        read = recorded_in_memory(made.header, made.recorded)
        evidence = capture_bytes(made.header, made.recorded)
    else:
        read = read_capture(capture)
        evidence = capture_file(capture).read_bytes()
    report = examine(read, probes, profile_dir)
    with held(out) if out else nullcontext() as folder:
        draft = folder.draft() if folder else None
        if draft:  # what the report is drawn from stands beside it, as after a run
            with suppress(OutputError):  # it is told when the rest is delivered
                draft.write(FILE_NAME, evidence)
        fleet = Fleet(finished=[(report, draft)])
        deliver(fleet, Delivery(**options), folder, status=fleet.status(), enveloped=False)
    return fleet.status()

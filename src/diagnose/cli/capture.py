"""`diagnose capture`: recorded evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import json_option


@click.group("capture")
def command() -> None:
    """Import, show and redact recorded evidence."""


@command.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder of the new capture.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="When the outputs were captured.")
@click.option(
    "--visit",
    type=click.IntRange(1),
    default=1,
    help="Which output counts where a command was captured more than once.",
)
@json_option
def import_capture(
    folder: Path, out: Path | None, at: datetime | None, visit: int, as_json: bool
) -> None:
    """Make a capture of FOLDER, which holds captured outputs and an index.json."""
    from diagnose.jobs.delivery import make_folder
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.capture import write_capture
    from diagnose.run.capture_import import import_folder
    from diagnose.run.plan import make_plan, read_plan
    from diagnose.station.salt import station_salt

    plan = make_plan(read_plan("full"), load_probes())
    made = import_folder(
        folder,
        salt=station_salt(),
        probes=tuple(plan.probes),
        required=tuple(sorted(plan.required)),
        requests=plan.requests,
        visit=visit,
        now=at.replace(tzinfo=UTC) if at else None,
    )
    target = out or Path(f"{folder.resolve().name}-capture")
    make_folder(target)
    path = write_capture(made.header, made.recorded, target)
    if as_json:
        keys = [recorded.reply.key for recorded in made.recorded]
        print_json({"capture": str(path), "imported": keys, "skipped": list(made.skipped)})
        return
    click.echo(f"{path}: {len(made.recorded)} answers")
    for skipped in made.skipped:
        click.echo(f"  not imported: {skipped[:80]!r}", err=True)


@command.command("show")
@click.argument("capture", type=click.Path(path_type=Path))
@json_option
def show_capture(capture: Path, as_json: bool) -> None:
    """List what CAPTURE holds: each request, how it ended, how much was kept."""
    from diagnose.run.capture import read_capture

    read = read_capture(capture)
    rows = [
        {
            "key": recorded.reply.key,
            "status": recorded.reply.status.value,
            "exit_code": recorded.reply.exit_code,
            "bytes": len(recorded.reply.stdout) + len(recorded.reply.stderr),
            "masked": recorded.masked,
            "started_ms": recorded.reply.started_ms,
            "duration_ms": recorded.reply.duration_ms,
        }
        for recorded in read.recorded
    ]
    if as_json:
        print_json(
            {
                "sha256": read.sha256,
                "started_at": read.header.started_at,
                "plan": read.header.plan,
                "ended": read.end.ended,
                "replies": rows,
            }
        )
        return
    click.echo(f"{read.header.started_at}  {read.header.plan}  {read.end.ended}  {read.sha256}")
    for row in rows:
        click.echo(
            f"{row['status']:<10} {row['bytes']:>9} B {row['duration_ms']:>7.0f} ms  {row['key']}"
        )


@command.command("redact")
@click.argument("capture", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="New folder.")
@click.option("--word", "words", multiple=True, help="Mask this word too.")
def redact_capture(capture: Path, out: Path, words: tuple[str, ...]) -> None:
    """Mask CAPTURE again, by today's rules and with further words, into a new folder."""
    from dataclasses import replace

    from diagnose.privacy.redactor import Redactor
    from diagnose.run.capture import Recorded, read_capture, write_capture
    from diagnose.station.salt import station_salt

    read = read_capture(capture)
    redactor = Redactor(words, key=station_salt())

    def again(recorded: Recorded) -> Recorded:
        stdout, masked = redactor.redact(recorded.reply.stdout)
        stderr, masked_too = redactor.redact(recorded.reply.stderr)
        more = sum(masked.values()) + sum(masked_too.values())
        reply = replace(recorded.reply, stdout=stdout, stderr=stderr)
        return replace(recorded, reply=reply, masked=recorded.masked + more)

    path = write_capture(read.header, map(again, read.recorded), out)
    click.echo(str(path))

"""`diagnose capture`: recorded evidence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import PLAUSIBLE_DAY, Number, WholeNumber, json_option
from diagnose.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnose.api import VirtualPhone
    from diagnose.knowledge.probes import LoadedProbe
    from diagnose.run.capture_import import Import


@click.group("capture")
def command() -> None:
    """Import, show and redact recorded evidence."""


@command.command("import")
@click.argument("evidence", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder of the new capture.")
@click.option("--at", type=PLAUSIBLE_DAY, help="When it was captured.")
@click.option(
    "--visit",
    type=WholeNumber(1),
    default=1,
    help="Which output counts where a command was captured more than once.",
)
@json_option
def import_capture(
    evidence: Path, out: Path | None, at: datetime | None, visit: int, as_json: bool
) -> None:
    """Make a capture of EVIDENCE: a bug report, or a folder of outputs with an index.json.

    A bug report is a bugreport-*.zip, a dumpstate text, or what a maker packed them into. Only what
    a probe asks for is taken; what becomes of the rest is said.
    """
    from diagnose.jobs.delivery import write_alone
    from diagnose.knowledge.probes import load_probes
    from diagnose.run.capture import FILE_NAME, capture_bytes

    made = imported(evidence, load_probes(), at=at, visit=visit)
    target = out or Path(f"{evidence.resolve().stem}-capture")
    path = write_alone(target, FILE_NAME, capture_bytes(made.header, made.recorded))
    if as_json:
        print_json({"capture": str(path), "imported": _keys(made), **_account(made)})
        return
    click.echo(f"{path}: {len(made.recorded)} answers")
    print_account(made)


def imported(
    evidence: Path, probes: Mapping[str, LoadedProbe], *, at: datetime | None, visit: int = 1
) -> Import:
    """Import a folder or a bug report for the plan `full`."""
    from diagnose.knowledge.plans import read_plan
    from diagnose.run.capture_import import import_bugreport, import_folder
    from diagnose.run.planning import make_plan
    from diagnose.station.salt import station_salt

    plan = make_plan(read_plan("full"), probes)
    wish: dict[str, Any] = {
        "salt": station_salt(),
        "probes": tuple(plan.probes),
        "required": tuple(sorted(plan.required)),
        "requests": plan.requests,
        "at": at.replace(tzinfo=UTC) if at else None,
    }
    if (evidence / "index.json").is_file():
        return import_folder(evidence, visit=visit, **wish)
    return import_bugreport(evidence, **wish)


def print_account(made: Import, *, brief: bool = False) -> None:
    """Say on standard error what was used, what no probe asks for, and what nobody knows."""
    from diagnose.run.capture import Clock
    from diagnose.run.capture_import import Use

    day = made.header.started_at[:10]
    dated = {
        Clock.STATION: f"captured {day}",
        Clock.EVIDENCE: f"captured {day} by its own newest record; --at gives another day",
        Clock.NONE: "nothing tells when it was captured; --at gives the day",
    }
    counts = ", ".join(f"{len(made.told(use))} {_USES[use]}" for use in Use)
    click.echo(f"{made.header.source}: {counts}; {dated[made.header.clock]}", err=True)
    for one in () if brief else (*made.told(Use.UNKNOWN), *made.told(Use.UNASKED)):
        why = f": {one.why}" if one.why else ""
        click.echo(f"  {_USES[one.use]:<12} {printable(one.where, 90)}{why}", err=True)


_USES = {"used": "used", "unasked": "not asked for", "unknown": "unknown"}


def _keys(made: Import) -> list[str]:
    return [recorded.reply.key for recorded in made.recorded]


def _account(made: Import) -> dict[str, list[dict[str, Any]]]:
    """What became of every file and section, by its use."""
    return {
        use: [
            {"where": one.where, "requests": list(one.requests), "why": one.why}
            for one in made.account
            if one.use == use
        ]
        for use in _USES
    }


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
    from diagnose.jobs.delivery import write_alone
    from diagnose.privacy.redactor import Redactor
    from diagnose.run.capture import FILE_NAME, capture_bytes, read_capture
    from diagnose.run.recording import masked_again
    from diagnose.station.salt import station_salt

    read = read_capture(capture)
    redactor = Redactor(words, key=station_salt())
    again = (masked_again(recorded, redactor) for recorded in read.recorded)
    made = capture_bytes(read.header, again)
    click.echo(str(write_alone(out, FILE_NAME, made)))


@command.command("record")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-s", "--serial", help="The phone, as `diagnose devices` names it.")
@click.option("--simulated", multiple=True, metavar="PHONE[+FAULT]…", help="A virtual phone.")
@click.option("--plan", default="full", show_default=True, help="Which probes run.")
@click.option("--scale", type=Number(0, 100), default=1.0, help="Latencies of virtual phones.")
def record(
    folder: Path, serial: str | None, simulated: tuple[str, ...], plan: str, scale: float
) -> None:
    """Record phones below FOLDER, each with its golden report.

    `pytest --diagnose-captures FOLDER` judges them again and says what has changed.
    """
    from diagnose import api

    for specification in simulated:
        with api.VirtualPhone(specification, scale=scale) as phone:
            _record(folder, phone, specification, plan)
    if not simulated:
        _record(folder, serial, "", plan)


def _record(folder: Path, phone: str | VirtualPhone | None, name: str, plan: str) -> None:
    from diagnose import api
    from diagnose.files.whole import write_whole
    from diagnose.jobs.golden import GOLDEN, golden_text
    from diagnose.run.capture import FILE_NAME

    with TemporaryDirectory() as aside:
        report = api.run(phone, plan=plan, out=Path(aside) / "run")
        named = name or report.device.label
        place = folder / re.sub(r"[^A-Za-z0-9._+-]+", "-", named).strip("-.")
        write_whole(place / FILE_NAME, (Path(aside) / "run" / FILE_NAME).read_bytes())
        write_whole(place / GOLDEN, golden_text(report).encode())
    click.echo(str(place / FILE_NAME))

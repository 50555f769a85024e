"""Probes the phone of a case: no folder and no symptom need be named at the counter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diagnose.cli.case.desk import Desk
from diagnose.cli.options import Function, Number

if TYPE_CHECKING:
    from diagnose.model.case import Case

_OPTIONS = (
    click.option("-s", "--serial", help="Which phone, where several are plugged in."),
    click.option("--plan", help="Which probes run (default: as `diagnose run`)."),
    click.option("--simulated", multiple=True, metavar="PHONE[+FAULT]…", hidden=True),
    click.option("--scale", type=Number(0, 100), default=1.0, hidden=True),
)


def probe_options(function: Function) -> Function:
    """Add what tells which phone is probed, and how."""
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


def probe(
    desk: Desk,
    case: Case,
    *,
    serial: str | None,
    plan: str | None,
    simulated: tuple[str, ...],
    scale: float,
) -> Path:
    """Run the probes with the symptoms of the case; give the folder the report is in.

    The folder is this user's own, beside the casebook's default place. Raises what `run` raises.
    """
    from diagnose.cli.run import command

    folder = _folder(case.case_id)
    click.get_current_context().invoke(
        command,
        serial=serial,
        **({"plan": plan} if plan else {}),
        simulated=simulated,
        scale=scale,
        symptoms=case.intake.symptoms,
        out=folder,
        lang=desk.lang,
        as_json=False,
    )
    return folder


def _folder(case: str) -> Path:
    from diagnose.case.record.place import data_folder

    return data_folder() / "reports" / case / f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"

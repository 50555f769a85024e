"""`diagnose case label|receipt`: the slips of 62 mm for the phone and for the customer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from diagnose.cli.case.desk import Desk, desk_options, this_case_argument
from diagnose.cli.options import Function

if TYPE_CHECKING:
    from diagnose.report.slip import Slip


def out_option(function: Function) -> Function:
    """Add `--out FILE`."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        help="The PDF (default: beside you, named by the case).",
    )(function)


@click.command("label")
@this_case_argument
@out_option
@desk_options
def label(desk: Desk, name: str, out: Path | None) -> None:
    """Make the label for the phone of a CASE: 62 mm, with its QR code; it names nobody."""
    from diagnose.cli.case.view import words_of
    from diagnose.report.slip import label as made

    case = desk.read(name)
    _write(made(case, words_of(case, desk.lang)), out or Path(f"{name}-label.pdf"))


@click.command("receipt")
@this_case_argument
@out_option
@desk_options
def receipt(desk: Desk, name: str, out: Path | None) -> None:
    """Make the receipt of a CASE: 62 mm, what was handed over, what it costs, who has it."""
    from diagnose.case.rules.billing import bill_of
    from diagnose.cli.case.view import words_of
    from diagnose.report.slip import receipt as made

    case = desk.read(name)
    slip = made(case, words_of(case, desk.lang), bill_of(case))
    _write(slip, out or Path(f"{name}-receipt.pdf"))


def _write(slip: Slip, out: Path) -> None:
    from diagnose.files.whole import write_whole
    from diagnose.report.slip import render_slip

    write_whole(out, render_slip(slip))
    click.echo(str(out))

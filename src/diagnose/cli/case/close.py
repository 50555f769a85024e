"""`diagnose case close`: a case that ends without a repair, or without the customer's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diagnose.cli.case.desk import Desk, ask, case_argument, confirm, desk_options
from diagnose.cli.case.questions import is_interactive
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.model.case import Case


@click.command("close")
@case_argument
@click.option("--reason", help="Phone given back, never fetched, a double entry, …. Erasable.")
@click.option("--yes", is_flag=True, help="Close it without asking for confirmation.")
@desk_options
def close(desk: Desk, name: str, reason: str | None, yes: bool) -> None:
    """Close a CASE that the customer neither accepted nor refused.

    Nothing can be agreed to or repaired after it, and the time for which private data are kept
    begins.
    """
    from diagnose.case.record.entries import closed
    from diagnose.case.rules import closing
    from diagnose.cli.case.view import show

    case = desk.read_open(name)
    reason = str(ask(reason, "Why is it closed?", option="--reason"))
    closing.close(case, reason, at=desk.now(), by=desk.actor)
    _say_what_is_left_open(case)
    confirm(
        Text(f"Close the case {case.case_id} for good?", f"确定结案 {case.case_id}？"),
        given=yes or not is_interactive(),
        option="",
    )
    recorded = desk.record(
        name, lambda now: [closed(closing.close(now, reason, at=desk.now(), by=desk.actor))]
    )
    show(recorded, lang=desk.lang, as_json=desk.as_json)


def _say_what_is_left_open(case: Case) -> None:
    if case.works:
        click.echo("note: work was done that the customer has not accepted", err=True)
    elif case.standing and case.standing.consent.accepted:
        click.echo("note: the customer agreed to work that was not done", err=True)

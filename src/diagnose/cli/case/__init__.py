"""`diagnose case`: a repair from the customer's words to his acceptance."""

from __future__ import annotations

import click

from diagnose.cli.case.close import close
from diagnose.cli.case.consent import consent, withdraw
from diagnose.cli.case.correction import correct
from diagnose.cli.case.erase import erase
from diagnose.cli.case.handover import accept, verify
from diagnose.cli.case.intake import open_case
from diagnose.cli.case.listing import list_cases, show_case
from diagnose.cli.case.next import next_step
from diagnose.cli.case.quote import diagnose, quote
from diagnose.cli.case.record import export
from diagnose.cli.case.slips import label, receipt
from diagnose.cli.case.work import work


@click.group("case")
def command() -> None:
    """A repair case: from the customer's words to a signed consent, and back after the repair.

    Every step is recorded: signed, chained, and never changed. Where an option is missing on a
    terminal, it is asked for.
    """


for _step in (
    *(
        open_case,
        next_step,
        correct,
        diagnose,
        quote,
        consent,
        withdraw,
        work,
        verify,
        accept,
        close,
    ),
    *(show_case, list_cases, label, receipt, export, erase),
):
    command.add_command(_step)

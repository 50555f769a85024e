"""`diagnose case consent|withdraw`: what the customer decides, and how he takes it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.answers import take_answers
from diagnose.cli.case.desk import Desk, case_argument, confirm, desk_options, this_case_argument
from diagnose.cli.case.questions import is_interactive
from diagnose.cli.case.statement import statement_options, take_statement

if TYPE_CHECKING:
    from diagnose.model.case import Case
    from diagnose.model.consent import Consent
    from diagnose.model.quote import Quote


@click.command("consent")
@this_case_argument
@click.option("--accept", multiple=True, metavar="ITEM", help="An item, or all.")
@click.option("--decline", multiple=True, metavar="ITEM", help="An item, or all.")
@click.option("--ceiling", metavar="AMOUNT", help="The most the customer pays.")
@click.option("--backup-done/--no-backup", default=None, help="Has he backed up his data?")
@click.option(
    "--maintenance-mode/--no-maintenance-mode",
    default=None,
    help="Maintenance or repair mode was recommended to him.",
)
@click.option("--wipe-agreed/--no-wipe", default=None, help="May the data be erased?")
@click.option(
    "--digest", "shown", metavar="SHA256", help="The digest of the page he was shown elsewhere."
)
@click.option("--reason", default="", help="His reason, especially when he declines.")
@click.option("--yes", is_flag=True, help="Record it without asking for confirmation.")
@statement_options
@desk_options
def consent(desk: Desk, name: str, yes: bool, **options: Any) -> None:
    """Record what the customer decides about each item of the page of a CASE.

    A refusal (--decline all) is recorded as properly as a consent.
    """
    from diagnose.case.record.entries import decided
    from diagnose.case.rules.decision import check_answers, decide, shown_quote
    from diagnose.case.rules.documents import documents_shown
    from diagnose.cli.case.view import show, words_of

    case = desk.read_open(name)
    page, quote = shown_quote(case)
    _show_what_for(desk, case, quote)
    answers = take_answers(quote, options, page.digest, words_of(case, desk.lang))
    check_answers(case, answers, desk.now())  # before he signs: nothing is typed in vain
    statement = take_statement(desk, options, case)
    answers = replace(answers, documents=documents_shown(case, statement.language))
    draft = decide(case, answers, statement)
    _say_what_was_decided(desk, case, quote, draft)
    confirm("Record this decision?", given=yes or not is_interactive(), option="--yes")
    recorded = desk.record(name, lambda now: [decided(decide(now, answers, statement))])
    show(recorded, lang=desk.lang, as_json=desk.as_json)


def _show_what_for(desk: Desk, case: Case, quote: Quote) -> None:
    """Show, before anything is asked, exactly what the decision is bound to."""
    from diagnose.cli.case.view import quote_lines, words_of

    for line in quote_lines(quote, words_of(case, desk.lang)):
        click.echo(line, err=True)
    click.echo(f"  SHA-256 {case.page.digest if case.page else ''}", err=True)


def _say_what_was_decided(desk: Desk, case: Case, quote: Quote, draft: Consent) -> None:
    from diagnose.case.rules.decision import torn_items
    from diagnose.cli.case.view import words_of
    from diagnose.cli.case.words import decided

    words = words_of(case, desk.lang)
    named = f": {', '.join(draft.accepted)}" if draft.accepted else ""
    click.echo(f"{decided(draft, words)}{named}", err=True)
    if torn := torn_items(quote, draft.accepted):
        left = ", ".join(torn)
        note = words.pick(
            f"note: {left} belongs to what was accepted and was not",
            f"注意：{left} 与已同意的项目属于同一步骤，但未获同意",
        )
        click.echo(note, err=True)


@click.command("withdraw")
@case_argument
@click.option("--reason", default="", help="What the customer says about it.")
@statement_options
@desk_options
def withdraw(desk: Desk, name: str, reason: str, **options: Any) -> None:
    """Record that the customer takes back what he agreed to."""
    from diagnose.case.record.entries import withdrawn
    from diagnose.case.rules import decision
    from diagnose.cli.case.view import show

    statement = take_statement(desk, options, desk.read_open(name))
    case = desk.record(name, lambda now: [withdrawn(decision.withdraw(now, reason, statement))])
    show(case, lang=desk.lang, as_json=desk.as_json)
    if case.works:
        click.echo("note: work that was done before stays in the record", err=True)

"""`diagnose case consent|withdraw`: what the customer decides, and how he takes it back."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, confirm, desk_options, is_interactive
from diagnose.cli.case.questions import in_words
from diagnose.cli.case.statement import statement_options, take_statement
from diagnose.errors import UsageError
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.case.rules.decision import Answers
    from diagnose.model.case import Case
    from diagnose.model.consent import Consent
    from diagnose.model.quote import Quote
    from diagnose.report.wording import Words


_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")


def read_amount(word: str, *, option: str) -> Decimal:
    """Read an exact amount of money."""
    try:
        amount = Decimal(word if _AMOUNT.fullmatch(word.strip()) else "no")
    except InvalidOperation as problem:
        raise UsageError(f"{option}: {word!r} is no amount", hint="for example 629.00") from problem
    if not amount.is_finite() or not 0 <= amount < 10**12:
        raise UsageError(f"{option}: {word!r} is no amount of money")
    return amount


@click.command("consent")
@click.argument("name", metavar="CASE")
@click.option("--accept", multiple=True, metavar="ITEM", help="An item, or all.")
@click.option("--decline", multiple=True, metavar="ITEM", help="An item, or all.")
@click.option("--ceiling", metavar="AMOUNT", help="The most the customer pays.")
@click.option("--backup-done/--no-backup", default=None, help="Has he saved his data?")
@click.option(
    "--maintenance-mode/--no-maintenance-mode",
    default=None,
    help="Maintenance or repair mode was recommended to him.",
)
@click.option("--wipe-agreed/--no-wipe", default=None, help="May the data be erased?")
@click.option("--digest", "shown", metavar="SHA256", help="The page he was shown elsewhere.")
@click.option("--reason", default="", help="What he says to it, above all when he declines.")
@click.option("--yes", is_flag=True, help="Record it without asking once more.")
@statement_options
@desk_options
def consent(desk: Desk, name: str, yes: bool, **said: Any) -> None:
    """Record what the customer decides about each item of the page of a CASE.

    A refusal (--decline all) is recorded as properly as a consent.
    """
    from diagnose.case.record.entries import decided
    from diagnose.case.rules.decision import decide, shown_quote
    from diagnose.case.rules.documents import documents_shown
    from diagnose.cli.case.view import show, words_of

    case = desk.read_open(name)
    page, quote = shown_quote(case)
    _show_what_for(desk, case, quote)
    answers = _answers(quote, said, page.digest, words_of(case, desk.lang))
    statement = take_statement(desk, said)
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


def _answers(quote: Quote, said: dict[str, Any], digest: str, words: Words) -> Answers:
    from diagnose.case.rules.decision import Answers
    from diagnose.model.consent import DataHandling

    accept, decline = _decisions(quote, said["accept"], said["decline"], words)
    ceiling = said["ceiling"]
    if ceiling is None and _is_unbounded(quote, accept, decline) and is_interactive():
        ceiling = _ask_for_ceiling(quote)
    backup = said["backup_done"]
    if backup is None and accept and is_interactive():
        backup = _ask_for_backup()
    recommended = said["maintenance_mode"]
    if recommended is None and accept and is_interactive():
        question = "Was maintenance or repair mode recommended to him?"
        recommended = click.confirm(in_words(question), err=True)
    return Answers(
        accept=accept,
        decline=decline,
        ceiling=None if ceiling is None else read_amount(ceiling, option="--ceiling"),
        data=DataHandling(
            backup_done=backup,
            maintenance_mode_recommended=bool(recommended),
            wipe_agreed=_wipe(quote, said["wipe_agreed"], accept, decline),
        ),
        reason=said["reason"],
        shown=said["shown"] or digest,
    )


def _ask_for_ceiling(quote: Quote) -> str:
    def read(answer: str) -> str:
        try:
            return str(read_amount(answer, option="the amount"))
        except UsageError as problem:  # asked again: nothing else need be typed twice
            raise click.BadParameter(problem.message) from problem

    question = Text(
        f"The most the customer pays in all ({quote.currency})",
        f"客户总共最多支付（{quote.currency}）",
    )
    said: str = click.prompt(in_words(question), err=True, value_proc=read)
    return said


def _is_unbounded(quote: Quote, accept: tuple[str, ...], decline: tuple[str, ...]) -> bool:
    """Whether something is accepted of which nobody knows the most it may cost."""
    return any(
        item.is_unbounded
        and (item.code in accept or ("all" in accept and item.code not in decline))
        for item in quote.items
    )


def _ask_for_backup() -> bool | None:
    choice = click.Choice(["yes", "no", "not-asked"])
    answer = click.prompt(
        in_words("Has he saved his data?"), type=choice, default="not-asked", err=True
    )
    return None if answer == "not-asked" else answer == "yes"


def _decisions(
    quote: Quote, accept: tuple[str, ...], decline: tuple[str, ...], words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if accept or decline:
        return accept, decline
    if not is_interactive():
        raise UsageError(
            "nothing is decided", hint="--accept ITEM, --decline ITEM; all stands for the rest"
        )
    from diagnose.cli.case.view import price_of

    answers = {
        item.code: click.confirm(f"{words(item.title)} ({price_of(item, quote, words)})?", err=True)
        for item in quote.work_items
    }
    return (
        tuple(code for code, yes in answers.items() if yes),
        tuple(code for code, yes in answers.items() if not yes),
    )


def _wipe(
    quote: Quote, said: bool | None, accept: tuple[str, ...], decline: tuple[str, ...]
) -> bool | None:
    erasing = [
        item.code
        for item in quote.items
        if item.data_risk == "erases"
        and (item.code in accept or ("all" in accept and item.code not in decline))
    ]
    if said is None and erasing and is_interactive():
        named = ", ".join(erasing)
        question = Text(
            f"{named} erases the data on the phone. Agreed?",
            f"{named} 会清除手机上的数据。客户是否同意？",
        )
        return click.confirm(in_words(question), err=True)
    return said


@click.command("withdraw")
@click.argument("name", metavar="CASE")
@click.option("--reason", default="", help="What the customer says to it.")
@statement_options
@desk_options
def withdraw(desk: Desk, name: str, reason: str, **said: Any) -> None:
    """Record that the customer takes back what he agreed to."""
    from diagnose.case.record.entries import withdrawn
    from diagnose.case.rules import decision
    from diagnose.cli.case.view import show

    desk.read_open(name)
    statement = take_statement(desk, said)
    case = desk.record(name, lambda now: [withdrawn(decision.withdraw(now, reason, statement))])
    show(case, lang=desk.lang, as_json=desk.as_json)
    if case.works:
        click.echo("note: work that was done before stays in the record", err=True)

"""`diagnose case list|show`: which cases there are, and everything of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

import click

from diagnose.cli.case.desk import Desk, desk_options, this_case_argument
from diagnose.cli.options import WholeNumber

if TYPE_CHECKING:
    from diagnose.model.case import Case
    from diagnose.report.wording import PageWords


@click.command("show")
@this_case_argument
@click.option("--with-private", is_flag=True, help="Contact, IMEI and signatures too.")
@desk_options
def show_case(desk: Desk, name: str, with_private: bool) -> None:
    """Show everything of a CASE; with --json the reports too."""
    from diagnose.cli.case.view import document, lines
    from diagnose.cli.json_output import print_json
    from diagnose.text import printable

    case = desk.read(name)
    if desk.as_json:
        print_json(document(case, with_private=with_private, whole=True))
        return
    for line in lines(case, desk.lang):
        click.echo(line)
    for apart in (case.contact, case.identifiers) if with_private else ():
        for field, value in apart.model_dump().items() if apart else ():
            if value:
                click.echo(f"  {field}: {printable(str(value))}")


@click.command("list")
@click.argument("query", metavar="[WORD]", required=False, default="")
@click.option("--stage", help="Only cases that have come this far.")
@click.option("--limit", type=WholeNumber(1, 100_000), default=50, show_default=True)
@desk_options
def list_cases(desk: Desk, query: str, stage: str | None, limit: int) -> None:
    """List the cases, the newest first: stage, age, customer's initials, model, complaint.

    WORD finds a case by its name or QR text, the customer's name or phone number, or the model.
    """
    from diagnose.cli.case.view import document
    from diagnose.cli.json_output import print_json
    from diagnose.errors import UnknownName
    from diagnose.model.case import Stage
    from diagnose.report.wording import PageWords

    if stage is not None and stage not in list(Stage):
        raise UnknownName("stage", stage, list(Stage))
    found = islice(_cases(desk, stage, query), limit)
    if desk.as_json:
        print_json([document(case) for case in found])
        return
    words, now = PageWords(desk.lang), desk.now()
    lines = (_line(case, words, now) for case in found)
    first = next(lines, None)
    if first is None:
        click.echo(words.pick("no case fits", "没有符合的工单"), err=True)
        return
    click.echo(first)
    for line in lines:
        click.echo(line)


def _cases(desk: Desk, stage: str | None, query: str) -> Iterator[Case]:
    """Read case by case; one that is damaged is said to be, and hides no other."""
    from diagnose.case.record.reading import read_case
    from diagnose.errors import CasebookInvalid

    for chain in desk.chains():
        try:
            case = read_case(chain())
        except CasebookInvalid as problem:
            click.echo(f"damaged: {problem.message}", err=True)
            continue
        if stage in (None, case.stage) and _fits(case, query):
            yield case


def _fits(case: Case, query: str) -> bool:
    """Whether a word is in what a case is looked for by; digits fit however they are spaced."""
    from diagnose.cli.case.naming import spelled

    word = query.strip().casefold()
    if not word or case.case_id.startswith(spelled(query)):
        return True
    contact, device = case.contact, case.page.device if case.page else None
    named = [case.case_id, contact.name if contact else ""]
    named += [device.brand, device.model, device.marketing_name] if device else []
    if any(word in one.casefold() for one in named):
        return True
    digits = "".join(filter(str.isdigit, word))
    phone = "".join(filter(str.isdigit, contact.phone if contact else ""))
    return len(digits) >= 4 and digits in phone


def _line(case: Case, words: PageWords, now: datetime) -> str:
    """One case on one line of 80 columns."""
    from diagnose.cli.case.words import STAGES
    from diagnose.report.slip import initials
    from diagnose.text import printable

    device = case.page.device if case.page else None
    phone = (device.marketing_name or device.model) if device else ""
    shown = (
        (case.case_id, 14),
        (words(STAGES[case.stage]), 19),
        (_age(now - case.opened_at, words), 6),
        (initials(case.contact.name if case.contact else "") or "–", 5),
        (printable(phone, 40), 14),
        (printable(case.intake.complaint, 80), 16),
    )
    return " ".join(_column(text, width) for text, width in shown).rstrip()


def _column(text: str, width: int) -> str:
    from diagnose.report.columns import cells, cut

    short = cut(text, width)
    return short + " " * (width - cells(short))


def _age(age: timedelta, words: PageWords) -> str:
    """How long ago it was opened, in the largest unit that says something."""
    minutes = max(int(age.total_seconds()) // 60, 0)
    if minutes < 60:
        return words.pick(f"{minutes} min", f"{minutes}分")
    if minutes < 48 * 60:
        return words.pick(f"{minutes // 60} h", f"{minutes // 60}小时")
    return words.pick(f"{minutes // 1440} d", f"{minutes // 1440}天")

"""`diagnose case diagnose|quote`: the page the customer is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diagnose.cli.case.desk import Desk, ask, desk_options, unproven_option
from diagnose.errors import CaseRefused, CatalogError, NoSuchFile

if TYPE_CHECKING:
    from diagnose.case.record.events import Entry
    from diagnose.model.case import Case
    from diagnose.model.quote import Quote
    from diagnose.model.report import Report

LARGEST_QUOTE = 5_000_000
Made = tuple["Quote", Mapping[str, Mapping[str, str]]]


@click.command("diagnose")
@click.argument("name", metavar="CASE")
@click.option("--report", "path", type=click.Path(path_type=Path), help="A report, or its folder.")
@unproven_option
@desk_options
def diagnose(desk: Desk, name: str, path: Path | None, unproven: bool) -> None:
    """Attach to a CASE the report that `diagnose run --out DIR` made of its phone.

    It is drawn again from the capture beside it, and refused where it differs.
    """
    from diagnose.case.record.entries import diagnosed
    from diagnose.case.rules.page import case_page
    from diagnose.jobs.report_files import load_report
    from diagnose.jobs.verification import is_proven

    desk.read_open(name)
    path = Path(ask(path, "The report's folder", option="--report"))
    report = load_report(path)
    proven = is_proven(report, path, or_absent=unproven)

    def decide(case: Case) -> Sequence[Entry]:
        ranked = _ranked(report, case.intake.symptoms)
        page = case_page(ranked or report, case.intake, case.page)
        again = case.intake.symptoms if ranked else ()
        return (
            diagnosed(page, report.digest, ranked_again_by=again, proven=proven),
            *_voids(case, page),
        )

    case = desk.record(name, decide)
    _show(desk, case)
    _say_how_it_was_ranked(report, case)


def _ranked(report: Report, symptoms: tuple[str, ...]) -> Report | None:
    """Rank the causes by what the customer complains of; None where it need or can not be done."""
    from diagnose.judging.reranking import rerank
    from diagnose.knowledge.probes import load_probes
    from diagnose.model.digest import is_intact

    if {*report.intake.symptoms} == {*symptoms} or not is_intact(report):
        return None
    return rerank(report, symptoms, load_probes())


def _say_how_it_was_ranked(report: Report, case: Case) -> None:
    if case.ranked_again_by:
        click.echo(
            f"note: causes were ranked again by {', '.join(case.ranked_again_by)};"
            f" what was measured is as in the report {report.digest[:16]}",
            err=True,
        )
    elif missing := sorted({*case.intake.symptoms} - {*report.intake.symptoms}):
        given = "".join(f" --symptom {code}" for code in case.intake.symptoms)
        click.echo(
            f"note: causes are ranked without {', '.join(missing)}, for the report was made with"
            f" other fault knowledge; probe the phone again: diagnose run{given} --out DIR",
            err=True,
        )


@click.command("quote")
@click.argument("name", metavar="CASE")
@click.option("--shop", help="Whose price book: a file in profiles/shops, or a path.")
@click.option("--quote", "path", type=click.Path(path_type=Path), help="A quote made elsewhere.")
@click.option(
    "--cause",
    "causes",
    multiple=True,
    metavar="CODE",
    help="Repair these causes (default: those that are likely or certain).",
)
@click.option("--fee-told", is_flag=True, help="The customer was told the diagnosis fee before.")
@desk_options
def quote(
    desk: Desk,
    name: str,
    shop: str | None,
    path: Path | None,
    causes: tuple[str, ...],
    fee_told: bool,
) -> None:
    """Put the price of the repair on the page of a CASE.

    A quote that differs from what the customer agreed to voids his consent, and says why.
    """
    from diagnose.case.record.entries import quoted
    from diagnose.case.rules.page import quoted_page

    asked = desk.read_open(name)
    page = _page(asked)
    if path:
        made = _read_quote(path)
    else:
        shop = str(ask(shop, "Shop", option="--shop"))
        drawn, _ = _make_quote(page, shop, causes, fee_told=fee_told)
        received = asked.opened_at.astimezone().date()
        made = drawn.model_copy(update={"engineer": desk.actor, "received_on": received}), {}

    def decide(case: Case) -> Sequence[Entry]:
        if case.page is None or case.page.digest != page.digest:
            raise CaseRefused("the page was changed meanwhile", hint="make the quote again")
        new = quoted_page(case.page, *made)
        return (quoted(new), *_voids(case, new))

    _show(desk, desk.record(name, decide))


def _page(case: Case) -> Report:
    if case.page is None:
        raise CaseRefused(
            "the phone has not been diagnosed yet",
            hint=f"diagnose run --out DIR; diagnose case diagnose {case.case_id} --report DIR",
        )
    return case.page


def _make_quote(page: Report, shop: str, causes: Sequence[str], *, fee_told: bool) -> Made:
    from datetime import UTC, datetime

    from diagnose.case.rules.quote import make_quote
    from diagnose.knowledge.prices import load_price_book

    book = load_price_book(shop)
    now = datetime.now(UTC)
    return make_quote(page, book, now=now, causes=causes or None, fee_told_before=fee_told), {}


def _read_quote(path: Path) -> Made:
    """Read a quote: the bare object, or one with its `translations` beside it."""
    from pydantic import ValidationError

    from diagnose.model.quote import Quote

    try:
        said = json.loads(_bounded(path))
        body = said.get("quote", said)
        translations = said.get("translations", {})
        return Quote.model_validate(body), {
            str(lang): {str(en): str(text) for en, text in table.items()}
            for lang, table in translations.items()
        }
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogError(f"{path} is no quote: {where}: {first['msg']}") from problem
    except (ValueError, AttributeError, RecursionError) as problem:
        raise CatalogError(f"{path} is no quote: {problem}") from problem


def _bounded(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise NoSuchFile(f"{path} is no file")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_QUOTE)
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror}") from problem


def _voids(case: Case, page: Report) -> tuple[Entry, ...]:
    from diagnose.case.record.entries import voided
    from diagnose.case.rules.changes import voiding_of

    voiding = voiding_of(case, page)
    return (voided(voiding),) if voiding else ()


def _quote_of(case: Case) -> Quote | None:
    return case.page.quote if case.page else None


def _show(desk: Desk, case: Case) -> None:
    from diagnose.cli.case.view import show, voiding_lines, words_of
    from diagnose.model.case import Stage

    show(case, lang=desk.lang, as_json=desk.as_json)
    if case.stage is Stage.CONSENT_NEEDED and case.voidings:
        for line in voiding_lines(case.voidings[-1], _quote_of(case), words_of(case, desk.lang)):
            click.echo(line, err=True)

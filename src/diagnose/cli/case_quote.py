"""`diagnose case diagnose|quote`: the page the customer is shown."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case_desk import Desk, ask, desk_options
from diagnose.errors import CaseRefused, CatalogError, NoSuchFile, UsageError

if TYPE_CHECKING:
    from diagnose.casebook.events import Entry
    from diagnose.model.case import Case
    from diagnose.model.quote import Quote
    from diagnose.model.report import Report

LARGEST_QUOTE = 5_000_000
Made = tuple["Quote", Mapping[str, Mapping[str, str]]]


@click.command("diagnose")
@click.argument("name", metavar="CASE")
@click.option("--report", "path", type=click.Path(path_type=Path), help="A report, or its folder.")
@desk_options
def diagnose(desk: Desk, name: str, path: Path | None) -> None:
    """Attach to a CASE the report that `diagnose run --out DIR` made of its phone."""
    from diagnose.casebook.entries import diagnosed
    from diagnose.casework.page import case_page
    from diagnose.cli.report import load_report

    path = Path(ask(path, "The report's folder", option="--report"))
    report = load_report(path)

    def decide(case: Case) -> Sequence[Entry]:
        page = case_page(report, case.intake, case.page)
        return (diagnosed(page, report.digest), *_voids(case, page))

    case = desk.record(name, decide)
    _show(desk, case)
    if missing := sorted({*case.intake.symptoms} - {*report.intake.symptoms}):
        click.echo(
            f"note: the report was made without {', '.join(missing)};"
            " give diagnose run the same --symptom, so that causes are ranked by them",
            err=True,
        )


@click.command("quote")
@click.argument("name", metavar="CASE")
@click.option("--shop", help="Whose price book: a file in profiles/shops, or a path.")
@click.option("--quote", "path", type=click.Path(path_type=Path), help="A quote made elsewhere.")
@desk_options
def quote(desk: Desk, name: str, shop: str | None, path: Path | None) -> None:
    """Put the price of the repair on the page of a CASE.

    A quote that differs from what the customer agreed to voids his consent, and says why.
    """
    from diagnose.casebook.entries import quoted
    from diagnose.casework.page import quoted_page

    page = _page(desk.read(name))
    made = _read_quote(path) if path else _make_quote(page, ask(shop, "Shop", option="--shop"))

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


def _make_quote(page: Report, shop: str) -> Made:
    try:
        quoting: Any = importlib.import_module("diagnose.quote")
    except ModuleNotFoundError as problem:
        raise UsageError("no price books here yet", hint="give --quote FILE") from problem
    return quoting.make_quote(page, quoting.load_price_book(shop)), {}


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
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_QUOTE)
    except OSError as problem:
        raise NoSuchFile(f"cannot read {path}: {problem.strerror}") from problem


def _voids(case: Case, page: Report) -> tuple[Entry, ...]:
    from diagnose.casebook.entries import voided
    from diagnose.casework.changes import voiding_of

    voiding = voiding_of(case, page)
    return (voided(voiding),) if voiding else ()


def _show(desk: Desk, case: Case) -> None:
    from diagnose.cli.case_view import show, voiding_lines, words_of
    from diagnose.model.case import Stage

    show(case, lang=desk.lang, as_json=desk.as_json)
    if case.stage is Stage.CONSENT_NEEDED and case.voidings:
        for line in voiding_lines(case.voidings[-1], words_of(case, desk.lang)):
            click.echo(line, err=True)

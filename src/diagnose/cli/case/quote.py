"""`diagnose case diagnose|quote`: the page the customer is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, desk_options, this_case_argument, unproven_option
from diagnose.cli.case.probing import probe, probe_options
from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.cli.case.shop import shop_of
from diagnose.errors import CaseRefused, CatalogError, NoSuchFile
from diagnose.model.moment import day_text, local
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.case.record.events import Entry
    from diagnose.knowledge.prices import PriceBook
    from diagnose.model.case import Case
    from diagnose.model.quote import Quote
    from diagnose.model.report import Report

LARGEST_QUOTE = 5_000_000
Made = tuple["Quote", Mapping[str, Mapping[str, str]]]


@click.command("diagnose")
@this_case_argument
@click.option("--report", "path", type=click.Path(path_type=Path), help="A report, or its folder.")
@click.option("--other-phone", is_flag=True, help="The report is of another phone than before.")
@probe_options
@unproven_option
@desk_options
def diagnose(
    desk: Desk,
    name: str,
    path: Path | None,
    other_phone: bool,
    unproven: bool,
    **probing: Any,
) -> None:
    """Probe the phone of a CASE and keep the report; --report takes one that was made already.

    It is drawn again from the capture beside it, and refused where it differs.
    """
    from diagnose.case.record.entries import diagnosed
    from diagnose.case.rules.page import case_page
    from diagnose.jobs.report_files import load_report
    from diagnose.jobs.verification import is_proven

    case = desk.read_open(name)
    path = path or probe(desk, case, **probing)
    report = load_report(path)
    proven = is_proven(report, path, or_absent=unproven)
    other = other_phone or _is_other_phone(case, report)

    def decide(case: Case) -> Sequence[Entry]:
        ranked = _ranked(report, case.intake.symptoms)
        earlier = None if other else case.page
        page = case_page(ranked or report, case.intake, earlier)
        again = case.intake.symptoms if ranked else ()
        return (
            diagnosed(page, report.digest, ranked_again_by=again, proven=proven),
            *_voids(case, page),
        )

    case = desk.record(name, decide)
    _show(desk, case)
    _say_how_it_was_ranked(report, case)


def _is_other_phone(case: Case, report: Report) -> bool:
    """Ask about a report of another phone than the case's: it may be the wrong cable.

    Nobody there to be asked: it is refused, and --other-phone says that it is meant.
    """
    from diagnose.case.rules.phone import other_phone

    found = other_phone(case.page, report) if case.page else ()
    if not found or not is_interactive():
        return False
    question = Text(
        f"That report is of another phone: {'; '.join(t.en for t in found)}. Take it?",
        f"此报告来自另一部手机：{'；'.join(t.zh for t in found)}。确定使用？",
    )
    return click.confirm(in_words(question), abort=True, err=True)


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
@this_case_argument
@click.option("--shop", help="Whose price book (default: the shop of the case).")
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
        book = _book(asked, shop)
        told = fee_told or bool(asked.shop and asked.shop.fee_told)
        drawn = _make_quote(page, book, causes, fee_told=told)
        received = day_text(asked.opened_at, book.shop.time_zone)
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


def _book(case: Case, named: str | None) -> PriceBook:
    """Read the prices of the case's own shop; a case that was opened at none asks for one."""
    name, book = shop_of(named or (case.shop.shop if case.shop else None))
    if case.shop and book.shop.country != case.shop.country:
        raise CaseRefused(
            f"the case was opened at {case.shop.name}, in {case.shop.country}; {name} is in"
            f" {book.shop.country}",
            hint="law follows the shop: open a case of its own there",
        )
    return book


def _make_quote(page: Report, book: PriceBook, causes: Sequence[str], *, fee_told: bool) -> Quote:
    from datetime import datetime

    from diagnose.case.rules.quote import make_quote

    now = local(datetime.now().astimezone(), book.shop.time_zone)
    return make_quote(page, book, now=now, causes=causes or None, fee_told_before=fee_told)


def _read_quote(path: Path) -> Made:
    """Read a quote: the bare object, or one with its `translations` beside it."""
    from pydantic import ValidationError

    from diagnose.model.quote import Quote

    try:
        content = json.loads(_bounded(path))
        body = content.get("quote", content)
        translations = content.get("translations", {})
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

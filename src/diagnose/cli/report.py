"""`diagnose report`: show, render, verify, compare."""

from __future__ import annotations

from pathlib import Path

import click

from diagnose.cli.json_output import print_json
from diagnose.cli.options import (
    all_points_option,
    json_option,
    lang_option,
    page_lang_option,
    probe_dir_option,
)


@click.group("report")
def command() -> None:
    """Show, render, verify and compare reports."""


@command.command("show")
@click.argument("path", type=click.Path(path_type=Path))
@all_points_option
@json_option
@lang_option
def show_report(path: Path, all_points: bool, as_json: bool, lang: str) -> None:
    """Show the report at PATH (a report.json or its folder)."""
    from diagnose.jobs.report_files import load_report

    report = load_report(path)
    if as_json:
        print_json(report.model_dump(mode="json"))
        return
    from diagnose.report.terminal import print_report

    print_report(report, lang=lang, all_points=all_points)


@command.command("render")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--html", type=click.Path(path_type=Path), help="Write the sheet there, the annex in it."
)
@click.option(
    "--pdf", type=click.Path(path_type=Path), help="Write the sheet as PDF, the annex attached."
)
@click.option("--junit", type=click.Path(path_type=Path), help="Write a JUnit file there.")
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    help="The report from before the repair: shown beside this one.",
)
@page_lang_option
def render(
    path: Path,
    html: Path | None,
    pdf: Path | None,
    junit: Path | None,
    before: Path | None,
    lang: str,
) -> None:
    """Render the report at PATH again: sheet and annex as HTML beside it, or PDF, or JUnit."""
    from diagnose.jobs.delivery import write_view
    from diagnose.jobs.report_files import load_report
    from diagnose.report.record import Record

    report = load_report(path)
    folder = path if path.is_dir() else path.parent
    record = Record(before=load_report(before) if before else None)
    made: dict[Path, bytes] = {}
    if html or not (pdf or junit):
        from diagnose.report.html import render_html

        pages = render_html(report, lang=lang, record=record)
        made[html or folder / "report.html"] = pages.sheet.encode()
        if html is None:
            made[folder / "annex.html"] = pages.annex.encode()
    if pdf:
        from diagnose.report.pdf import render_pdf

        made[pdf] = render_pdf(report, lang=lang, record=record).sheet
    if junit:
        from diagnose.report.junit import render_junit

        made[junit] = render_junit([report]).encode()
    for place, data in made.items():
        write_view(folder, place, data)
        click.echo(str(place))


@command.command("verify")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--file",
    "more",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file of the same run that lies elsewhere (JUnit).",
)
@click.option("--trust", multiple=True, metavar="KEY", help="Public key of another station.")
@probe_dir_option
@json_option
def verify(
    path: Path,
    more: tuple[Path, ...],
    trust: tuple[str, ...],
    probe_dir: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Check that the report at PATH was not changed and follows from the capture beside it.

    Pages, PDF and JUnit must be those the run wrote: its signed manifest names them. The exit
    status is 0: all of that holds, 1: something was changed, 5: pages could not be checked.
    """
    from diagnose.jobs.report_files import load_report
    from diagnose.jobs.verification import exit_status, verify_report
    from diagnose.station.trust import trusted_keys

    folder = path if path.is_dir() else path.parent
    checks = verify_report(load_report(path), folder, trusted_keys(trust), more, probe_dir)
    if as_json:
        print_json({"checks": [check.model_dump() for check in checks]})
    for check in () if as_json else checks:
        click.echo(f"{'ok ' if check.ok else 'BAD' if check.ok is False else '?  '} {check.text}")
    return exit_status(checks)


@command.command("diff")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@json_option
@lang_option
def diff(before: Path, after: Path, as_json: bool, lang: str) -> int:
    """Compare two reports of one phone: what changed between BEFORE and AFTER."""
    from diagnose.jobs.report_files import load_report
    from diagnose.report.comparison import compare_reports

    old, new = load_report(before), load_report(after)
    compared = compare_reports(old, new)
    if as_json:
        print_json(compared.model_dump(mode="json"))
    else:
        from diagnose.report.terminal import print_comparison

        print_comparison(old, new, lang=lang)
    return 1 if compared.worse else 0

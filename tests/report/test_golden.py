"""Whole views of small reports against what they were; `pytest --update-golden` writes anew."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from tests.report import samples

from diagnose.model.digest import is_intact
from diagnose.model.report import Report
from diagnose.report.html import render_html
from diagnose.report.terminal import print_report

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("complete", "partial", "lost", "faulty", "repaired")
LANGUAGES = ("zh-CN", "en")


def read(name: str) -> Report:
    return Report.model_validate_json((GOLDEN / f"{name}.json").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_the_json_of_a_report_is_what_it_was(name: str, update_golden: bool) -> None:
    report: Report = getattr(samples, name)()
    text = report.model_dump_json(indent=1) + "\n"
    _compare(GOLDEN / f"{name}.json", text, update=update_golden)
    assert is_intact(report)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_reads_back_as_it_was_written(name: str) -> None:
    report = read(name)
    assert is_intact(report)
    assert report.model_dump_json() == getattr(samples, name)().model_dump_json()


@pytest.mark.parametrize("lang", [*LANGUAGES, "both"])
@pytest.mark.parametrize("name", NAMES)
def test_the_sheet_is_what_it_was(name: str, lang: str, update_golden: bool) -> None:
    record = samples.record() if name == "repaired" else None
    page = render_html(read(name), lang=lang, record=record).sheet
    page = re.sub(r"(?s)<style>.*?</style>", "<style></style>", page)
    page = re.sub(r'(?s)<details class="annex".*</details>\s*(?=</main>)', "", page)
    page = re.sub(r"(?s)<svg .*?</svg>", "<svg/>", page)
    _compare(GOLDEN / f"{name}.{lang}.html", page + "\n", update=update_golden)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["faulty", "repaired"])
def test_the_annex_is_what_it_was(name: str, lang: str, update_golden: bool) -> None:
    record = samples.record() if name == "repaired" else None
    page = render_html(read(name), lang=lang, record=record).annex
    page = re.sub(r"(?s)<style>.*?</style>", "<style></style>", page)
    _compare(GOLDEN / f"{name}.annex.{lang}.html", page + "\n", update=update_golden)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_terminal_shows_what_it_did(name: str, lang: str, update_golden: bool) -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False, markup=False, emoji=False)
    print_report(read(name), lang=lang, console=console)
    print_report(read(name), lang=lang, console=console, all_points=True)
    _compare(GOLDEN / f"{name}.{lang}.txt", out.getvalue(), update=update_golden)


def _compare(path: Path, text: str, *, update: bool) -> None:
    if update:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), f"if it was meant: pytest --update-golden ({path.name})"

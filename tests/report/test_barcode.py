"""The code on a sheet: every module where it belongs, with the number of its case or report."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import segno
from tests.case.rules.samples import agreed

from diagnose.report.barcode import code_text, draw_code
from diagnose.report.html import render_html
from diagnose.report.pdf import render_pdf
from diagnose.report.record import record_of

TEXT = code_text("20261122-4MBH8", "ab" * 32)


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a drawing, read back from its bars."""
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        dark |= {(int(x) + step - 4, int(y) - 4) for step in range(int(length))}
    return dark


def test_every_dark_module_is_drawn_and_no_other() -> None:
    matrix = segno.make(TEXT, error="m", micro=False).matrix
    expected = {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert modules(draw_code(TEXT)) == expected
    assert f'viewBox="0 0 {len(matrix) + 8} {len(matrix) + 8}"' in draw_code(TEXT)


def test_it_is_small_enough_to_be_printed_and_scanned() -> None:
    """37 modules and their margin on 26 mm: more than half a millimetre each."""
    assert segno.make(TEXT, error="m", micro=False).version == 5


@pytest.mark.parametrize("lang", ["en", "zh-CN", "both"])
def test_the_page_of_a_case_carries_its_number_and_code(lang: str) -> None:
    case = agreed().case
    assert case.page is not None
    page = render_html(case.page, lang=lang, record=record_of(case)).sheet
    assert draw_code(code_text(case.case_id, case.page.digest)) in page
    assert case.case_id in page
    alone = render_html(case.page, lang=lang).sheet
    assert draw_code(code_text(case.page.report_id, case.page.digest, of_case=False)) in alone


@pytest.mark.skipif(
    not (shutil.which("zbarimg") and shutil.which("pdftoppm")), reason="no zbarimg or pdftoppm"
)
def test_a_scanner_reads_it_off_the_printed_page(tmp_path: Path) -> None:
    case = agreed().case
    assert case.page is not None
    (tmp_path / "page.pdf").write_bytes(
        render_pdf(case.page, lang="en", record=record_of(case)).sheet
    )
    shown = ["pdftoppm", "-r", "150", "-l", "1", "-png", "page.pdf", "page"]
    subprocess.run(shown, cwd=tmp_path, check=True)
    (picture,) = tmp_path.glob("page*.png")
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == code_text(case.case_id, case.page.digest)

"""The sheet is one A4, front and back; the annex holds all evidence on few pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.judging.causes.bench import NOW, report_of
from tests.report import samples
from tests.report.test_chinese import SYMPTOMS, faults_of
from tests.thinning import one_in

from diagnose.case.rules.quote import make_quote
from diagnose.errors import UsageError
from diagnose.knowledge.prices import load_price_book
from diagnose.model.intake import Intake
from diagnose.model.report import Report
from diagnose.report.documents import build_documents, words_digest
from diagnose.report.html import render_html
from diagnose.report.pdf import render_pdf
from diagnose.report.phrase import flat
from diagnose.simulator.building import phone_names

FAULTS = ("battery-worn", "camera-missing", "drainer-app", "storage-full", "wifi-chip-dead")
SHOPS = {"zh-CN": "example-shenzhen", "en": "example-berlin"}


def quoted(report: Report, lang: str) -> Report:
    quote = make_quote(report, load_price_book(SHOPS[lang]), now=NOW)
    return report.model_copy(update={"quote": quote})


def faulty(phone: str, count: int, lang: str = "en") -> Report:
    """A phone with so many faults, complained of, and a quote for it."""
    for faults in combinations(FAULTS, count):
        try:
            return quoted(report_of(phone, faults, ("drains-fast", "slow", "fell")), lang)
        except UsageError:
            continue
    raise AssertionError(f"{phone} can have no {count} of them")


def page_count(made: bytes) -> int:
    return len(PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize("number", one_in(9, range(len(phone_names()))))
def test_sheet_and_annex_keep_to_their_paper_for_any_phone(number: int) -> None:
    lang = ("zh-CN", "en")[number % 2]
    made = render_pdf(faulty(phone_names()[number], 3, lang), lang=lang)
    assert page_count(made.sheet) <= 2
    assert page_count(made.annex) <= 8


@pytest.mark.parametrize("lang", one_in(2, ["zh-CN", "en"]))
@pytest.mark.parametrize("sentence", one_in(2, ["电池很快没电。", "It falls asleep. "]))
def test_the_longest_complaint_leaves_the_sheet_on_two_pages(lang: str, sentence: str) -> None:
    report = faulty("galaxy-s23", 3, lang)
    output = (sentence * 400)[:3990] + "END"
    told = Intake(complaint=output, symptoms=report.intake.symptoms)
    made = render_pdf(report.model_copy(update={"intake": told}), lang=lang)
    assert page_count(made.sheet) <= 2
    annex = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.annex)).pages)
    assert "END" in annex.replace("\u200b", ""), "every word of the customer is in the annex"


def test_five_faults_at_once_still_fit() -> None:
    made = render_pdf(faulty("galaxy-s23", 5), lang="en")
    assert page_count(made.sheet) <= 2
    assert page_count(made.annex) <= 8


@pytest.mark.parametrize("number", one_in(9, range(len(phone_names()))))
def test_the_worst_phones_keep_to_their_paper(number: int) -> None:
    """Up to six faults at once and a third of all symptoms: the pages that hold most."""
    lang = ("en", "zh-CN")[number % 2]
    phone = phone_names()[number]
    report = report_of(phone, faults_of(phone, number), SYMPTOMS[number::3])
    made = render_pdf(quoted(report, lang), lang=lang)
    assert page_count(made.sheet) <= 2
    assert page_count(made.annex) <= 8


def test_whether_the_complaint_was_found_again_comes_first() -> None:
    page = unescape(render_html(faulty("pixel-9", 3), lang="en").sheet)
    answers = page.index("Was it found again?")
    assert answers < page.index("points were tested") < page.index("A fault was found")
    assert "It cannot be tested from here, only by hand" in page


def test_headlines_say_the_fault_and_each_thing_stands_once() -> None:
    report = report_of("pixel-9", ("battery-worn", "camera-missing", "storage-full"))
    sheet = build_documents(report, lang="en").sheet
    headlines = [flat(found.headline) for found in sheet.found]
    assert "The camera on the back does not answer" in headlines
    titles = {result.title.en for result in report.results}
    assert not titles & set(headlines)
    causes = [flat(found.cause) for found in sheet.found] + [
        flat(row.label) for row in sheet.causes
    ]
    named = [cause for cause in causes if cause]
    assert len(named) == len(set(named))
    full = [line for line in headlines if "storage" in line.lower() or "free" in line.lower()]
    assert len(full) == 1, "a full storage shows in three values and is told once"


def test_what_only_a_person_can_test_is_a_list_of_its_own() -> None:
    for report in (report_of("pixel-9"), faulty("pixel-9", 3)):
        sheet = build_documents(report, lang="en").sheet
        rows = {flat(row.label): flat(row.value) for row in sheet.limits}
        assert "Sound of loudspeaker" in rows["Only a person can test"]
        assert "Touch at every place" in rows["Only a person can test"]


def test_four_choices_stand_two_by_two() -> None:
    for count in (1, 2, 3):
        report = faulty("pixel-9", count)
        number = len(build_documents(report, lang="en").sheet.choices)
        assert ('class="tiles four"' in render_html(report, lang="en").sheet) == (number == 4)


def test_work_and_part_are_one_price_and_each_choice_has_one_maximum() -> None:
    report = faulty("pixel-9", 2)
    assert report.quote
    sheet = build_documents(report, lang="en").sheet
    repair = sheet.choices[0]
    steps = [flat(row.label) for row in repair.steps]
    assert not any(step.startswith("Part:") for step in steps)
    actions = {item.action or item.code for item in report.quote.items}
    assert len(steps) == len(actions)
    assert flat(repair.most).endswith(f"{report.quote.total:,f}")
    assert len(sheet.sign_lines) == 3


def test_the_sheet_names_the_digest_of_the_annex_in_the_words_shown() -> None:
    for lang in ("en", "zh-CN"):
        documents = build_documents(samples.faulty(), lang=lang)
        assert documents.annex_digest == words_digest(documents.annex)
        assert documents.annex_digest in render_html(samples.faulty(), lang=lang).sheet
        assert documents.sheet.annex_digest == documents.annex_digest
    changed = samples.faulty().model_copy(update={"advice": ()})
    assert (
        build_documents(changed, lang="en").annex_digest
        != build_documents(samples.faulty(), lang="en").annex_digest
    )


def test_the_sheet_carries_the_annex_folded_and_links_it() -> None:
    html = render_html(samples.faulty(), lang="en")
    assert '<details class="annex" id="annex">' in html.sheet
    assert 'href="annex.html"' in html.sheet
    body = html.annex.split("</header>", 1)[1].split("</main>")[0].strip()
    assert body in html.sheet


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium")
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_on_a_telephone_the_price_stands_within_two_screens(tmp_path: Path, lang: str) -> None:
    """A frame of 390 px measures it: no window of a browser is that narrow."""
    page = render_html(faulty("pixel-9", 3, lang), lang=lang).sheet
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    (tmp_path / "page.html").write_text(page, "utf-8")
    (tmp_path / "frame.html").write_text(
        '<iframe id="f" src="page.html" style="width:390px;height:844px;border:0"></iframe>'
        "<script>onload=()=>{document.title=Math.round(document.getElementById('f')"
        ".contentDocument.querySelector('.choices .value').getBoundingClientRect().bottom)}"
        "</script>",
        "utf-8",
    )
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    shown = subprocess.run(
        [
            "chromium",
            *options,
            "--allow-file-access-from-files",
            "--virtual-time-budget=3000",
            "--dump-dom",
            (tmp_path / "frame.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=90,
    )
    found = re.search(r"<title>(\d+)</title>", shown.stdout)
    assert found, shown.stdout[:400]
    assert int(found[1]) <= 2 * 844

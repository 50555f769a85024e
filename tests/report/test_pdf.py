"""The PDF: what its text layer says, what is attached, and that nothing can keep it from being."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.report import samples
from tests.report.test_html import ATTACKS, poisoned
from tests.thinning import examples, one_in

from diagnose.model.report import Report
from diagnose.report import pdf
from diagnose.report.documents import build_documents
from diagnose.report.pdf import render_pdf

EMOJI = "电池👨‍👩‍👧🔋 ❤️ 한국어 ไทย العربية \U0010fffd"


def text_of(made: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    return re.sub(r"\s|\u200b", "", "".join(pages))


@pytest.mark.parametrize(
    ("lang", "on_sheet", "in_annex"),
    [
        ("zh-CN", ["检测到故障", "已检测4/5项", "418.00元"], ["电池已老化", "三包维修记录"]),
        ("en", ["Afaultwasfound", "4of5pointsweretested", "CNY418.00"], ["Repairrecord(China)"]),
        ("both", ["检测到故障", "Afaultwasfound"], ["三包维修记录", "Repairrecord(China)"]),
    ],
)
def test_the_text_layers_say_what_the_documents_say(
    lang: str, on_sheet: list[str], in_annex: list[str]
) -> None:
    made = render_pdf(samples.faulty(), lang=lang)
    sheet, annex = text_of(made.sheet), text_of(made.annex)
    assert all(words in sheet for words in on_sheet)
    assert all(words in annex for words in in_annex)


def test_coverage_stands_on_the_first_page_and_before_the_verdict() -> None:
    first = (
        PdfReader(io.BytesIO(render_pdf(samples.faulty(), lang="en").sheet)).pages[0].extract_text()
    )
    text = re.sub(r"\s", "", first)
    assert 0 < text.index("4of5points") < text.index("Afaultwasfound")


def test_the_report_is_attached_whole() -> None:
    report = samples.faulty()
    made = render_pdf(report, lang="zh-CN")
    attachments = PdfReader(io.BytesIO(made.sheet)).attachments
    assert set(attachments) == {"report.json", "annex.pdf"}
    assert attachments["annex.pdf"] == [made.annex]
    (attached,) = attachments["report.json"]
    assert attached.decode() == report.model_dump_json(indent=2) + "\n"
    assert Report.model_validate_json(attached).digest == report.digest


@pytest.mark.parametrize(("side", "title"), [("sheet", "手机检测报告"), ("annex", "技术附件")])
def test_it_is_tagged_and_archival(side: str, title: str) -> None:
    made = getattr(render_pdf(samples.faulty(), lang="zh-CN"), side)
    reader = PdfReader(io.BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"].lower().startswith("zh")
    assert "/StructTreeRoot" in root
    metadata = root["/Metadata"].get_object().get_data().decode()
    for mark in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert mark in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == f"{title}: Acme One"


def test_all_fonts_are_inside_and_ours() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(samples.faulty(), lang="both").annex))
    fonts = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            fonts.add(str(descriptor["/FontName"]).split("+")[-1])
    assert fonts
    assert all(name.startswith("Diagnose") for name in fonts)


def test_the_same_report_gives_the_same_bytes() -> None:
    again = Report.model_validate_json(samples.faulty().model_dump_json())
    assert render_pdf(samples.faulty(), lang="both") == render_pdf(again, lang="both")


def test_the_case_is_shown_with_the_report_after_the_repair() -> None:
    text = text_of(render_pdf(samples.repaired(), lang="en", record=samples.record()).annex)
    for words in ("Beforeandafter", "changedwithoutbeingagreed", "Thecustomersays:itissolved"):
        assert words in text


@pytest.mark.parametrize(
    "words", one_in(4, [*ATTACKS, EMOJI, "#set page(width: 1pt)", "a" * 3000, "$x^2$ *b* _i_ @r"])
)
def test_nothing_that_is_said_keeps_it_from_being_made(words: str) -> None:
    made = render_pdf(poisoned(words), lang="zh-CN").sheet
    reader = PdfReader(io.BytesIO(made))
    attached = json.loads(reader.attachments["report.json"][0])
    assert attached["intake"]["complaint"] == words


def test_markup_of_the_typesetter_is_text() -> None:
    text = text_of(render_pdf(poisoned('#panic("x") *bold* $x$ = h'), lang="en").annex)
    assert '#panic("x")*bold*$x$=h' in text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_only_what_the_fonts_can_draw_reaches_the_typesetter(words: str) -> None:
    fitted = pdf.fit([words])[0]
    assert set(fitted) <= pdf.drawable() | {"\u200b"}


@given(st.text(alphabet="abcdefghij/._-", min_size=20, max_size=300))
def test_long_runs_may_break_but_lose_nothing(words: str) -> None:
    fitted = pdf.fit(words)
    assert fitted.replace("\u200b", "") == words
    assert max(map(len, fitted.split("\u200b"))) <= 23


@settings(max_examples=examples(8), deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_words_make_a_document(words: str) -> None:
    assert render_pdf(poisoned(words), lang="both").sheet.startswith(b"%PDF-1.7")


def test_our_own_words_need_no_replacement() -> None:
    for lang in ("zh-CN", "en"):
        words = build_documents(samples.faulty(), lang=lang).sheet.head.words
        labels = "".join(span.text for phrase in words.values() for span in phrase)
        assert set(labels) <= pdf.drawable()


@pytest.mark.parametrize(
    "words", ["<svg ", "<svg onload=x>", "<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_nothing_is_taken_for_a_drawing_by_how_it_begins(words: str) -> None:
    text = text_of(render_pdf(poisoned(words), lang="en").sheet)
    assert re.sub(r"\s", "", words)[:8] in text

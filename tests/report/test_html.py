"""The page for everybody: readable by a screen reader, harmless whatever a phone says."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report import samples
from tests.thinning import examples

from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report import palette
from diagnose.report.documents import build_documents
from diagnose.report.html import render_html

LANGUAGES = ("zh-CN", "en", "both")
REPORTS = ("complete", "partial", "lost", "faulty", "repaired")
VOID = {"meta", "br", "img", "hr", "input", "link"}
DRAWING = {"svg", "rect", "line", "text", "circle", "path", "polyline"}


class Document(HTMLParser):
    """The elements of a page in their order, and the text inside and outside of them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.broken: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(
    params=[(n, lang, side) for n in REPORTS for lang in LANGUAGES for side in ("sheet", "annex")],
    ids=str,
)
def page(request: pytest.FixtureRequest) -> str:
    return _page(*request.param)


@cache
def _page(name: str, lang: str, side: str) -> str:
    record = samples.record() if name == "repaired" else None
    html: str = getattr(render_html(getattr(samples, name)(), lang=lang, record=record), side)
    return html


def test_every_element_is_closed_in_its_order(page: str) -> None:
    document = Document(page)
    assert document.broken == []
    assert document.open == []


def test_headings_never_skip_a_level(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Document(page).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_has_words(page: str) -> None:
    document = Document(page)
    pictures = [a for a in document.named("div") if a.get("role") == "img"]
    assert len(pictures) == len(document.named("svg"))
    assert all(picture["aria-label"] for picture in pictures)


def test_every_heading_of_a_table_says_what_it_heads(page: str) -> None:
    headers = Document(page).named("th")
    assert headers
    assert all(header.get("scope") in {"col", "row"} for header in headers)


def test_the_language_is_marked(page: str) -> None:
    document = Document(page)
    (root,) = document.named("html")
    assert root["lang"] in {"zh-CN", "en"}
    spans = {a["lang"] for a in document.named("span") if "lang" in a}
    assert spans <= {"zh-CN", "en"}


def test_the_page_needs_nothing_and_runs_nothing(page: str) -> None:
    document = Document(page)
    policy = next(a["content"] for a in document.named("meta") if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert not document.named("script", "link", "iframe", "object", "embed", "form", "img")
    assert {a["href"] for a in document.named("a")} <= {"#annex", "annex.html", "report.html"}
    assert not re.search(r"url\(|@import", page)
    for tag, attributes in document.elements:
        assert not {"src", "style", "onload"} & set(attributes), tag


def test_ids_are_unique(page: str) -> None:
    ids = [a["id"] for _, a in Document(page).elements if a.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_coverage_stands_before_the_verdict(lang: str) -> None:
    page = render_html(samples.faulty(), lang=lang).sheet
    coverage = {"zh-CN": "已检测 4 / 5 项", "en": "4 of 5 points", "both": "已检测 4 / 5 项"}[lang]
    verdict = {"zh-CN": "检测到故障", "en": "A fault was found", "both": "检测到故障"}[lang]
    assert 0 < page.index(coverage) < page.index(verdict)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["partial", "lost", "faulty", "repaired"])
def test_a_phone_tested_in_part_is_never_called_healthy(name: str, lang: str) -> None:
    report: Report = getattr(samples, name)()
    verdict = build_documents(report, lang=lang).sheet.verdict
    assert verdict.partial
    assert verdict.mark.tone != "pass"
    text = render_html(report, lang=lang).sheet.lower()
    for word in ("healthy", "everything planned was tested", "计划项目全部完成检测", "健康。"):
        assert word not in text


def test_of_a_phone_that_said_next_to_nothing_no_verdict_is_given() -> None:
    report = samples.make(samples.identity(), samples.camera_refused(), samples.touch_broken())
    verdict = build_documents(report, lang="en").sheet.verdict
    assert verdict.mark.tone == "not_run"
    assert [span.text for span in verdict.words] == ["Too little could be tested for a verdict"]


def test_a_phone_tested_whole_says_so() -> None:
    verdict = build_documents(samples.complete(), lang="en").sheet.verdict
    assert verdict.partial == ()
    assert verdict.mark.tone == "pass"


def at_a_shop_in(country: str) -> Report:
    report = samples.faulty()
    assert report.quote is not None
    shop = report.quote.shop.model_copy(update={"country": country})
    quote = report.quote.model_copy(update={"shop": shop})
    return report.model_copy(update={"quote": quote})


EUROPEAN = ("1. 维修商", "REG-1", "Place of hand-over", "Ancillary services", "2024/1799")
CHINESE = ("送修日期", "送修故障情况", "故障原因", "故障处理情况", "交验日期", "维修人员签字")


@pytest.mark.parametrize(
    ("country", "there", "not_there"),
    [("DE", EUROPEAN, CHINESE), ("CN", CHINESE, EUROPEAN[2:]), ("US", (), EUROPEAN[2:] + CHINESE)],
)
def test_the_forms_follow_the_shop(
    country: str, there: tuple[str, ...], not_there: tuple[str, ...]
) -> None:
    page = render_html(at_a_shop_in(country), lang="both", record=samples.record()).annex
    assert [field for field in there if field not in page] == []
    assert [field for field in not_there if field in page] == []


def test_private_values_are_on_the_form_of_the_customers_copy_only() -> None:
    page = render_html(samples.faulty(), lang="both", record=samples.record()).annex
    for private in ("000000000000000", "NAC-1", "王小明"):
        assert private in page
        assert private not in render_html(samples.faulty(), lang="both").sheet


def test_a_text_without_translation_is_marked_as_english() -> None:
    report = samples.complete().model_copy(update={"translations": {}})
    read_back = Report.model_validate_json(report.model_dump_json())
    assert '<span lang="en">Battery wear</span>' in render_html(read_back, lang="zh-CN").annex


def test_results_of_one_area_stand_together_whatever_their_order() -> None:
    report = samples.complete()
    mixed = report.model_copy(update={"results": (*report.results, samples.battery(97.0))})
    titles = [area.title for area in build_documents(mixed, lang="en").annex.areas]
    assert len(titles) == len(set(titles))


ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>*{display:none}",
    "{{ 7*7 }}{% raw %}",
    "]]>&xxe;<!ENTITY x>",
    "' onmouseover='alert(1)",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202egnp.exe",
    "=HYPERLINK(1)",
    "<svg xmlns=x><script>alert(1)</script></svg>",
)
HOSTILE = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=40),
    st.text(alphabet="<>&\"'`={}%/\\ \x00\x1b\u202e", min_size=1, max_size=30),
)


def poisoned(words: str) -> Report:
    """A report in which everything a phone or a person can say is this."""
    report = samples.faulty()
    results = tuple(
        result.model_copy(
            update={
                "detail": words,
                "measurements": tuple(
                    m.model_copy(
                        update={
                            "value": words if isinstance(m.value, str | bool) else m.value,
                            "evidence": tuple(
                                e.model_copy(update={"raw": words, "request": words})
                                for e in m.evidence
                            ),
                            "readings": tuple(
                                r.model_copy(update={"source": words, "note": Text(words)})
                                for r in m.readings
                            ),
                        }
                    )
                    for m in result.measurements
                ),
            }
        )
        for result in report.results
    )
    names = ("brand", "model", "marketing_name", "os", "os_version", "build", "serial_masked")
    commands = tuple(
        c.model_copy(update={"request": words, "data_class": words, "status": words})
        for c in report.privacy.commands
    )
    return report.model_copy(
        update={
            "device": report.device.model_copy(update=dict.fromkeys(names, words)),
            "station": words,
            "results": results,
            "intake": report.intake.model_copy(
                update={"complaint": words, "symptoms": (words,), "condition": (words,)}
            ),
            "privacy": report.privacy.model_copy(
                update={"commands": commands, "data_classes": (words,)}
            ),
        }
    )


@settings(max_examples=examples(40), deadline=None)
@given(HOSTILE)
def test_nothing_a_phone_says_is_ever_markup(words: str) -> None:
    clean = Document(render_html(poisoned("harmless"), lang="both").sheet)
    document = Document(render_html(poisoned(words), lang="both").sheet)
    assert document.broken == []
    known = {tag for tag, _ in clean.elements} | DRAWING
    assert {tag for tag, _ in document.elements} <= known
    attributes = {name for _, a in clean.elements for name in a}
    assert {name for _, a in document.elements for name in a} <= attributes


@pytest.mark.parametrize("words", ATTACKS)
def test_an_attack_stands_there_as_text(words: str) -> None:
    page = render_html(poisoned(words), lang="en").sheet
    if set(words) & set("<>&\"'\x1b\u202e"):
        assert words not in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    shown = re.sub("[\x00-\x1f\u202e]", "\ufffd", words)
    assert shown in "".join(Document(page).texts)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_all_text_has_enough_contrast() -> None:
    style = re.search(r"(?s)<style>(.*?)</style>", render_html(samples.complete(), lang="en").sheet)
    assert style
    variables = dict(re.findall(r"--(ink|soft|accent|paper|wash):(#[0-9a-f]{6})", style[1]))
    for name in ("ink", "soft", "accent"):
        for ground in ("paper", "wash"):
            assert contrast(variables[name], variables[ground]) >= 4.5, (name, ground)
    tones = re.findall(
        r"\.tone-(\w+)\{--tone:(#\w{6});--tone-fill:(#\w{6});--tone-wash:(#\w{6})", style[1]
    )
    assert {tone[0] for tone in tones} == {outcome.value for outcome in Outcome}
    for name, ink, _fill, wash in tones:
        assert contrast(ink, "#ffffff") >= 4.5, name
        assert contrast(ink, wash) >= 4.5, name
        assert contrast(variables["soft"], wash) >= 4.5, name


def test_every_outcome_has_a_colour_and_a_symbol_of_its_own() -> None:
    assert set(palette.TONES) == set(OUTCOMES)
    assert len({traits.symbol for traits in OUTCOMES.values()}) == len(OUTCOMES)

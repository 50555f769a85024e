"""No English sentence stands on a Chinese page or in the Chinese terminal view."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import pytest
from rich.console import Console
from tests.english import sentences
from tests.judging.causes.bench import NOW, report_of
from tests.report import samples
from tests.thinning import one_in

from diagnose.case.rules.quote import make_quote
from diagnose.errors import UsageError
from diagnose.knowledge.prices import load_price_book
from diagnose.knowledge.symptoms import load_symptoms
from diagnose.model.report import Report
from diagnose.report.html import render_html
from diagnose.report.terminal import print_report
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.registry import FAULTS, load_areas

ROOT = Path(__file__).parent.parent.parent
_CODE = re.compile(r"(?s)<(code|style|svg|title)\b.*?</\1>|<[^>]+>")
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
SYMPTOMS = tuple(load_symptoms())


def faults_of(phone: str, number: int) -> tuple[str, ...]:
    """Some faults that go together on this phone, others for each."""
    load_areas()  # else a process of its own knows no fault yet, and tests a healthy phone
    chosen: list[str] = []
    for name in sorted(FAULTS)[number::9]:
        if _can_have(phone, (*chosen, name)):
            chosen.append(name)
    assert chosen
    return tuple(chosen[:6])


def words_of(html: str) -> str:
    return unescape(_CODE.sub(" ", html))


@pytest.mark.parametrize("number", one_in(3, range(len(phone_names()))))
def test_pages_and_terminal_of_faulty_phones_are_chinese(number: int) -> None:
    phone = phone_names()[number]
    report = report_of(phone, faults_of(phone, number), SYMPTOMS[number::3])
    quote = make_quote(report, load_price_book("example-shenzhen"), now=NOW)
    _check(report.model_copy(update={"quote": quote}))


@pytest.mark.slow
def test_every_fault_shows_in_chinese() -> None:
    """Each fault once, as many at a time as go together: all values and reasons they bring."""
    load_areas()
    left, shown = sorted(FAULTS), 0
    for number in range(4 * len(phone_names())):
        phone = phone_names()[number % len(phone_names())]
        chosen: list[str] = []
        for name in left:
            if len(chosen) < 8 and _can_have(phone, (*chosen, name)):
                chosen.append(name)
        left = [name for name in left if name not in chosen]
        if chosen:
            shown += len(chosen)
            report = report_of(phone, tuple(chosen), SYMPTOMS[number % 3 :: 3])
            quote = make_quote(report, load_price_book("example-shenzhen"), now=NOW)
            _check(report.model_copy(update={"quote": quote}))
    assert not left
    assert shown == len(FAULTS)


def _can_have(phone: str, faults: tuple[str, ...]) -> bool:
    try:
        build_phone(phone, faults, now=NOW)
    except UsageError:
        return False
    return True


@pytest.mark.parametrize("name", ["complete", "partial", "lost", "faulty", "repaired"])
def test_pages_of_every_end_are_chinese(name: str) -> None:
    _check(getattr(samples, name)())


def _check(report: Report) -> None:
    html = render_html(report, lang="zh-CN")
    for words in (words_of(html.sheet), words_of(html.annex)):
        assert not sentences(words.replace(samples.MAKER.text.en, "")), sentences(words)
    out = io.StringIO()
    console = Console(file=out, width=120, highlight=False, markup=False, emoji=False)
    print_report(report, lang="zh-CN", console=console, all_points=True)
    print_report(report, lang="zh-CN", console=console)
    assert not sentences(out.getvalue()), sentences(out.getvalue())


def glossary() -> list[tuple[str, str, str]]:
    rows = _ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))
    return [(e.strip(), zh.strip(), avoided.strip()) for e, zh, _, avoided in rows[2:]]


def test_one_thing_has_one_term() -> None:
    """What the glossary does not want stands in no text of ours."""
    texts = [*ROOT.glob("src/diagnose/**/*.py"), *ROOT.glob("src/diagnose/**/*.toml")]
    texts += [*ROOT.glob("probes/**/*.py"), *ROOT.glob("probes/**/*.toml")]
    texts += [*ROOT.glob("profiles/*.toml"), ROOT / "README.zh-CN.md"]
    found = [
        f"{path.relative_to(ROOT)}: {avoided}, not {chinese}"
        for path in texts
        for _, chinese, avoided in glossary()
        if avoided in path.read_text("utf-8")
    ]
    assert len(glossary()) > 20
    assert not found, "\n".join(found)

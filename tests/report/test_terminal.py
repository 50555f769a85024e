"""The terminal view: 80 columns, no colour needed, nothing a phone says reaches the terminal."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from tests.judging.causes.bench import report_of
from tests.report import samples
from tests.report.test_html import ATTACKS, poisoned

from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.report.columns import cells, cut, wrap
from diagnose.report.terminal import PhoneLine, print_comparison, print_report, print_table
from diagnose.report.wording import PageWords, verdict_of

NAMES = ("complete", "partial", "lost", "faulty", "repaired")
MIXED = st.text(alphabet="ab 中文，。（）\u00e9\u0301漢ｗ…·✓", max_size=120)


def shown(
    report: Report, lang: str, *, width: int = 80, colour: bool = False, all_points: bool = False
) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False
    )
    print_report(report, lang=lang, console=console, all_points=all_points)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_lines_fit_and_end_without_blanks(name: str, lang: str, width: int) -> None:
    for all_points in (False, True):
        text = shown(getattr(samples, name)(), lang, width=width, all_points=all_points)
        for line in text.splitlines():
            assert cell_len(line) <= width
            assert line == line.rstrip()


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
@pytest.mark.parametrize("phone", ["pixel-9", "galaxy-s23", "emulator-14"])
def test_what_matters_takes_thirty_lines_of_eighty_columns(phone: str, lang: str) -> None:
    wanted = ("battery-worn", "camera-missing", "drainer-app", "storage-full", "wifi-chip-dead")
    report = report_of(phone, () if phone == "emulator-14" else wanted, ("slow", "fell", "camera"))
    told = report.intake.model_copy(update={"complaint": "It is slow and falls asleep. " * 30})
    lines = shown(report.model_copy(update={"intake": told}), lang).splitlines()
    assert len(lines) <= 30
    assert set(lines[-1]) == {"━"}
    text = "\n".join(lines)
    assert "--all-points" in text
    verdict = PageWords.of(report, lang)(verdict_of(report))
    assert verdict in " ".join(line.strip() for line in lines)
    assert ("next: " in text) == (lang == "en")
    assert ("下一步：" in text) == (lang == "zh-CN")
    everything = shown(report, lang, all_points=True)
    for result in report.results:
        title = result.title.en if lang == "en" else result.title.zh
        assert cut(title, 28) in everything


def test_the_table_names_every_phone_and_why_one_was_not_examined() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False, markup=False, emoji=False)
    phones = (
        PhoneLine("usb:1-4", "Pixel 9", Text("A fault was found", "检测到故障"), 1),
        PhoneLine("usb:1-2", "", Text("not examined: unauthorized", "未检测：未授权"), 4),
    )
    print_table(phones, lang="zh-CN", console=console)
    lines = out.getvalue().splitlines()
    assert lines[0] == "全部手机"
    assert lines[1].split() == ["✗", "usb:1-4", "Pixel", "9", "检测到故障"]
    assert lines[2].split() == ["-", "usb:1-2", "未检测：未授权"]


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_coverage_comes_first_and_the_verdict_last(lang: str) -> None:
    lines = shown(samples.faulty(), lang).splitlines()
    coverage = next(i for i, line in enumerate(lines) if "4/5" in line or "4 of 5" in line)
    assert coverage < 5
    assert set(lines[-1]) == {"━"}
    assert lines[-2] in {" ✗ 检测到故障", " ✗ A fault was found"}


def test_a_partial_verdict_says_that_it_is_partial() -> None:
    end = shown(samples.partial(), "en").splitlines()[-5:]
    assert "2 of 4 points were not tested" in end[0]
    assert "a required probe gave no answer: camera.census" in end[1] + end[2]
    assert end[3] == " · No fault found in what could be tested"


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_no_terminal_the_same_is_printed(
    name: str, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    print_report(getattr(samples, name)(), lang=lang)
    assert capsys.readouterr().out == shown(getattr(samples, name)(), lang, width=72)


@pytest.mark.parametrize("answer", ["", "wide", "-3", "99999999"])
def test_a_width_that_is_none_is_80(
    answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", answer)
    print_report(samples.faulty(), lang="en")
    assert capsys.readouterr().out == shown(samples.faulty(), "en", width=80)


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in shown(samples.faulty(), "zh-CN")
    assert "\x1b[" in shown(samples.faulty(), "zh-CN", colour=True)


@pytest.mark.parametrize("words", ATTACKS)
def test_no_control_of_a_phone_reaches_the_terminal(words: str) -> None:
    text = shown(poisoned(words), "en")
    assert all(character == "\n" or character.isprintable() for character in text)


def test_further_lines_stand_under_their_own_column() -> None:
    report = samples.make(samples.battery(55.0))
    long = report.results[0].findings[0].model_copy(update={"text": Text("word " * 40, "电" * 90)})
    results = (report.results[0].model_copy(update={"findings": (long,)}),)
    worded = report.model_copy(update={"results": results})
    lines = shown(worded, "en", all_points=True).splitlines()
    start = next(i for i, line in enumerate(lines) if "word" in line)
    column = lines[start].index("word")
    assert lines[start + 1].startswith(" " * column + "word")


def test_a_comparison_names_both_values() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80)
    print_comparison(samples.faulty(), samples.repaired(), lang="en", console=console)
    assert "✗ → ✓  State of health  55 % → 100 %" in out.getvalue()


@given(MIXED, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(MIXED, st.integers(2, 40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width
    assert cut(text, max(cells(text), 1)) == text


def test_chinese_breaks_anywhere_but_before_its_punctuation() -> None:
    assert wrap("电池容量，约剩", 8) == ["电池容", "量，约剩"]
    assert wrap("a long word 电池", 6) == ["a long", "word", "电池"]

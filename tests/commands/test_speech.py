"""Everything a person reads is Chinese where he reads Chinese: errors, help, questions, notes."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from tests.commandline import diagnose_here
from tests.english import sentences, set_by_the_command_line

from diagnose.cli import cli
from diagnose.cli.speech import catalogue, translate

CAPTURE = Path(__file__).parent.parent / "captures" / "pixel-9"
COMMANDS = sorted(cli.list_commands(click.Context(cli)))
CASES = {"DIAGNOSE_CASEBOOK": "/nonexistent/never/cases.db"}
_HOLE = re.compile(r"\{(\d*)\}")


def chinese(*words: str | Path) -> str:
    """What a command says to somebody who reads Chinese."""
    ended = diagnose_here(*words, env={"LC_ALL": "zh_CN.UTF-8", **CASES})
    return ended.out + ended.err


def test_every_sentence_of_the_command_line_has_its_chinese() -> None:
    known = catalogue()
    missing = {
        sentence.strip(): place
        for sentence, place in set_by_the_command_line()
        if sentence.strip() not in known and sentences(sentence.replace("{}", "X"))
    }
    assert not missing, "\n".join(f"{place}: {output!r}" for output, place in missing.items())


def test_a_sentence_and_its_chinese_fill_in_the_same() -> None:
    for english, output in catalogue().items():
        holes = len(_HOLE.findall(english))
        named = [int(number) for number in _HOLE.findall(output) if number]
        assert len(_HOLE.findall(output)) <= holes, english
        assert all(number < holes for number in named), english
        assert sorted(re.findall(r"\{[a-z_]+(?:!r)?\}", english.replace("!r", ""))) == sorted(
            re.findall(r"\{[a-z_]+(?:!r)?\}", output.replace("!r", ""))
        ), english


def test_what_is_filled_in_is_said_in_chinese_too() -> None:
    assert translate("no symptom is called 'hpp'") == "没有名为 'hpp' 的故障现象"
    assert translate("cannot write /x/y: No space left on device") == "无法写入 /x/y：磁盘空间不足"
    assert translate("an unheard of sentence") == "an unheard of sentence"


def test_a_mark_before_a_sentence_with_something_filled_in_hides_nothing() -> None:
    """`ok`, `BAD`, `→` and blanks stand before some sentences, and belong to some keys."""
    marked = [key for key in catalogue() if re.match(r"\s*(ok|BAD|\?|→)? +.*[a-z]{3}", key)]
    assert marked
    for key in marked:
        english = _HOLE.sub("X9", key)
        assert translate(english) != english, key
    translated = translate("ok  private values were erased on 2026-11-26 for: he asked")
    assert translated == "正常  个人信息已于 2026-11-26 删除（原因：he asked）"


def test_several_sentences_filled_in_are_each_said_in_chinese() -> None:
    other = "model A, now B; another serial number (a / b); board x, now y"
    translated = translate(f"that report is of another phone: {other}")
    assert translated == "该报告属于另一部手机：型号 A，现为 B；序列号不同（a / b）；主板 x，现为 y"
    withdrawn = translate("the customer's consent was withdrawn; it needs a new one")
    assert withdrawn == "客户的同意已撤回，需要重新征得同意"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese(command: str) -> None:
    found = sentences(chinese(command, "--help"))
    assert command == "evaluate" or not found, found


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("run", "--simulated", "pixel-99"),
        ("run", "--simulated", "pixel-9+unauthorized"),
        ("run", "--nonsense"),
        ("run", "--symptom", "hp", "--dry-run"),
        ("run", "--plan", "quick", "--dry-run"),
        ("run", "--pdf"),
        ("replay", "/nowhere"),
        ("report", "show", "/nowhere"),
        ("report",),
        ("faults", "show", "nothing.there"),
        ("profiles", "show", "nothing"),
        ("case", "show", "20200101-XXXXX"),
        ("case", "erase", "--due", "--dry-run"),
        ("doctor",),
        ("devices",),
    ],
    ids=" ".join,
)
def test_what_is_said_is_chinese(words: tuple[str, ...]) -> None:
    output = chinese(*words)
    assert re.search(r"[\u4e00-\u9fff]", output), output
    assert not sentences(output), (sentences(output), output)


def test_verify_and_diff_are_chinese(tmp_path: Path) -> None:
    assert not sentences(chinese("replay", CAPTURE, "--out", tmp_path))
    for words in (("verify", tmp_path), ("diff", tmp_path, tmp_path)):
        output = chinese("report", *words)
        assert re.search(r"[\u4e00-\u9fff]", output), output
        assert not sentences(output), (sentences(output), output)


def test_english_is_spoken_again_after_chinese() -> None:
    assert "用法" in chinese("run", "--help")
    english = diagnose_here("run", "--help", env={"LC_ALL": "C.UTF-8"})
    assert "Usage:" in english.out
    assert "Probe a phone and judge it." in english.out

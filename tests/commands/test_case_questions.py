"""Questions to the engineer: each has its Chinese, and the command's language decides."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from diagnose.cli.case import questions as case_questions
from diagnose.cli.case.questions import in_words
from diagnose.model.text import Text

CLI = Path(case_questions.__file__).parent


_PLACES = {"ask": 1, "confirm": 0, "in_words": 0, "_known": 2, "_file": 1, "yes_no": 0}
"""Where a function takes the question it asks."""


def asked() -> Iterator[str]:
    """Every question that stands as a plain string in a command."""
    for path in sorted(CLI.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = _PLACES.get(node.func.id)
                if place is not None and len(node.args) > place:
                    output = node.args[place]
                    if isinstance(output, ast.Constant):
                        yield str(output.value)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names = [one.id for one in node.targets if isinstance(one, ast.Name)]
                yield from [str(node.value.value)] * (names == ["question"])


def test_every_question_has_its_chinese() -> None:
    questions = set(asked())
    assert len(questions) > 8
    assert {one for one in questions if in_lang("zh-CN", one) == one} == set()


@pytest.mark.parametrize(
    ("lang", "answer"), [("zh-CN", "原因是？"), ("en", "Why?"), ("both", "Why?")]
)
def test_the_commands_language_decides(lang: str, answer: str) -> None:
    assert in_lang(lang, "Why?") == answer
    assert in_lang(lang, "Nobody asked this before") == "Nobody asked this before"
    assert in_lang(lang, Text("Why? 1", "原因是？ 1")) == answer + " 1"


def in_lang(lang: str, question: str | Text) -> str:
    with click.Context(click.Command("case"), info_name="case") as context:
        context.params["lang"] = lang
        return in_words(question)

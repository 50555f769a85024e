"""What the engineer is asked on a terminal, in the language of the command."""

from __future__ import annotations

import sys

import click

from diagnose.cli.speech import translate
from diagnose.model.text import Text
from diagnose.station.language import default_language


def is_interactive() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def in_words(question: str | Text) -> str:
    """Say a question in the language of the command."""
    context = click.get_current_context(silent=True)
    lang = (context.params.get("lang") if context else None) or default_language()
    if isinstance(question, str):
        return translate(question) if lang == "zh-CN" else question
    return question.in_language(lang)

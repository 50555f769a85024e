"""What the engineer is asked on a terminal, in the language of the command."""

from __future__ import annotations

import click

from diagnose.cli.speech import say
from diagnose.model.text import Text
from diagnose.station.language import default_language


def in_words(question: str | Text) -> str:
    """Say a question in the language of the command."""
    if isinstance(question, str):
        return say(question)
    context = click.get_current_context(silent=True)
    lang = (context.params.get("lang") if context else None) or default_language()
    return question.zh if lang == "zh-CN" and question.zh else question.en

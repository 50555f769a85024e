"""Which shop a case is at: named, as it was set, or asked for once and then kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.errors import DiagnoseError, UsageError
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.knowledge.prices import PriceBook


def shop_of(named: str | None) -> tuple[str, PriceBook]:
    """Give the name of the shop file and what is in it.

    Raises `UsageError` where none is named or set and nobody can be asked; `UnknownName`,
    `PriceBookInvalid` for a file that is none.
    """
    from diagnose.knowledge.prices import load_price_book, shop_names
    from diagnose.station.settings import settings

    name = named or settings().shop or _asked()
    book = load_price_book(name)
    return name if name in shop_names() else str(Path(name).resolve()), book


def _asked() -> str:
    """Ask on a terminal, and keep the answer: law and prices follow the shop from then on."""
    from diagnose.knowledge.prices import load_price_book, shop_names
    from diagnose.station.settings import write_settings, written_settings

    shops = ", ".join(shop_names())
    if not is_interactive():
        raise UsageError(
            "which shop? Currency, forms, warranty and retention follow it",
            hint=f"--shop NAME ({shops}, or a path); once for all: diagnose config --shop NAME",
        )

    def read(word: str) -> str:
        try:
            load_price_book(word)
        except DiagnoseError as problem:
            raise click.BadParameter(f"{problem.message}; {problem.hint}") from problem
        return word if word in shop_names() else str(Path(word).resolve())

    question = Text(f"Shop file ({shops}, or a path)", f"门店文件（{shops}，或路径）")
    name: str = click.prompt(in_words(question), err=True, value_proc=read)
    write_settings(replace(written_settings(), shop=name))
    return name

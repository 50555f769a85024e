"""What the command line says, in the language of whoever reads it.

Sentences stand in English where they are said, and English is their key: `zh-CN.toml` holds the
Chinese ones. What is filled in is `{}` there; `{0}`, `{1}` where the order differs (ADR 0051).
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from inspect import cleandoc
from pathlib import Path
from typing import Any, ClassVar

import click

from diagnose.station.language import LANGUAGES, default_language

CATALOGUE = Path(__file__).with_name("zh-CN.toml")
_HOLE = re.compile(r"\{\d*\}")
_FEWEST_LETTERS = 5
"""Of a sentence with something filled in: with fewer it would fit what it does not mean."""
_DEPTH = 3
_LONGEST = 3000
"""Characters of what may be a sentence; what is longer is a document."""
_ENGLISH = re.compile(r"[A-Za-z]{3}")
_MARK = re.compile(r"^\s*(?:ok|BAD|\?|→|!)?\s+")
_LISTED = re.compile(r", | or ")


class _Reader:
    """Who reads: English, until the command line or the computer says otherwise."""

    chinese = False
    taught = False
    explained: ClassVar[dict[int, tuple[object, str]]] = {}
    """The English of every help that was translated; the object keeps its number taken."""


def listen(arguments: Sequence[str]) -> None:
    """Take the language from `--lang` of a command line, else from the computer."""
    _Reader.chinese = _language(arguments) == "zh-CN"
    if _Reader.chinese and not _Reader.taught:
        _Reader.taught = True
        _teach_click()


def chosen(english: str, chinese: str) -> str:
    """Give the one of two that is for the reader; English where there is no other."""
    return chinese if _Reader.chinese and chinese else english


def in_own_words(command: click.Command) -> click.Command:
    """Let a command, its options and its subcommands explain themselves to the reader."""
    if not _Reader.taught:
        return command
    _explain(command)
    for option in command.get_params(click.Context(command)):  # --help is among them
        if isinstance(option, click.Option):
            _explain(option)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            in_own_words(inner)
    return command


def _explain(explained: click.Command | click.Option) -> None:
    if explained.help:
        _, english = _Reader.explained.setdefault(
            id(explained), (explained, cleandoc(explained.help))
        )
        explained.help = say(english)


def say(english: str) -> str:
    """Say a sentence in the reader's language."""
    return translate(english) if _Reader.chinese else english


def _language(arguments: Sequence[str]) -> str:
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        named = following if word == "--lang" else word.removeprefix("--lang=")
        if named in LANGUAGES:
            return named
    return default_language()


def translate(english: str, depth: int = _DEPTH) -> str:
    """Give the Chinese of a sentence, with what is filled in translated as well.

    One that nobody translated stays as it is.
    """
    known, whole = catalogue(), english.strip()
    bare = whole if whole in known else _MARK.sub("", english).strip()
    if bare in known:
        return english.replace(bare, known[bare])
    if text := _by_pattern(english, depth):
        return text
    if bare != english:  # what stands before a sentence stays before it
        return english.replace(bare, translate(bare, depth)) if bare else english
    return english


def _by_pattern(english: str, depth: int) -> str:
    """The Chinese of a sentence with something filled in; empty where it fits none."""
    if depth and _ENGLISH.search(english) and len(english) < _LONGEST:
        for pattern, chinese in _patterns():
            if found := pattern.fullmatch(english):
                return chinese.format(*(_filled(part, depth - 1) for part in found.groups()))
    return ""


def _filled(part: str, depth: int) -> str:
    """What stands in a sentence may be one itself, several of them, or a list of names."""
    if "; " in part and part not in catalogue():
        return "；".join(_filled(one, depth) for one in part.split("; "))
    text = translate(part, depth)
    names = _LISTED.split(part)
    listed = text == part and len(names) > 1 and not any(" " in name for name in names)
    return "、".join(names) if listed else text


@cache
def catalogue() -> dict[str, str]:
    """Every sentence with its Chinese, as the file has them."""
    from diagnose.errors import CatalogError
    from diagnose.knowledge.data_file import read_table

    table = read_table(CATALOGUE, CatalogError)
    return {english: str(chinese) for english, chinese in table.items()}


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Sentences with holes, those that say most first."""
    holed = [one for one in catalogue().items() if _HOLE.search(one[0])]
    holed = [one for one in holed if _letters(one[0]) >= _FEWEST_LETTERS]
    holed.sort(key=lambda one: (-_letters(one[0]), -len(_HOLE.findall(one[0]))))
    return [(_pattern(english), chinese) for english, chinese in holed]


def _letters(template: str) -> int:
    return sum(character.isalpha() for character in _HOLE.sub("", template))


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(map(re.escape, _HOLE.split(template))), re.DOTALL)


def _teach_click() -> None:
    """Let everything that goes through click speak the reader's language: its own words and ours.

    Click says its own words through gettext, by the name `_`; this is our gettext.
    """
    for name in ("core", "exceptions", "formatting", "decorators", "types", "parser", "termui"):
        names = vars(importlib.import_module(f"click.{name}"))
        names.update({"_": say} if "_" in names else {})
        names.update({"ngettext": _plural} if "ngettext" in names else {})
    ours = vars(click)
    ours["echo"] = partial(_echo, click.echo)
    for asking in ("prompt", "confirm"):
        ours[asking] = partial(_ask, ours[asking])


def _echo(echo: Callable[..., None], message: Any = None, *more: Any, **options: Any) -> None:
    echo(_spoken(message), *more, **options)


def _ask(ask: Callable[..., Any], text: str, *more: Any, **options: Any) -> Any:
    return ask(say(text), *more, **options)


def _spoken(message: object) -> object:
    """Line by line; a JSON document is for programs."""
    if not isinstance(message, str) or message[:1] in ("{", "["):
        return message
    whole = say(message)
    return "\n".join(map(say, whole.split("\n"))) if whole == message else whole


def _plural(one: str, many: str, count: int) -> str:
    return say(one if count == 1 else many)

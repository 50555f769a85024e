"""`diagnose config`: shop, engineer, language and casebook, set once and used everywhere."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.options import json_option
from diagnose.errors import DiagnoseError, UsageError
from diagnose.model.text import Text
from diagnose.station.language import LANGUAGES

if TYPE_CHECKING:
    from diagnose.station.settings import Settings

_TITLES = {
    "shop": Text("Shop", "门店"),
    "engineer": Text("Engineer", "经办人"),
    "language": Text("Language", "语言"),
    "casebook": Text("Casebook", "工单库"),
}


@click.command("config")
@click.option("--shop", help="A shipped shop file, or the path of your own.")
@click.option("--engineer", help="Who works at this counter.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="The language spoken at this counter."
)
@click.option("--casebook", metavar="FILE|URL", help="Where cases are kept.")
@click.option("--unset", multiple=True, metavar="NAME", help="Forget one of them.")
@click.option("--ask", "asks", is_flag=True, help="Ask for all of them.")
@json_option
def command(as_json: bool, asks: bool, unset: tuple[str, ...], **options: str | None) -> None:
    """Show the settings of this counter, or set them.

    On a terminal where nothing is set yet, they are asked for. A command line and the environment
    (DIAGNOSE_SHOP, DIAGNOSE_ENGINEER, DIAGNOSE_CASEBOOK) count before them.
    """
    from diagnose.cli.case.questions import is_interactive
    from diagnose.station.settings import Settings, write_settings, written_settings

    before = written_settings()
    new = _changed(before, options, unset)
    if asks or (new == Settings() and not unset and is_interactive() and not as_json):
        new = _asked(new)
    if new != before:
        write_settings(new)
    _show(as_json=as_json)


def _changed(before: Settings, options: dict[str, str | None], unset: tuple[str, ...]) -> Settings:
    from diagnose.station.settings import NAMES

    if wrong := [name for name in unset if name not in NAMES]:
        raise UsageError(f"{wrong[0]} is no setting", hint=", ".join(NAMES))
    given = {name: word for name, word in options.items() if word is not None}
    if given.get("shop"):
        given["shop"] = _checked_shop(given["shop"])
    if given.get("casebook") and "://" not in given["casebook"]:
        given["casebook"] = str(Path(given["casebook"]).resolve())
    return replace(before, **dict.fromkeys(unset, ""), **given)


def _checked_shop(name: str) -> str:
    """Read the shop file once, so that a slip is told now; a path is kept whole."""
    from diagnose.knowledge.prices import load_price_book, shop_names

    load_price_book(name)
    return name if name in shop_names() else str(Path(name).resolve())


def _asked(new: Settings) -> Settings:
    from diagnose.knowledge.prices import shop_names
    from diagnose.station.settings import settings

    shops = ", ".join(shop_names())
    shop = Text(f"Shop file ({shops}, or a path)", f"门店文件（{shops}，或路径）")
    now = settings()
    given = {
        "shop": _ask(shop, now.shop),
        "engineer": _ask(Text("Engineer", "经办人"), now.engineer),
        "language": _ask(Text("Language (zh-CN, en)", "语言（zh-CN、en）"), now.language),
    }
    return replace(new, **given)


def _ask(question: Text, default: str) -> str:
    from diagnose.cli.case.questions import in_words

    def read(word: str) -> str:
        try:
            return _checked(question, word.strip())
        except DiagnoseError as problem:
            raise click.BadParameter(f"{problem.message}; {problem.hint}") from problem

    answer: str = click.prompt(
        in_words(question), default=default, show_default=bool(default), err=True, value_proc=read
    )
    return answer


def _checked(question: Text, word: str) -> str:
    if not word:
        return ""
    if question.en.startswith("Shop"):
        return _checked_shop(word)
    if question.en.startswith("Language") and word not in LANGUAGES:
        raise UsageError(f"{word} is none of {', '.join(LANGUAGES)}")
    return word


def _show(*, as_json: bool) -> None:
    from diagnose.case.record.place import casebook_url
    from diagnose.cli.case.questions import in_words
    from diagnose.cli.json_output import print_json
    from diagnose.station.language import default_language
    from diagnose.station.settings import settings, settings_file

    now: dict[str, Any] = asdict(settings())
    shown = {
        **now,
        "language": now["language"] or default_language(),
        "casebook": casebook_url().render_as_string(hide_password=True),
    }
    if as_json:
        print_json({**shown, "file": str(settings_file())})
        return
    for name, title in _TITLES.items():
        click.echo(f"{in_words(title)}: {shown[name] or '–'}")
    click.echo(f"→ {settings_file()}", err=True)

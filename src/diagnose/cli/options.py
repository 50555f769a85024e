"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from diagnose.station.language import BOTH, LANGUAGES, default_language

Function = TypeVar("Function", bound=Callable[..., Any])


YEARS = range(2000, 2200)
"""Of what can have happened to a phone: everything else is a slip of the finger."""


class _PlausibleDay(click.DateTime):
    """A day on which a phone can have been captured or sold."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the day; one that nobody can mean is refused."""
        day = super().convert(value, param, ctx)
        if day.year not in YEARS:
            self.fail(f"the year {day.year} cannot be meant", param, ctx)
        return day


_AS_PEOPLE_WRITE = re.compile(r"-?\d{1,12}(?:\.\d{1,9})?", re.ASCII)


class _Written(click.ParamType[Any]):
    """A number as people write one: Python also reads `1_0`, `nan` and the digits of any script."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the number; what only a programming language takes for one is refused."""
        if isinstance(value, str) and not _AS_PEOPLE_WRITE.fullmatch(value):
            self.fail(f"{value!r} is not a valid {self.name}.", param, ctx)
        return super().convert(value, param, ctx)


class WholeNumber(_Written, click.IntRange):
    """A whole number within bounds."""


class Number(_Written, click.FloatRange):
    """A number within bounds."""


PLAUSIBLE_DAY = _PlausibleDay(["%Y-%m-%d"])


def json_option(function: Function) -> Function:
    """Add `--json`: JSON, and only JSON, on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="JSON on standard output.")(
        function
    )


def lang_option(function: Function) -> Function:
    """Add `--lang`; the default follows the computer's locale."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=default_language,
        help="Language of what a person reads (default: this computer's).",
    )(function)


adb_server_option = click.option(
    "--adb-server",
    metavar="HOST:PORT",
    help="The adb server, also of another computer (default: ADB_SERVER_SOCKET, else this one's).",
)


def page_lang_option(function: Function) -> Function:
    """Add `--lang` of a command that writes pages: they may be in both languages."""
    return click.option(
        "--lang",
        type=click.Choice((*LANGUAGES, BOTH)),
        default=default_language,
        help="Language of what a person reads (default: this computer's); both: pages in two.",
    )(function)


def all_points_option(function: Function) -> Function:
    """Add `--all-points`: everything on the terminal, not only what matters."""
    return click.option(
        "--all-points", is_flag=True, help="Show every point, not only what matters."
    )(function)


def pdf_option(function: Function) -> Function:
    """Add `--pdf`: the customer's page as PDF, beside the other files of `--out`."""
    return click.option("--pdf", is_flag=True, help="With --out: write report.pdf too.")(function)


def probe_dir_option(function: Function) -> Function:
    """Add `--probe-dir`: folders of probes of one's own, beside those that ship."""
    return click.option(
        "--probe-dir",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A folder of your own probes (AREA/NAME.py); may be given several times.",
    )(function)


def profile_dir_option(function: Function) -> Function:
    """Add `--profile-dir`: folders of profiles of one's own, beside those that ship."""
    return click.option(
        "--profile-dir",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A folder of your own profiles (VENDOR/MODEL.toml); may be given several times.",
    )(function)

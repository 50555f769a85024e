"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

LANGUAGES = ("zh-CN", "en")


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


def default_language() -> str:
    """Chinese where the locale is Chinese, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh-CN" if locale.lower().startswith("zh") else "en"

"""The language of this counter, for what a person reads."""

from __future__ import annotations

import os

LANGUAGES = ("zh-CN", "en")
BOTH = "both"
"""Pages in two languages; a terminal speaks one."""


def default_language() -> str:
    """The one that was set (`diagnose config`); else Chinese where the locale is, else English."""
    if (lang := _as_it_was_set()) in LANGUAGES:
        return lang
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh-CN" if locale.lower().startswith("zh") else "en"


def _as_it_was_set() -> str:
    """A broken file is told by whoever needs what is in it; words are said all the same."""
    from diagnose.errors import UsageError
    from diagnose.station.settings import settings_file, written_settings

    try:
        return written_settings().language if settings_file().exists() else ""
    except UsageError:
        return ""

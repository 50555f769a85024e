"""The language of this computer, for what a person reads."""

from __future__ import annotations

import os

LANGUAGES = ("zh-CN", "en")
BOTH = "both"
"""Pages in two languages; a terminal speaks one."""


def default_language() -> str:
    """Chinese where the locale is Chinese, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh-CN" if locale.lower().startswith("zh") else "en"

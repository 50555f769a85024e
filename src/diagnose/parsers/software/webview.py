"""`dumpsys webviewupdate`: which package shows web pages inside other apps."""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass

_CURRENT = re.compile(
    r"^ {0,8}Current WebView package \(name, version\): \(([^,()\n]{1,200}), ?([^()\n]{0,100})\)",
    re.MULTILINE,
)
_NONE = re.compile(r"^ {0,8}Current WebView package is null", re.MULTILINE)
_INVALID = re.compile(
    r"^ {0,8}Invalid package ([\w.]{1,200}) .{0,300}reason: (.{1,100})$", re.MULTILINE
)
_LONGEST = 65_536


@dataclass(frozen=True)
class WebView:
    """The provider in use; `package` is empty where the service says there is none.

    `rejected` names packages the system refused as provider, with its reason. `raw` is the line
    the answer came from.
    """

    package: str
    version: str
    rejected: tuple[str, ...]
    raw: str


def parse_webview(text: str) -> WebView:
    """Read the state; raises `ParseError` where the service does not name a provider or none."""
    text = text[:_LONGEST]
    found = _CURRENT.search(text)
    none = _NONE.search(text)
    if found is None and none is None:
        raise ParseError("no WebView provider stated")
    rejected = tuple(f"{m[1]}: {m[2]}" for m in _INVALID.finditer(text))[:10]
    if found is None:
        return WebView("", "", rejected, (none[0] if none else "").strip())
    return WebView(found[1].strip(), found[2].strip(), rejected, found[0].strip())

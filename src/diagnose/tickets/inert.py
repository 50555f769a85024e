"""Words of others, written so that no ticket system takes them for its own markup.

Signs that Textile, Markdown, wiki macros, mentions, templates or HTML live on are replaced by
their full-width twins: a person reads the same, a parser sees letters. ADR 0066 says why they are
not escaped: nobody tells us which markup a server has switched on.
"""

from __future__ import annotations

import re
from typing import Final

from diagnose.text import printable

_WIDE: Final = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in '*_`<>{}[]|~#@!^\\"%$&=+?'})
_COLON: Final = re.compile(r":(?=[^\s\d])")
"""`http://…`, `user:admin`, `commit:abc`, `:smile:`; a time of day stays."""

_DASH: Final = re.compile(r"(?<![^\s(])-(?=\S)|--+|-(?=[\s)]|$)")
"""A dash that is none between two letters: Textile strikes text out with it."""

_WWW: Final = re.compile(r"(?i)\bwww\.(?=\S)")
_BLOCK: Final = re.compile(r"^(?=(h[1-6]|p|bq|bc|fn\d+|table|notextile)\.|\d+[.)]\s)")
_JOINER: Final = "\u2060"


def inert(words: str, longest: int = 1000) -> str:
    """One line that triggers nothing, whatever it says."""
    line = printable(" ".join(words.split()), longest)
    line = _DASH.sub(lambda found: "‐" * len(found.group()), line)
    line = _COLON.sub("：", line).translate(_WIDE)
    line = _WWW.sub(lambda found: found.group()[:3] + "．", line)
    return _BLOCK.sub(_JOINER, line)

"""The skeleton of a text: what stays when the numbers and names of one phone are taken away.

Keys, indents, bullets, brackets and separators stay; numbers, addresses, quoted words, names with
dots and paths are masked, and blanks that only align columns are one. A row without a key is the
shape of its words.
"""

from __future__ import annotations

import re

_MASKS = (
    (re.compile(r"\"[^\"]*\"|'[^']*'"), "S"),
    (re.compile(r"\b(?:[0-9A-FX]{2}:){5}[0-9A-FX]{2}\b"), "M"),
    (re.compile(r"[+-](?:\d+(?:ms|[dhms]))+"), "0"),
    (re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d+)?)?"), "T"),
    (re.compile(r"/?[\w$-]+(?:/[\w.$@:#-]+)+|(?<!\w)/(?!\w)"), "P"),
    (re.compile(r"\b[A-Za-z_][\w$]*(?:\.[\w$-]+)+"), "N"),
    (re.compile(r"0x[0-9a-fA-F]+|\b[0-9a-f]{6,}\b|(?<=_)[0-9A-F]{1,3}\b|-?\d+(?:\.\d+)?%?"), "0"),
)
_KEYED = re.compile(r"^(\s*(?:[-*+#] )?[^:=|]{1,70}?)(\s*[:=])(.*)$")
_WORD = re.compile(r"[A-Za-z][\w$()-]*")


def skeleton(line: str) -> str:
    """Give the shape of one line; empty where it is blank."""
    for pattern, mask in _MASKS:
        line = pattern.sub(mask, line)
    line = line.rstrip()
    indent = line[: len(line) - len(line.lstrip())]
    body = re.sub(r"[ \t]+", " ", line.strip())
    if match := _KEYED.match(indent + body):
        return f"{match[1]}{match[2].strip()}"
    words = [re.sub(r"W(?:,W)+", "W", _WORD.sub("W", word)) for word in body.split(" ")]
    shape = [word for at, word in enumerate(words) if at == 0 or word != words[at - 1]]
    return indent + " ".join(shape)


def skeletons(text: str) -> dict[str, str]:
    """Give the shapes of a text, each with the first line that has it."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip():
            found.setdefault(skeleton(line), line)
    return found

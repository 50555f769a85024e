"""Bytes of a phone to text: lenient, because real files come as UTF-16, CRLF or cut in half."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# C0 and C1 controls other than tab and newline: a phone may say them, a terminal must never see
# them; ESC alone is enough to repaint a screen. The bidi controls reorder what a person reads.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def decode(data: bytes) -> str:
    """Decode what a phone said; never raises. Line ends become a newline, bad bytes U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _unify(data[len(bom) :].decode(encoding, "replace"))
    if _looks_like_utf16(data):
        return _unify(data.decode("utf-16-le", "replace"))
    return _unify(data.decode("utf-8", "replace"))


def printable(text: str, limit: int = 200) -> str:
    """One line without control characters, cut to `limit`: fit to be shown as evidence."""
    line = _CONTROLS.sub("\ufffd", text.replace("\n", " ").replace("\t", " "))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:256]
    return len(head) >= 8 and head[1::2].count(0) > 0.8 * len(head[1::2]) and 0 not in head[0::2]


def _unify(text: str) -> str:
    # "\r\r\n" is what a v1 shell makes of "\r\n"; a lone "\r" stands inside real property values.
    return re.sub(r"\r+\n", "\n", text) if "\r" in text else text

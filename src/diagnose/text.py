"""Bytes of a phone to text: lenient, because real files come as UTF-16, CRLF or cut in half."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a view may not pass on. C0 and C1 controls other than tab and newline: ESC alone is enough to
# repaint a screen. Signs of direction reorder what a person reads; fillers and tags say what nobody
# sees.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2028-\u202e\u2065-\u206f"
    r"\u3164\uffa0\ufff9-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
# Zero-width signs, which many languages and emoji write; without them two names that look the same
# are the same.
_UNSEEN = re.compile(r"[\xad\u034f\u200b-\u200f\u2060-\u2064\ufeff]")


def decode(data: bytes) -> str:
    """Decode what a phone said; never raises. Line ends become a newline, bad bytes U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _unify(data[len(bom) :].decode(encoding, "replace"))
    if _looks_like_utf16(data):
        return _unify(data.decode("utf-16-le", "replace"))
    return _unify(data.decode("utf-8", "replace"))


def without_controls(text: str) -> str:
    """Show controls and signs of direction as U+FFFD, drop zero-width signs; keep line ends."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("\ufffd", _UNSEEN.sub("", text))


def printable(text: str, limit: int = 200) -> str:
    """One line without control characters, cut to `limit`: fit to be shown as evidence."""
    line = without_controls(text.replace("\n", " ").replace("\t", " "))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:256]
    return len(head) >= 8 and head[1::2].count(0) > 0.8 * len(head[1::2]) and 0 not in head[0::2]


def _unify(text: str) -> str:
    # "\r\r\n" is what a v1 shell makes of "\r\n"; a lone "\r" stands inside real property values.
    return re.sub(r"\r+\n", "\n", text) if "\r" in text else text

"""Touches and keys: of what `getevent` hears, that a finger came and went, never where, never keys.

Whoever types a PIN while the phone is listened to must not be read: places, keys and their scan
codes are blanked before anybody keeps the answer. Not even a keyed marker stays, because equal
markers would tell equal keys.
"""

from __future__ import annotations

import re
from typing import Final

_BLANK = b"--------"
# Any line of an event holds one of these; most answers hold none.
_PATH: Final = b"/dev/input/event"
_KIND: Final = b"EV_"
_NUMBER: Final = b"] 000"
_EVENT: Final = re.compile(
    rb"(?P<kind>EV_[A-Z]{2,8}) {1,80}(?P<code>\w{1,40})(?: {1,80}\w{1,40})?"
    # Without words (no `-l`) only where time or path stand before: else it is any other table.
    rb"|^(?P<head>(?:\[ {0,8}\d{1,10}\.\d{1,9}\] )?/dev/input/event\d{1,3}: "
    rb"|\[ {0,8}\d{1,10}\.\d{1,9}\] )"
    rb"(?P<number>[0-9a-f]{4}) {1,80}(?P<place>[0-9a-f]{1,8})(?: {1,80}\w{1,40})?",
    re.MULTILINE,
)
# Kinds and codes of `linux/input-event-codes.h`, as words and as numbers.
_MARKS: Final = (b"EV_SYN", b"0000")
_PLACES: Final = (b"EV_ABS", b"0003")
_KEPT: Final = frozenset(
    {
        (b"EV_ABS", b"ABS_MT_TRACKING_ID"),
        (b"EV_ABS", b"ABS_MT_SLOT"),
        (b"EV_KEY", b"BTN_TOUCH"),
        (b"0003", b"0039"),
        (b"0003", b"002f"),
        (b"0001", b"014a"),
    }
)


def blank_input(data: bytes) -> tuple[bytes, int]:
    """Give the answer without places and keys, and how many events were blanked."""
    if _PATH not in data and _KIND not in data and _NUMBER not in data:
        return data, 0
    blanked = 0

    def blank(event: re.Match[bytes]) -> bytes:
        nonlocal blanked
        kind, code = event["kind"] or event["number"], event["code"] or event["place"]
        if kind in _MARKS or (kind, code) in _KEPT:
            return event[0]
        blanked += 1
        shown = code if kind in _PLACES else _BLANK
        return b"%b%b %b %b" % (event["head"] or b"", kind, shown, _BLANK)

    return _EVENT.sub(blank, data), blanked

"""`dumpsys power`: whether the phone is awake."""

from __future__ import annotations

import re

from diagnose.errors import ParseError

_WAKEFULNESS = re.compile(r"^ {2}mWakefulness=([A-Za-z]{1,20})", re.MULTILINE)
_DISPLAY = re.compile(r"^Display Power: state=([A-Z]{1,20})", re.MULTILINE)


def parse_screen_on(text: str) -> bool:
    """Whether the screen is on; raises `ParseError` where the dump does not say."""
    awake = _WAKEFULNESS.search(text)
    if awake is None:
        raise ParseError("no mWakefulness")
    display = _DISPLAY.search(text)
    return awake[1] == "Awake" and (display is None or display[1] == "ON")

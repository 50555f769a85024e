"""Widevine: whether its service is there, and the level where its own dump names it.

Android gives the level to apps (`MediaDrm`), not to the shell. `dumpsys media.drm` says nothing,
and Huawei's `ro.config.widevine_level3` stands on every phone since 2012, whatever its level. The
factory's own dump names a default level where the maker lets the shell ask it (Lenovo tablets).
"""

from __future__ import annotations

import re

from diagnose.errors import ParseError
from diagnose.parsers.printed import Printed, lines_of

_LEVEL = re.compile(r"default_security_level\W{1,8}(\w{1,40})", re.IGNORECASE)
_WORD = re.compile(r"(?:LEVEL_|L)([123])")
# Names of `MediaDrm.SECURITY_LEVEL_*`: L1 is hardware for everything, L2 for a part.
_NAMES = {
    "HW_SECURE_ALL": "L1",
    "HW_SECURE_DECODE": "L2",
    "HW_SECURE_CRYPTO": "L2",
    "SW_SECURE_DECODE": "L3",
    "SW_SECURE_CRYPTO": "L3",
}
_FACTORY = re.compile(r"android\.hardware\.drm(?:@\d\.\d::|\.)IDrmFactory/widevine\b")


def parse_widevine_level(text: str) -> Printed:
    """Read the default level (`L1` to `L3`) of the factory's dump; raises `ParseError`."""
    for line in lines_of(text):
        if found := _LEVEL.search(line):
            level = _level(found[1].upper())
            if level is None:
                raise ParseError("a security level of another form")
            return Printed(level, found[0])
    raise ParseError("no security level in the answer")


def widevine_factory(text: str) -> Printed | None:
    """The factory's line in `service list` or `lshal`; None where it is not registered.

    A lazy service is registered while a film plays only: its absence says nothing.
    """
    found = _FACTORY.search(text[:1_000_000])
    return Printed(found[0], found[0]) if found else None


def _level(word: str) -> str | None:
    if short := _WORD.fullmatch(word):
        return f"L{short[1]}"
    return next((level for name, level in _NAMES.items() if word.endswith(name)), None)

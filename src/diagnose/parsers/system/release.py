"""Releases of systems as profiles write them: "Android 13", "HarmonyOS 4.2"."""

from __future__ import annotations

import re
from typing import NamedTuple

from diagnose.parsers.system.operating_system import OperatingSystem

RELEASE_NAME = r"[A-Z][A-Za-z0-9 ]{1,20} \d{1,3}(\.\d{1,3}){0,3}"
"""How a fact of a profile writes a release, as a regular expression."""

_RELEASE = re.compile(r"(?:([A-Za-z][A-Za-z0-9 ]{1,20}?) )?(\d{1,5}(?:\.\d{1,5}){0,5})")
_PARTS = 6
# HarmonyOS NEXT counts on where HarmonyOS 4 ended: it is an update of the same phone.
_FAMILIES = {"HarmonyOS NEXT": "HarmonyOS"}


class SystemRelease(NamedTuple):
    """A system and its version in numbers; two of one `family` can be compared.

    EMUI and HarmonyOS are two families: a P50 is sold with HarmonyOS 2 in China and with EMUI 12
    elsewhere, and neither is older than the other.
    """

    family: str
    version: tuple[int, ...]
    text: str

    def is_older_than(self, other: SystemRelease) -> bool:
        """Whether it came before another release of the same family.

        Of HarmonyOS the first number counts: a PLA-AL10 whose build is 4.5 calls its platform 4.0.
        """
        parts = 1 if self.family == "HarmonyOS" else _PARTS
        return self.version[:parts] < other.version[:parts]


def named_release(words: str) -> SystemRelease | None:
    """The release that words name; a bare number is a release of Android. None: they name none."""
    match = _RELEASE.fullmatch(words.strip()[:100])
    if match is None:
        return None
    name = match[1] or "Android"
    numbers = tuple(int(part) for part in match[2].split("."))
    padded = numbers + (0,) * (_PARTS - len(numbers))
    return SystemRelease(_FAMILIES.get(name, name), padded, f"{name} {match[2]}")


def release_of(system: OperatingSystem) -> SystemRelease | None:
    """The release a phone runs; None where it does not say its version."""
    return named_release(f"{system.name} {system.version}") if system.version else None

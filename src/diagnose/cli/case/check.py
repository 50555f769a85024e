"""Whose signatures count, and what a chain is held against."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.errors import UsageError

if TYPE_CHECKING:
    from diagnose.case.record.events import Chain
    from diagnose.case.record.verify import Flaw

_KEY = re.compile(r"[0-9a-f]{64}")


def check(chain: Chain, against: Path | None, trust: tuple[str, ...]) -> tuple[Flaw, ...]:
    """Look for everything that is wrong with a chain, also against a copy made earlier."""
    from diagnose.case.record.copy import read_copy
    from diagnose.case.record.verify import check_chain
    from diagnose.errors import CaseRefused

    known = read_copy(against) if against else None
    if known and known.case != chain.case:
        raise CaseRefused(f"that is a copy of the case {known.case}")
    return check_chain(chain, trusted=trusted_keys(trust), known=known.events if known else ())


def trusted_keys(named: tuple[str, ...]) -> frozenset[str]:
    """The public keys of the stations we trust.

    This station's own, those named, and those in `trusted-stations/*.pub` of the config folder.
    """
    from diagnose.station.salt import config_folder
    from diagnose.station.signing import station_key

    keys = {station_key().public, *(_read(word) for word in named)}
    for path in sorted((config_folder() / "trusted-stations").glob("*.pub")):
        keys.add(_read(path.read_text("ascii", "replace")))
    return frozenset(keys)


def _read(word: str) -> str:
    key = word.strip().lower()
    if not _KEY.fullmatch(key):
        raise UsageError("a station's public key is 64 hexadecimal digits")
    return key

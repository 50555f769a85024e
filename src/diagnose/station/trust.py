"""Whose signatures count here: this station's own, and those of stations it was told to trust."""

from __future__ import annotations

import re
from collections.abc import Collection

from diagnose.errors import UsageError
from diagnose.station.salt import config_folder

_KEY = re.compile(r"[0-9a-f]{64}")


def trusted_keys(named: Collection[str] = ()) -> frozenset[str]:
    """The public keys of the stations we trust; no key is made for that.

    This station's own where it has one, those named, and those in `trusted-stations/*.pub` of the
    config folder. Raises `UsageError`, `KeyRefused`.
    """
    from diagnose.station.signing import known_station_key

    own = known_station_key()
    keys = {*([own.public] if own else []), *map(_read, named)}
    for path in sorted((config_folder() / "trusted-stations").glob("*.pub")):
        keys.add(_read(path.read_text("ascii", "replace")))
    return frozenset(keys)


def _read(word: str) -> str:
    key = word.strip().lower()
    if not _KEY.fullmatch(key):
        raise UsageError("a station's public key is 64 hexadecimal digits")
    return key

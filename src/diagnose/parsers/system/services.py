"""`service list` and `lshal`: which services of the system and of the hardware run."""

from __future__ import annotations

import re

from diagnose.errors import ParseError

_LONGEST = 1_000_000
_MOST = 4000
_SERVICE = re.compile(r"^\d{1,5}[ \t]{1,4}([\w./:-]{1,200}): \[", re.MULTILINE)
_HIDL = re.compile(r"([a-z][a-z0-9_]{1,30}(?:\.[a-z0-9_]{1,40}){1,8}@\d{1,2}\.\d{1,2}::I\w{1,60})/")


def parse_service_list(text: str) -> frozenset[str]:
    """Read the names of the services that run; raises `ParseError` where there is none."""
    names = frozenset(_SERVICE.findall(text[:_LONGEST])[:_MOST])
    if not names:
        raise ParseError("no service in the answer")
    return names


def parse_lshal(text: str) -> frozenset[str]:
    """Read the HIDL interfaces (`package@1.0::IName`); raises `ParseError` where there is none."""
    names = frozenset(_HIDL.findall(text[:_LONGEST])[:_MOST])
    if not names:
        raise ParseError("no interface in the answer")
    return names

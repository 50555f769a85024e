"""`/proc/version`: the kernel's own line about itself."""

from __future__ import annotations

import re

from diagnose.errors import ParseError

_VERSION = re.compile(r"Linux version (\d{1,3}\.\d{1,4}(?:\.\d{1,4})?)(\S{0,120})")


def parse_kernel_version(text: str) -> str:
    """Read the kernel's version with its build suffix; raises `ParseError` where it is none."""
    match = _VERSION.search(text[:2000])
    if match is None:
        raise ParseError("no kernel version in the answer")
    return f"{match[1]}{match[2]}"[:80]

"""The size of a memory page, which code made for smaller pages does not run on."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.errors import ParseError
from diagnose.parsers.property_values import number

PAGE_SIZES = (4096, 8192, 16384, 32768, 65536)
BOOTED = "ro.boot.hardware.cpu.pagesize"


def parse_page_size(text: str) -> int:
    """Read what `getconf PAGE_SIZE` prints, in bytes; raises `ParseError` for other words."""
    word = text.strip()
    if word.isascii() and word.isdigit() and len(word) < 7 and int(word) in PAGE_SIZES:
        return int(word)
    raise ParseError("no size of a memory page")


def booted_page_size(properties: Mapping[str, str]) -> int | None:
    """The size in bytes that the boot loader started the kernel with, where it says one."""
    stated = number(properties, BOOTED)
    return int(stated) if stated in PAGE_SIZES and stated is not None else None

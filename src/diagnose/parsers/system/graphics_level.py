"""Levels of the graphics interfaces, packed into numbers by Android."""

from __future__ import annotations


def gl_es_level(packed: str) -> str | None:
    """OpenGL ES level from `196610` or `0x30002` (major in the upper 16 bits), e.g. `3.2`."""
    value = _integer(packed)
    if value is None or not 0x10000 <= value < 0x100000:
        return None
    return f"{value >> 16}.{value & 0xFFFF}"


def vulkan_level(packed: str) -> str | None:
    """Vulkan level from a feature's version (`4206592`: VK_MAKE_VERSION), e.g. `1.3`."""
    value = _integer(packed)
    if value is None or not 1 << 22 <= value < 10 << 22:
        return None
    return f"{value >> 22}.{value >> 12 & 0x3FF}"


def _integer(text: str) -> int | None:
    digits, base = (text[2:], 16) if text[:2].lower() == "0x" else (text, 10)
    try:
        return int(digits, base) if digits.isalnum() and digits.isascii() else None
    except ValueError:
        return None

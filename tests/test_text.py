"""What no view passes on: controls, signs that reorder a line, and signs nobody sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.text import printable, without_controls

SEEN = "plain, 电池 é ﷽ ไทย ❤️ 👩\ufe0f"
NAMED = [
    *(range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2066, 0x206A), [0x061C]),
    *(range(0xE0000, 0xE0080), [0x1B, 0x07, 0x9B, 0x7F, 0xFEFF, 0x3164, 0x115F, 0xAD]),
]


@pytest.mark.parametrize("code", [code for some in NAMED for code in some])
def test_what_steers_or_hides_is_shown_or_dropped(code: int) -> None:
    assert chr(code) not in without_controls(f"a{chr(code)}b")
    assert printable(f"a{chr(code)}b") in ("ab", "a\ufffdb")


def test_what_can_be_seen_stays() -> None:
    assert printable(SEEN) == SEEN


@given(st.text())
def test_nothing_of_the_kind_gets_through(text: str) -> None:
    kept = without_controls(text)
    for sign in kept:
        assert unicodedata.category(sign) not in ("Cc", "Cs") or sign in "\t\n"
        assert unicodedata.bidirectional(sign) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "RLI")
    assert kept.count("\n") == text.count("\n")

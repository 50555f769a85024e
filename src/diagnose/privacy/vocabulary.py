"""Which words a reply holds, so that what looks for others need not read it.

There are some 150 patterns, and most replies hold a word of ten of them. Every pattern reads the
whole reply, though what it begins with is not there. Read once into its words, a reply of 1 MB
leaves some 20 KB in which each pattern's word is looked for first. Measured on the corpus (803
captures, 18 MB, processor time): 6 MB/s without, 12 MB/s with it, every mask the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

Item = TypeVar("Item")
ByWord = tuple[tuple[bytes, Item], ...]

_SIGNS: Final = b"abcdefghijklmnopqrstuvwxyz_:="
_WORDS_ONLY: Final = bytes(code if code in _SIGNS else 0x20 for code in range(256))
# So much at once: the words of 8 MB beside each other would take 60 MB, and more time.
PART: Final = 1 << 16
_OVERLAP: Final = 64  # longer than any word that is looked for, so that none is cut in two
# The word at the head of a pattern, behind other signs at most. A letter that may be missing or
# doubled (`certificates?`) does not count.
_HEAD: Final = re.compile(
    rb"(?:\\[nt.({*\[\"]|[ /,;@*\"])*"
    rb"(?P<word>[a-z_:=]{2,}?)(?=[a-z_:=][?*{+]|[^a-z_:=?*{+]|\Z)"
)


def vocabulary_of(lowered: bytes, part: int = PART) -> bytes:
    """Give every word (letters, `_`, `:`, `=`) of a lower-cased reply once, blanks between them.

    It is read in parts of so many bytes; of a word longer than 64 pieces are given.
    """
    words: set[bytes] = set()
    for at in range(0, len(lowered), part):
        words.update(lowered[at : at + part + _OVERLAP].translate(_WORDS_ONLY).split())
    return b" ".join(words)


def by_word(sought: Iterable[Item], word: Callable[[Item], bytes]) -> ByWord[Item]:
    """Put before each the word without which it finds nothing (an empty one: always looked for)."""
    return tuple((word(item), item) for item in sought)


def among(known: ByWord[Item], vocabulary: bytes) -> list[Item]:
    """Those that may find something in a reply of this vocabulary, in their order."""
    return [item for word, item in known if word in vocabulary]


def word_of(pattern: re.Pattern[bytes]) -> bytes:
    """Give the letters that every match of the pattern begins with, behind signs; may be empty."""
    head = _HEAD.match(pattern.pattern)
    return head["word"] if head else b""

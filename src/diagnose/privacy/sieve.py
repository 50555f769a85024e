"""Which of many patterns can find something in a reply at all, told in one pass over it.

There are some 150 patterns, and few replies hold anything for more than one of them. RE2 looks for
all of them at once, in linear time and without looking around, so that it may name one too many and
never one too few; what it names, Python's own patterns find. Measured on the corpus (803 captures,
18 MB, processor time, busy machine, every mask the same): 43 MB/s with it (36 while its automaton
is made), 8 MB/s without; with the word of each pattern looked for among those of a reply: 12 MB/s.

Where RE2 is not installed or gives up, every pattern is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

try:
    import re2
except ImportError:  # no wheel for this computer
    re2 = None

Item = TypeVar("Item")

_MEMORY: Final = (
    16 << 20
)  # of the automaton, whose states are made as they are met; 8 is a tenth slower
_ANYTHING: Final = rb"(?s:.)"  # always found: what is named without it is no answer
_MOST_COUNTED: Final = 8  # RE2 copies what is repeated as often; from here on "or more" will do
_TOKEN: Final = re.compile(
    rb"(?P<around>\(\?<?[=!])|(?P<open>\()(?:\?(?:P<\w+>|:|m\)))?|(?P<close>\))"
    rb"|\{(?P<least>\d+)(?:,(?P<most>\d*))?\}(?P<own>\+?)|(?P<repeat>[*+?])\+?"
    rb"|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<end>\\Z|[$^])|\\.|.",
    re.DOTALL,
)


class Sieve(Generic[Item]):
    """Things that are looked for, each with the pattern that finds it in lower-cased bytes."""

    def __init__(self, sought: Sequence[tuple[Item, re.Pattern[bytes]]]) -> None:
        self._items = [item for item, _ in sought]
        self._patterns = [pattern.pattern for _, pattern in sought]

    def among(self, lowered: bytes) -> list[Item]:
        """Those that may find something in this reply, in their order."""
        if self._set is None:
            return self._items
        if not lowered:
            return []
        found = self._set.Match(lowered) or ()
        if len(self._items) not in found:
            return self._items
        return [self._items[index] for index in sorted(found)[:-1]]

    @cached_property
    def _set(self) -> Any:
        """What looks for all of them and, last, for anything; None without RE2."""
        if re2 is None:
            return None
        made = re2.Set.SearchSet(self._options())
        for pattern in (*map(widened, self._patterns), _ANYTHING):
            made.Add(pattern)
        made.Compile()
        return made

    @staticmethod
    def _options() -> Any:
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are
        options.max_mem = _MEMORY
        options.log_errors = False
        return options


def widened(pattern: bytes) -> bytes:
    """Say the pattern without looking around and without high counts: it finds more, never less."""
    spans, around = [], 0
    for token in _TOKEN.finditer(pattern):
        if token["around"] or (around and token["open"]):
            around += 1
        elif around:
            around -= bool(token["close"])
        else:
            spans.append(_widened(token))
    return b"".join(spans)


def _widened(token: re.Match[bytes]) -> bytes:
    if token["end"]:
        return b""
    if token["open"]:
        return b"" if token[0].endswith(b"m)") else b"(?:"
    if token["repeat"]:
        return token["repeat"]
    if token["least"]:
        least = min(int(token["least"]), _MOST_COUNTED)
        exact = token["most"] or token["least"]
        most = int(exact) if token["most"] != b"" else _MOST_COUNTED + 1
        return b"{%d,%b}" % (least, b"%d" % most if most <= _MOST_COUNTED else b"")
    return token[0].replace(rb"\s", rb"\t-\r " if token["class"] else rb"[\t-\r ]")

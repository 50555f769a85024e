"""Values nobody expects, and every place in a document where one can stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

STRANGE: tuple[Any, ...] = (
    *(2**70, -(2**70), 1e308, -1e308, True, None, 0, -1, "²", "٣", "x" * 100_000, [], {}, [[[]]]),
    *("\ud800", "\x00", "", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59+00:00"),
)


def places(output: object, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = (
        output.items()
        if isinstance(output, dict)
        else enumerate(output if type(output) is list else ())
    )
    for key, inner in pairs:
        yield (*place, key)
        yield from places(inner, (*place, key))

"""Our canonical JSON is that of RFC 8785, byte for byte, and refuses what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as some

from diagnose.model.canonical import canonical

SCALARS = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text()
    | some.floats(-10, 10)
    | some.integers(-5, 5).map(float)
)
DOCUMENTS = some.recursive(
    SCALARS,
    lambda inner: (
        some.lists(inner)
        | some.tuples(inner)
        | some.dictionaries(some.text(), inner)
        | some.dictionaries(some.sampled_from(["ascii", "电池", "\ue000", "😀", ""]), inner)
    ),
)


@given(DOCUMENTS)
@example({"😀": 1, "\ue000": 2})
@example([-0.0, 1e21, 1e-7, 0.0001, 123456789012345.6, 9007199254740993, 5e-324, 1e16, 1e15])
@example(['\x7f\x00\x1f\u2028\b\f\n\r\t"\\/é'])
@example("\ud800")
@example({1: 2})
def test_it_is_that_of_the_rfc(document: Any) -> None:
    try:
        wanted = rfc8785.dumps(document)
    except rfc8785.CanonicalizationError:
        with pytest.raises(rfc8785.CanonicalizationError):
            canonical(document)
    else:
        assert canonical(document) == wanted

"""RFC 8785 canonical JSON: the one form in which documents are hashed and signed."""

from __future__ import annotations

from typing import Any


def canonical(document: Any) -> bytes:
    """Write a document in its canonical form. Raises ValueError where it has none."""
    import rfc8785  # not before the first request: it loads `typing`

    written: bytes = rfc8785.dumps(document)
    return written

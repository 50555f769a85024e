"""The code on the first page of a case: its number and its page's digest, to be scanned.

What is scanned is plain text that a person can read and hold against the page; it is no address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from diagnose.report.palette import INK, PAPER

_QUIET = 4
"""Empty modules around the code (ISO/IEC 18004, 9.1)."""


def code_text(number: str, digest: str, *, of_case: bool = True) -> str:
    """Say what the code says; capitals and digits make the smallest code."""
    return f"{'CASE' if of_case else 'REPORT'} {number} SHA256 {digest}".upper()


def draw_code(text: str) -> str:
    """Draw a QR code as SVG. Level M: a seventh of it may be dirty or torn."""
    import segno

    modules = segno.make(text, error="m", micro=False).matrix
    size = len(modules) + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
        f' shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="{PAPER}"/>'
        f'<path fill="{INK}" d="{"".join(_runs(modules))}"/></svg>'
    )


def _runs(modules: Sequence[Sequence[int]]) -> Iterator[str]:
    """Each row's dark runs as one bar: fewer seams, a smaller file."""
    for y, row in enumerate(modules, _QUIET):
        x = _QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length

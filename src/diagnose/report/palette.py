"""The colours of the pages: one table for the style sheet, the pictures and the PDF.

Each ink has a contrast of at least 4.5 : 1 on white and on its own wash (WCAG 2.2, 1.4.3); a test
computes it.
"""

from __future__ import annotations

from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass


@dataclass(frozen=True)
class Tone:
    """`ink` writes, `fill` paints shapes, `wash` lies behind text."""

    ink: str
    fill: str
    wash: str


INK, SOFT, LINE, PAPER, WASH = "#1b1f24", "#535b64", "#d0d7de", "#ffffff", "#f5f7f9"
ACCENT = "#14476f"

TONES: dict[Outcome, Tone] = {
    Outcome.PASS: Tone("#116329", "#2a8a48", "#e8f5ec"),
    Outcome.OBSERVED: Tone("#0a5394", "#3d7fc0", "#e9f2fb"),
    Outcome.ATTENTION: Tone("#7a4a00", "#c98500", "#fdf3dc"),
    Outcome.FAIL: Tone("#a40e26", "#c9243c", "#fcebed"),
    Outcome.ERROR: Tone("#8a1f6a", "#b0478f", "#f9ecf5"),
    Outcome.NOT_RUN: Tone("#5b3da8", "#a695d3", "#f2eefb"),
    Outcome.NOT_APPLICABLE: Tone("#535b64", "#aab2bb", "#f1f3f5"),
}

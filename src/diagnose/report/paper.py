"""What a terminal view is printed on: as wide as the terminal, coloured only where there is one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from diagnose.report.columns import cells, cut, wrap

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST = 100  # a line longer than this is hard to read, however wide the window is


class Paper:
    """What is printed on: lines with a hanging indent, never wider than the terminal.

    Where there is no terminal nothing is coloured, and rich is not loaded (it costs 30 ms).
    """

    def __init__(self, console: Console | None) -> None:
        _show_what_can_be_shown()
        self.console = console or (_console() if is_coloured() else None)
        width = self.console.width if self.console else _columns()
        self.width = max(min(width, _WIDEST), 40)

    def put(
        self, text: str, *, lead: str = "", style: str = "", lead_style: str = "", limit: int = 0
    ) -> None:
        """Print a text after its lead; further lines start under the text. `limit` cuts lines."""
        room = self.width - cells(lead)
        lines = wrap(text, room) or [""]
        if limit and len(lines) > limit:
            lines = [*lines[: limit - 1], cut(" ".join(lines[limit - 1 :]), room)]
        for index, piece in enumerate(lines):
            self._print(lead if index == 0 else " " * cells(lead), lead_style, piece, style)

    def rule(self, style: str) -> None:
        """Print a line across."""
        self._print("", "", "━" * self.width, style)

    def _print(self, lead: str, lead_style: str, piece: str, style: str) -> None:
        if self.console is None:
            sys.stdout.write((lead + piece).rstrip() + "\n")
            return
        from rich.text import Text as Line

        line = Line(lead, style=lead_style)
        line.append(piece, style=style or None)
        line.rstrip()
        self.console.print(line, soft_wrap=True)


def is_coloured() -> bool:
    """Whether standard output is a terminal, or is to be coloured all the same (FORCE_COLOR)."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def _columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and len(columns) < 5 else 80


def _show_what_can_be_shown() -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:  # a terminal that cannot show ✓ shows "?", not a traceback
        reconfigure(errors="replace")


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)

"""Standard output: one line of JSON a delivery, for whoever stands behind the pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import OneWay, Setting, TicketFinding
from diagnose.tickets.content import Content
from diagnose.tickets.envelope import line


class Stdout(OneWay):
    """Writes a line; who reads it tells by `id` what he has read already."""

    class Options(Frozen):
        """Nothing can be set."""

    secrets: ClassVar[tuple[str, ...]] = ()

    def __init__(self, setting: Setting) -> None:
        self._wire = setting.wire

    def create(self, content: Content) -> str:
        """Write the ticket."""
        self._write("ticket", content)
        return content.delivery_id

    def append(self, ref: str, note: Content) -> None:
        """Write the note; it names its ticket."""
        self._write("note", note, ref)

    def check(self) -> Iterator[TicketFinding]:
        """There is always a standard output."""
        yield TicketFinding("place", ok=True, text=Text("standard output", "标准输出"))

    def _write(self, kind: str, content: Content, ticket: str = "") -> None:
        self._wire.hold()
        sys.stdout.write(line(kind, content, ticket) + "\n")
        sys.stdout.flush()


ADAPTER = Stdout

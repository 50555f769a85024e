"""A drop folder: one folder a delivery, whole or not there, for a program that collects them."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from diagnose.model.frozen import Frozen
from diagnose.model.text import Text
from diagnose.tickets.adapter import OneWay, SeenTicket, Setting, TicketFinding
from diagnose.tickets.content import Content
from diagnose.tickets.envelope import document
from diagnose.tickets.failures import Unreached

EVENT = "ticket.json"


class DropFolder(OneWay):
    """Every delivery is a folder named by its id, which gets its name when it is whole."""

    class Options(Frozen):
        """`folder` is where they are dropped."""

        folder: Path

    secrets: ClassVar[tuple[str, ...]] = ()

    def __init__(self, setting: Setting) -> None:
        self._folder: Path = setting.options.folder
        self._wire = setting.wire

    def find(self, delivery_id: str) -> Sequence[str]:
        """It is there, or it is not."""
        return (delivery_id,) if (self._folder / delivery_id / EVENT).is_file() else ()

    def create(self, content: Content) -> str:
        """Drop it."""
        self._drop("ticket", content)
        return content.delivery_id

    def see(self, ref: str, content: Content) -> SeenTicket | None:
        """Read it back; None: whoever collects has taken it."""
        try:
            event = json.loads((self._folder / ref / EVENT).read_bytes())
            files = {
                file.name: hashlib.sha256((self._folder / ref / file.name).read_bytes()).hexdigest()
                for file in content.files
            }
        except FileNotFoundError:
            return None
        return SeenTicket(event["data"]["fields"], files)

    def append(self, ref: str, note: Content) -> None:
        """Drop a folder of its own that names its ticket."""
        self._drop("note", note, ref)

    def has_note(self, _ref: str, delivery_id: str) -> bool | None:
        """Whether it is there; None: whoever collects may have taken it."""
        return True if self.find(delivery_id) else None

    def link(self, ref: str) -> str:
        """Where it lies."""
        return (self._folder / ref).absolute().as_uri()

    def check(self) -> Iterator[TicketFinding]:
        """Look whether it may be written to."""
        ok = self._folder.is_dir() and os.access(self._folder, os.W_OK | os.X_OK)
        hint = Text(f"make it: mkdir -p {self._folder}", f"请创建：mkdir -p {self._folder}")
        text = Text(str(self._folder), str(self._folder))
        yield TicketFinding("place", ok=ok, text=text, hint=None if ok else hint)

    def _drop(self, kind: str, content: Content, ticket: str = "") -> None:
        self._wire.hold()
        half = self._folder / f".{content.delivery_id}.{secrets.token_hex(4)}"
        try:
            half.mkdir()
            event = json.dumps(document(kind, content, ticket, files=False), indent=2)
            _write(half / EVENT, event.encode())
            for file in content.files:
                _write(half / file.name, file.data)
            half.rename(self._folder / content.delivery_id)
            _sync(self._folder)
        except OSError as problem:
            shutil.rmtree(half, ignore_errors=True)
            if not self.find(content.delivery_id):
                detail = f"{self._folder}: {problem.strerror}"
                raise Unreached(Text(detail, detail)) from problem


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


ADAPTER = DropFolder

"""What is sent: a ticket or a note, with its fields and files, ready and unchanging."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Self

from diagnose.model.plain import dataclass

LONGEST_TEXT = 2000
"""Characters of a summary or a note: it is read in a list, on a telephone."""


@dataclass(frozen=True)
class File:
    """An attachment. Its name is ASCII: Request Tracker answers others with 500."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Of the bytes as they are sent."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Content:
    """One delivery's content. `fields` are keyed by their names in the system.

    `sources` says of each field what it was made of (see `sources.py`). `text` ends with the
    delivery id, by which a note is found again.
    """

    delivery_id: str
    lang: str
    subject: str
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()

    @property
    def size_bytes(self) -> int:
        """What it takes of the outbox's room."""
        return len(self.packed()) + sum(len(file.data) for file in self.files)

    def packed(self) -> bytes:
        """Everything but the files, as JSON."""
        names = ("delivery_id", "lang", "subject", "text", "fields", "sources")
        return json.dumps({name: getattr(self, name) for name in names}).encode()

    @classmethod
    def unpacked(cls, packed: bytes, files: tuple[File, ...]) -> Self:
        """The opposite of `packed`."""
        return cls(**json.loads(packed), files=files)

    def only(self, fields: set[str], files: set[str]) -> Content:
        """Keep these fields and files: what a ticket still lacks."""
        return replace(
            self,
            fields={name: value for name, value in self.fields.items() if name in fields},
            files=tuple(file for file in self.files if file.name in files),
        )

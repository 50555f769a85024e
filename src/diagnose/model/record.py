"""The record of a case as other programs read it: what `case show --json` and `case export` write.

These models describe; the chain inside is what counts, and it is checked with `case verify`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from diagnose.model.case import Case
from diagnose.model.consent import Sha256
from diagnose.model.frozen import Frozen
from diagnose.model.quote import Quote

Ed25519Key = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Ed25519Signature = Annotated[str, Field(pattern=r"^([0-9a-f]{128})?$")]
CanonicalJson = Annotated[str, Field(json_schema_extra={"contentMediaType": "application/json"})]


class CaseDocument(Case):
    """The state of a case as the commands print it with `--json`.

    `page`, `before` and `after` are in it where the whole case was asked for (`case show`); the
    digest and the quote of the page always are. Contact, identifiers and signers are null where
    they were not asked for, never given, or erased.
    """

    page_digest: Sha256 | None = None
    quote: Quote | None = None


class RecordFlaw(Frozen):
    """What is wrong with a record; `seq` 0: with the whole. `certain` false: it may be right."""

    code: str
    seq: int = Field(ge=0)
    text: str
    certain: bool = True


class ChainEvent(Frozen):
    """One event: its canonical JSON (RFC 8785) as it was hashed and signed."""

    body: CanonicalJson
    hash: Sha256
    signature: Ed25519Signature


class ChainHead(Frozen):
    """The signed name of the last event."""

    seq: int = Field(ge=1)
    hash: Sha256
    key: Ed25519Key
    signature: Ed25519Signature


class ChainPrivate(Frozen):
    """A private value with the salt that opens the commitment in its event."""

    seq: int = Field(ge=1)
    name: str
    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    value: Any


class ChainCopy(Frozen):
    """Every event of a case as it was signed; `private` null: the copy was made without."""

    chain: Literal[1]
    case: str
    events: tuple[ChainEvent, ...]
    head: ChainHead | None
    private: tuple[ChainPrivate, ...] | None


class CaseRecord(Frozen):
    """A copy of a case that left the house (`case.json` of `case export`).

    `case` is what the events of `chain` come to; `flaws` what was wrong with them at that moment.
    """

    case: CaseDocument
    flaws: tuple[RecordFlaw, ...]
    chain: ChainCopy

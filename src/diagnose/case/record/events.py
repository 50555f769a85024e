"""Events: what a case consists of.

An event's body is RFC 8785 canonical JSON, and that is what is stored, hashed and signed. Private
values are not in it: it holds a salted commitment to each, so that they can be erased and the
chain still stands.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from diagnose.errors import CasebookInvalid
from diagnose.model.canonical import canonical
from diagnose.model.plain import dataclass
from diagnose.station.signing import StationKey

FORMAT = 1
FIRST_HASH = "0" * 64
SALT_BYTES = 32


class EventKind(StrEnum):
    """What happened."""

    OPENED = "opened"
    CORRECTED = "corrected"
    DIAGNOSED = "diagnosed"
    QUOTED = "quoted"
    CONSENTED = "consented"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    WORKED = "worked"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    EXPORTED = "exported"
    ERASED = "erased"


@dataclass(frozen=True)
class Entry:
    """What is to be recorded. `private` values are kept apart and can be erased."""

    kind: EventKind
    payload: Mapping[str, Any]
    private: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PrivateValue:
    """A private value with the salt that opens its commitment."""

    seq: int
    name: str
    salt: bytes
    value: Any

    @property
    def commitment(self) -> str:
        """HMAC-SHA-256 of the value's canonical JSON under the salt: it tells nothing of it."""
        return hmac.new(self.salt, canonical(self.value), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class CaseEvent:
    """One recorded event. `body` is what counts; the rest of the fields were read from it."""

    body: bytes
    hash: str
    signature: str
    case: str
    seq: int
    kind: EventKind
    at: datetime
    actor: str
    payload: Mapping[str, Any]
    private: Mapping[str, str]
    prev_hash: str
    key: str


@dataclass(frozen=True)
class Head:
    """The last event of a chain, signed: a chain that lost its tail does not reach it."""

    case: str
    seq: int
    hash: str
    key: str = ""
    signature: str = ""

    @property
    def body(self) -> bytes:
        """What is signed."""
        return canonical({"case": self.case, "seq": self.seq, "hash": self.hash})


@dataclass(frozen=True)
class Chain:
    """Everything recorded of one case, as it was found."""

    case: str
    events: tuple[CaseEvent, ...] = ()
    head: Head | None = None
    private: tuple[PrivateValue, ...] = ()

    @property
    def last_hash(self) -> str:
        """What the next event continues."""
        return self.events[-1].hash if self.events else FIRST_HASH


def make_event(
    chain: Chain, entry: Entry, *, at: datetime, actor: str, key: StationKey | None
) -> tuple[CaseEvent, tuple[PrivateValue, ...]]:
    """Make the event that continues a chain, and the private values that go with it."""
    seq = len(chain.events) + 1
    private = tuple(
        PrivateValue(seq, name, secrets.token_bytes(SALT_BYTES), value)
        for name, value in sorted(entry.private.items())
    )
    body = canonical(
        {
            "format": FORMAT,
            "case": chain.case,
            "seq": seq,
            "kind": entry.kind.value,
            "at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "actor": actor,
            "payload": dict(entry.payload),
            "private": {value.name: value.commitment for value in private},
            "prev_hash": chain.last_hash,
            "key": key.public if key else "",
        }
    )
    return read_event(body, signature=key.sign(body) if key else ""), private


def make_head(event: CaseEvent, key: StationKey | None) -> Head:
    """Make the signed head that names an event as the last."""
    head = Head(event.case, event.seq, event.hash, key.public if key else "")
    if key is None:
        return head
    return Head(head.case, head.seq, head.hash, head.key, key.sign(head.body))


def read_event(body: bytes, *, signature: str) -> CaseEvent:
    """Read an event from its body. Raises `CasebookInvalid` where it is none."""
    try:
        fields = json.loads(body)
        if fields["format"] != FORMAT:
            raise CasebookInvalid(
                f"an event has format {fields['format']!r}", hint="it needs a newer diagnose"
            )
        return CaseEvent(
            body=body,
            hash=hashlib.sha256(body).hexdigest(),
            signature=signature,
            case=str(fields["case"]),
            seq=int(fields["seq"]),
            kind=EventKind(fields["kind"]),
            at=datetime.fromisoformat(fields["at"]),
            actor=str(fields["actor"]),
            payload=dict(fields["payload"]),
            private=dict(fields["private"]),
            prev_hash=str(fields["prev_hash"]),
            key=str(fields["key"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise CasebookInvalid(f"an event of the casebook is damaged: {problem}") from problem

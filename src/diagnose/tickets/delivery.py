"""A delivery: what is to reach a system, how far it came, and every attempt at it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.tickets.content import Content

CASE = "case:"


def case_thread(case_id: str) -> str:
    """The name of a case's ticket in the outbox."""
    return CASE + case_id


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    WAITING = "waiting"
    DELIVERED = "delivered"  # confirmed by the system and read back; its content is gone
    DEAD = "dead"  # not tried any more until somebody says so


class DeliveryKind(StrEnum):
    """What it becomes in the system."""

    TICKET = "ticket"
    NOTE = "note"


@dataclass(frozen=True)
class TicketDraft:
    """What is to be put into the outbox. One `thread` is one ticket: a report or a case.

    `event` names it within the thread; nothing is put in twice under one name.
    """

    system: str
    thread: str
    event: str
    kind: DeliveryKind
    content: Content


@dataclass(frozen=True)
class Followed:
    """How far a case was read for its ticket: `seq` of its last event then."""

    system: str
    thread: str
    seq: int


@dataclass(frozen=True)
class Attempt:
    """One attempt; `outcome` is empty while it lasts, or where its process ended with it."""

    began_at: datetime
    ended_at: datetime | None
    worker: str
    outcome: str
    detail: Text
    requests: int


@dataclass(frozen=True)
class Delivery:
    """One delivery as the outbox holds it. `due_at` is when it is tried next."""

    number: int
    delivery_id: str
    system: str
    thread: str
    event: str
    kind: DeliveryKind
    subject: str
    state: DeliveryState
    tries: int
    made_at: datetime
    due_at: datetime
    done_at: datetime | None
    size_bytes: int
    detail: Text
    ref: str = ""
    link: str = ""
    in_flight: bool = False


@dataclass(frozen=True)
class Claim:
    """A delivery that one worker holds for a while; nobody else works on its thread meanwhile."""

    delivery: Delivery
    content: Content
    worker: str
    attempt: int
    interrupted: bool
    """Whether an earlier attempt ended without an answer being written down."""

"""The tables of the outbox; they stand in the casebook's database. Moments are Unix milliseconds.

`ticket_leases` has one row a ticket that is being worked on: its primary key is what keeps two
workers, on two hosts perhaps, from one ticket.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from diagnose.case.record.columns import Bytes, Moment, Number, Word

metadata = MetaData()

deliveries = Table(
    "ticket_deliveries",
    metadata,
    Column("number", Number, primary_key=True),
    Column("delivery_id", Word(64), nullable=False),
    Column("system", Word(1024), nullable=False),
    Column("thread", Word(160), nullable=False),
    Column("event", Word(160), nullable=False),
    Column("kind", Word(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", Word(16), nullable=False),
    Column("tries", Number, nullable=False, default=0),
    Column("made_ms", Moment, nullable=False),
    Column("due_ms", Moment, nullable=False),
    Column("done_ms", Moment),
    Column("size_bytes", Moment, nullable=False),
    Column("said_en", Text, nullable=False, default=""),
    Column("said_zh", Text, nullable=False, default=""),
    Column("content", Bytes),
    UniqueConstraint("system", "thread", "event"),
    Index("ticket_deliveries_waiting", "state", "system", "thread"),
)
files = Table(
    "ticket_files",
    metadata,
    Column("number", ForeignKey("ticket_deliveries.number"), primary_key=True),
    Column("place", Number, primary_key=True),
    Column("name", Word(120), nullable=False),
    Column("media_type", Word(120), nullable=False),
    Column("data", Bytes, nullable=False),
)
attempts = Table(
    "ticket_attempts",
    metadata,
    Column("number", ForeignKey("ticket_deliveries.number"), primary_key=True),
    Column("attempt", Number, primary_key=True),
    Column("worker", Word(120), nullable=False),
    Column("began_ms", Moment, nullable=False),
    Column("ended_ms", Moment),
    Column("outcome", Word(32), nullable=False, default=""),
    Column("said_en", Text, nullable=False, default=""),
    Column("said_zh", Text, nullable=False, default=""),
    Column("requests", Number, nullable=False, default=0),
)
threads = Table(
    "ticket_threads",
    metadata,
    Column("system", Word(1024), primary_key=True),
    Column("thread", Word(160), primary_key=True),
    Column("ref", Word(255), nullable=False),
    Column("link", Text, nullable=False),
)
# How far a case was followed: the last of its events that was looked at for a note.
followed = Table(
    "ticket_followed",
    metadata,
    Column("system", Word(1024), primary_key=True),
    Column("thread", Word(160), primary_key=True),
    Column("seq", Number, nullable=False),
)
leases = Table(
    "ticket_leases",
    metadata,
    Column("system", Word(1024), primary_key=True),
    Column("thread", Word(160), primary_key=True),
    Column("number", Number, nullable=False),
    Column("worker", Word(120), nullable=False),
    Column("until_ms", Moment, nullable=False),
)
pauses = Table(
    "ticket_pauses",
    metadata,
    Column("system", Word(1024), primary_key=True),
    Column("until_ms", Moment, nullable=False),
    Column("times", Number, nullable=False),
    Column("said_en", Text, nullable=False),
    Column("said_zh", Text, nullable=False),
)

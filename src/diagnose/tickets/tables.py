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

from diagnose.case.record.columns import BytesColumn, MomentColumn, NumberColumn, WordColumn

metadata = MetaData()

deliveries = Table(
    "ticket_deliveries",
    metadata,
    Column("number", NumberColumn, primary_key=True),
    Column("delivery_id", WordColumn(64), nullable=False),
    Column("system", WordColumn(1024), nullable=False),
    Column("thread", WordColumn(160), nullable=False),
    Column("event", WordColumn(160), nullable=False),
    Column("kind", WordColumn(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", WordColumn(16), nullable=False),
    Column("tries", NumberColumn, nullable=False, default=0),
    Column("made_ms", MomentColumn, nullable=False),
    Column("due_ms", MomentColumn, nullable=False),
    Column("done_ms", MomentColumn),
    Column("size_bytes", MomentColumn, nullable=False),
    Column("said_en", Text, nullable=False, default=""),
    Column("said_zh", Text, nullable=False, default=""),
    Column("content", BytesColumn),
    UniqueConstraint("system", "thread", "event"),
    Index("ticket_deliveries_waiting", "state", "system", "thread"),
)
files = Table(
    "ticket_files",
    metadata,
    Column("number", ForeignKey("ticket_deliveries.number"), primary_key=True),
    Column("place", NumberColumn, primary_key=True),
    Column("name", WordColumn(120), nullable=False),
    Column("media_type", WordColumn(120), nullable=False),
    Column("data", BytesColumn, nullable=False),
)
attempts = Table(
    "ticket_attempts",
    metadata,
    Column("number", ForeignKey("ticket_deliveries.number"), primary_key=True),
    Column("attempt", NumberColumn, primary_key=True),
    Column("worker", WordColumn(120), nullable=False),
    Column("began_ms", MomentColumn, nullable=False),
    Column("ended_ms", MomentColumn),
    Column("outcome", WordColumn(32), nullable=False, default=""),
    Column("said_en", Text, nullable=False, default=""),
    Column("said_zh", Text, nullable=False, default=""),
    Column("requests", NumberColumn, nullable=False, default=0),
)
threads = Table(
    "ticket_threads",
    metadata,
    Column("system", WordColumn(1024), primary_key=True),
    Column("thread", WordColumn(160), primary_key=True),
    Column("ref", WordColumn(255), nullable=False),
    Column("link", Text, nullable=False),
)
# How far a case was followed: the last of its events that was looked at for a note.
followed = Table(
    "ticket_followed",
    metadata,
    Column("system", WordColumn(1024), primary_key=True),
    Column("thread", WordColumn(160), primary_key=True),
    Column("seq", NumberColumn, nullable=False),
)
leases = Table(
    "ticket_leases",
    metadata,
    Column("system", WordColumn(1024), primary_key=True),
    Column("thread", WordColumn(160), primary_key=True),
    Column("number", NumberColumn, nullable=False),
    Column("worker", WordColumn(120), nullable=False),
    Column("until_ms", MomentColumn, nullable=False),
)
pauses = Table(
    "ticket_pauses",
    metadata,
    Column("system", WordColumn(1024), primary_key=True),
    Column("until_ms", MomentColumn, nullable=False),
    Column("times", NumberColumn, nullable=False),
    Column("said_en", Text, nullable=False),
    Column("said_zh", Text, nullable=False),
)

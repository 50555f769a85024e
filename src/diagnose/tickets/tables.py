"""The tables of the outbox; they stand in the casebook's database. Moments are Unix milliseconds.

`ticket_leases` has one row a ticket that is being worked on: its primary key is what keeps two
workers, on two hosts perhaps, from one ticket.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

deliveries = Table(
    "ticket_deliveries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("delivery_id", String(64), nullable=False),
    Column("system", String(1024), nullable=False),
    Column("thread", String(160), nullable=False),
    Column("event", String(160), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("made_ms", BigInteger, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("done_ms", BigInteger),
    Column("size_bytes", BigInteger, nullable=False),
    Column("said_en", Text, nullable=False, default=""),
    Column("said_zh", Text, nullable=False, default=""),
    Column("content", LargeBinary),
    UniqueConstraint("system", "thread", "event"),
    Index("ticket_deliveries_waiting", "state", "system", "thread"),
)
files = Table(
    "ticket_files",
    metadata,
    Column("number", ForeignKey("ticket_deliveries.number"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("data", LargeBinary, nullable=False),
)
attempts = Table(
    "ticket_attempts",
    metadata,
    Column("number", ForeignKey("ticket_deliveries.number"), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("worker", String(120), nullable=False),
    Column("began_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Column("outcome", String(32), nullable=False, default=""),
    Column("said_en", Text, nullable=False, default=""),
    Column("said_zh", Text, nullable=False, default=""),
    Column("requests", Integer, nullable=False, default=0),
)
threads = Table(
    "ticket_threads",
    metadata,
    Column("system", String(1024), primary_key=True),
    Column("thread", String(160), primary_key=True),
    Column("ref", String(255), nullable=False),
    Column("link", Text, nullable=False),
)
# How far a case was followed: the last of its events that was looked at for a note.
followed = Table(
    "ticket_followed",
    metadata,
    Column("system", String(1024), primary_key=True),
    Column("thread", String(160), primary_key=True),
    Column("seq", Integer, nullable=False),
)
leases = Table(
    "ticket_leases",
    metadata,
    Column("system", String(1024), primary_key=True),
    Column("thread", String(160), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("worker", String(120), nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)
pauses = Table(
    "ticket_pauses",
    metadata,
    Column("system", String(1024), primary_key=True),
    Column("until_ms", BigInteger, nullable=False),
    Column("times", Integer, nullable=False),
    Column("said_en", Text, nullable=False),
    Column("said_zh", Text, nullable=False),
)

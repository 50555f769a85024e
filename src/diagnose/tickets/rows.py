"""Rows of the outbox and what they mean: queries, and steps inside one transaction."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, exists, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from diagnose.case.record.tables import heads
from diagnose.errors import UnknownName
from diagnose.model.text import Text
from diagnose.tickets import tables
from diagnose.tickets.content import Content, File
from diagnose.tickets.delivery import (
    CASE,
    Attempt,
    Claim,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Followed,
    TicketDraft,
)
from diagnose.tickets.failures import LeaseLost


def now_ms(connection: Connection) -> int:
    """Read the clock in Unix milliseconds: that of PostgreSQL where hosts share one."""
    if connection.dialect.name != "postgresql":
        return time.time_ns() // 1_000_000
    seconds = connection.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one()
    return int(seconds * 1000)


def moment(milliseconds: int) -> datetime:
    """Make a moment of Unix milliseconds."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def detail_columns(text: Text) -> dict[str, Any]:
    """The columns of a text."""
    return {"said_en": text.en, "said_zh": text.zh}


def joined() -> Any:
    """Deliveries with the pause of their system, their ticket, and who holds it."""
    d, p, t, lease = (
        tables.deliveries,
        tables.pauses,
        tables.threads,
        tables.leases,
    )
    return (
        d.outerjoin(p, p.c.system == d.c.system)
        .outerjoin(t, (t.c.system == d.c.system) & (t.c.thread == d.c.thread))
        .outerjoin(lease, (lease.c.system == d.c.system) & (lease.c.thread == d.c.thread))
    )


def delivery_query() -> Any:
    """Select everything `read_delivery` shows."""
    lease, thread = tables.leases.c, tables.threads.c
    held = (lease.until_ms, lease.number.label("leased"), thread.ref, thread.link)
    return select(tables.deliveries, *held).select_from(joined())


def only(query: Any, system: str | None, number: int | None) -> Any:
    """Narrow a query to one system, or one delivery."""
    query = query if system is None else query.where(tables.deliveries.c.system == system)
    return query if number is None else query.where(tables.deliveries.c.number == number)


def is_first() -> ColumnElement[bool]:
    """Whether everything before it in its ticket is delivered: notes keep their order."""
    d = tables.deliveries
    before = d.alias("before")
    return ~exists().where(
        before.c.system == d.c.system,
        before.c.thread == d.c.thread,
        before.c.number < d.c.number,
        before.c.state != DeliveryState.DELIVERED,
    )


def due_query(now: int, system: str | None, number: int | None) -> Any:
    """Select the delivery that may be taken now, the longest due first."""
    d, p, lease = tables.deliveries.c, tables.pauses.c, tables.leases.c
    query = (
        select(d.number)
        .select_from(joined())
        .where(d.state == DeliveryState.WAITING, d.due_ms <= now)
        .where(func.coalesce(p.until_ms, 0) <= now, func.coalesce(lease.until_ms, 0) <= now)
        .where(is_first())
        .order_by(d.due_ms, d.number)
        .limit(1)
    )
    return only(query, system, number)


def behind_query() -> Any:
    """Select the cases with a ticket that went on since they were followed."""
    d, f, head = tables.deliveries.c, tables.followed.c, heads.c
    known = tables.deliveries.join(heads, d.thread == CASE + head.case_id).outerjoin(
        tables.followed, (f.system == d.system) & (f.thread == d.thread)
    )
    query = select(d.system, d.thread).select_from(known)
    return query.where(func.coalesce(f.seq, 0) < head.seq).distinct()


def write_followed(connection: Connection, followed: Followed) -> None:
    """Write down how far a case was followed."""
    f = tables.followed
    ticket = {"system": followed.system, "thread": followed.thread}
    connection.execute(delete(f).where(*(f.c[name] == value for name, value in ticket.items())))
    connection.execute(insert(f).values(**ticket, seq=followed.seq))


def number_of(connection: Connection, draft: TicketDraft) -> int | None:
    """Find what was put in under the same name."""
    column = tables.deliveries.c
    query = select(column.number).where(
        column.system == draft.system, column.thread == draft.thread, column.event == draft.event
    )
    found: int | None = connection.execute(query).scalar()
    return found


def insert_draft(connection: Connection, draft: TicketDraft) -> None:
    """Put a draft in."""
    now, content = now_ms(connection), draft.content
    names = ("system", "thread", "event", "kind")
    made = connection.execute(
        insert(tables.deliveries).values(
            **{name: getattr(draft, name) for name in names},
            delivery_id=content.delivery_id,
            subject=content.subject,
            state=DeliveryState.WAITING,
            made_ms=now,
            due_ms=now,
            size_bytes=content.size_bytes,
            content=content.packed(),
        )
    )
    number: Any = made.inserted_primary_key
    write_files(connection, number[0], content)


def renew_content(connection: Connection, number: int, content: Content) -> None:
    """Give what is neither delivered nor on its way a new content, and let it be tried now."""
    found = read_delivery(connection, number)
    if found.state is DeliveryState.DELIVERED or found.in_flight:
        return
    write_files(connection, number, content)
    values = {
        "subject": content.subject,
        "content": content.packed(),
        "size_bytes": content.size_bytes,
    }
    due = {"state": DeliveryState.WAITING, "due_ms": now_ms(connection), "tries": 0}
    change(connection, number, values | due)


def write_files(connection: Connection, number: int, content: Content) -> None:
    """Keep the files of a content in place of those that are there."""
    connection.execute(delete(tables.files).where(tables.files.c.number == number))
    for place, file in enumerate(content.files):
        values = {"name": file.name, "media_type": file.media_type, "data": file.data}
        connection.execute(insert(tables.files).values(number=number, place=place, **values))


def read_content(connection: Connection, number: int) -> Content | None:
    """Read what a delivery holds; None once it was delivered or erased."""
    column = tables.deliveries.c
    packed = connection.execute(select(column.content).where(column.number == number)).scalar()
    if packed is None:
        return None
    query = select(tables.files).where(tables.files.c.number == number)
    rows = connection.execute(query.order_by(tables.files.c.place)).all()
    kept = tuple(File(row.name, row.media_type, row.data) for row in rows)
    return Content.unpacked(bytes(packed), kept)


def read_delivery(connection: Connection, number: int) -> Delivery:
    """Read one delivery. Raises `UnknownName`."""
    query = delivery_query().where(tables.deliveries.c.number == number)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise UnknownName("delivery", str(number), ())
    return delivery_of(row, now_ms(connection))


def delivery_of(row: RowMapping, now: int) -> Delivery:
    """Make a delivery of its row."""
    same = ("number", "delivery_id", "system", "thread", "event", "subject", "tries", "size_bytes")
    done = row["done_ms"]
    return Delivery(
        **{name: row[name] for name in same},
        kind=DeliveryKind(row["kind"]),
        state=DeliveryState(row["state"]),
        made_at=moment(row["made_ms"]),
        due_at=moment(row["due_ms"]),
        done_at=None if done is None else moment(done),
        detail=Text(row["said_en"], row["said_zh"]),
        ref=row["ref"] or "",
        link=row["link"] or "",
        in_flight=row["leased"] == row["number"] and row["until_ms"] > now,
    )


def attempt_of(row: RowMapping) -> Attempt:
    """Make an attempt of its row."""
    return Attempt(
        began_at=moment(row["began_ms"]),
        ended_at=None if row["ended_ms"] is None else moment(row["ended_ms"]),
        worker=row["worker"],
        outcome=row["outcome"],
        detail=Text(row["said_en"], row["said_zh"]),
        requests=row["requests"],
    )


def hold(
    connection: Connection, number: int, worker: str, now: int, lease_s: float
) -> Claim | None:
    """Take a delivery: a lease on its ticket, and a new attempt."""
    found = read_delivery(connection, number)
    content = read_content(connection, number)
    if content is None:
        return None
    ticket = {"system": found.system, "thread": found.thread}
    lease, attempt = tables.leases, tables.attempts
    connection.execute(
        delete(lease).where(*(lease.c[name] == value for name, value in ticket.items()))
    )
    until = now + int(lease_s * 1000)
    connection.execute(insert(lease).values(**ticket, number=number, worker=worker, until_ms=until))
    before = connection.execute(
        select(attempt.c.outcome).where(attempt.c.number == number).order_by(attempt.c.attempt)
    ).scalars()
    outcomes = list(before)
    connection.execute(
        insert(attempt).values(
            number=number, attempt=len(outcomes) + 1, worker=worker, began_ms=now
        )
    )
    interrupted = any(outcome in ("", "uncertain") for outcome in outcomes)
    return Claim(found, content, worker, len(outcomes) + 1, interrupted)


def own_lease(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a lease that still is a claim's."""
    lease, found = tables.leases.c, claim.delivery
    return (
        lease.system == found.system,
        lease.thread == found.thread,
        lease.number == found.number,
        lease.worker == claim.worker,
    )


def check_own(connection: Connection, claim: Claim) -> int:
    """Nobody writes down the end of what another works on by now. Gives the moment."""
    if connection.execute(select(tables.leases.c.number).where(*own_lease(claim))).first() is None:
        raise LeaseLost
    return now_ms(connection)


def change(connection: Connection, number: int, values: dict[str, Any]) -> None:
    """Change columns of a delivery."""
    where = tables.deliveries.c.number == number
    connection.execute(update(tables.deliveries).where(where).values(**values))


def end_attempt(
    connection: Connection, claim: Claim, now: int, outcome: str, text: Text, requests: int
) -> None:
    """Write down how an attempt ended, and let its ticket go."""
    attempt = tables.attempts.c
    where = (attempt.number == claim.delivery.number, attempt.attempt == claim.attempt)
    ended = {"ended_ms": now, "outcome": outcome, "requests": requests}
    connection.execute(
        update(tables.attempts).where(*where).values(**ended, **detail_columns(text))
    )
    connection.execute(delete(tables.leases).where(*own_lease(claim)))


def write_ticket(connection: Connection, delivery: Delivery, ref: str, link: str) -> None:
    """Write down which ticket a thread became."""
    thread = tables.threads
    where = (thread.c.system == delivery.system, thread.c.thread == delivery.thread)
    connection.execute(delete(thread).where(*where))
    ticket = {"system": delivery.system, "thread": delivery.thread}
    connection.execute(insert(thread).values(**ticket, ref=ref, link=link))

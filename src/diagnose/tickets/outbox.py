"""The outbox: what is to be delivered, kept until the system confirmed it and it was read back.

It stands in the casebook's database, and every step is one transaction. On PostgreSQL the moments
are those of the database, so that hosts with different clocks agree who holds what.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, RowMapping, delete, exists, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from diagnose.case.record.database import Database
from diagnose.case.record.place import casebook_url
from diagnose.case.record.scrubbing import scrub
from diagnose.case.record.tables import connect
from diagnose.errors import OutboxFull, UnknownName, UsageError
from diagnose.model.text import Text
from diagnose.tickets import tables
from diagnose.tickets.content import Content, File
from diagnose.tickets.delivery import Attempt, Claim, Delivery, Draft, Kind, State
from diagnose.tickets.failures import LeaseLost

T = TypeVar("T")

FORGOTTEN = Text(
    "the private data of its case were erased; send the case again",
    "该工单的个人信息已被删除；请重新发送该工单",
)


@dataclass(frozen=True)
class Limits:
    """How much the outbox holds at most; when it is full it says so, and takes nothing more."""

    deliveries: int = 20_000
    size_bytes: int = 2 << 30


class Outbox:
    """An open outbox. Raises `CasebookUnavailable` where the database does not answer."""

    def __init__(self, database: Database, limits: Limits | None = None) -> None:
        self._database = database
        self._limits = limits or Limits()
        database.make(tables.metadata)

    @classmethod
    def open(cls, named: str | None = None, limits: Limits | None = None) -> Self:
        """Open the outbox in the casebook of that name or URL (see `casebook_url`)."""
        return cls(Database(connect(casebook_url(named))), limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._database.close()

    def put(self, drafts: Sequence[Draft]) -> list[Delivery]:
        """Keep drafts, all or none. What is there already under its name is not put in again.

        One that waits or is dead gets the new content and is tried anew: a mapping that was
        wrong is mended, and the report sent again. Raises `OutboxFull`.
        """

        def once(connection: Connection) -> list[int]:
            known = [_number_of(connection, draft) for draft in drafts]
            new = [draft for draft, number in zip(drafts, known, strict=True) if number is None]
            self._refuse_over_limit(connection, new)
            for draft, number in zip(drafts, known, strict=True):
                if number is None:
                    _insert(connection, draft)
                else:
                    _renew(connection, number, draft.content)
            return [number for d in drafts if (number := _number_of(connection, d)) is not None]

        numbers = self._written(once)
        return [self.read(number) for number in numbers]

    def _refuse_over_limit(self, connection: Connection, new: Sequence[Draft]) -> None:
        column = tables.deliveries.c
        query = select(func.count(), func.coalesce(func.sum(column.size_bytes), 0))
        count, size = connection.execute(query.where(column.state != State.DELIVERED)).one()
        size += sum(draft.content.size_bytes for draft in new)
        if new and (count + len(new) > self._limits.deliveries or size > self._limits.size_bytes):
            raise OutboxFull(
                f"the outbox is full: {count} deliveries wait, at most {self._limits.deliveries} "
                f"with {self._limits.size_bytes >> 20} MiB together",
                hint="see why they wait: diagnose ticket outbox; nothing was dropped",
            )

    def deliveries(self, *, system: str | None = None, delivered: bool = False) -> list[Delivery]:
        """Every delivery that is not done, or with `delivered` those too, the oldest first."""
        column = tables.deliveries.c
        query = _query().order_by(column.number)
        query = query.where(column.system == system) if system else query
        query = query if delivered else query.where(column.state != State.DELIVERED)
        with self._database.reading() as connection:
            now = _now(connection)
            return [_delivery(row, now) for row in connection.execute(query).mappings()]

    def read(self, number: int) -> Delivery:
        """Read one delivery. Raises `UnknownName`."""
        with self._database.reading() as connection:
            return _read(connection, number)

    def attempts(self, number: int) -> list[Attempt]:
        """Every attempt at a delivery, the first first."""
        column = tables.attempts.c
        query = select(tables.attempts).where(column.number == number).order_by(column.attempt)
        with self._database.reading() as connection:
            return [_attempt(row) for row in connection.execute(query).mappings()]

    def content(self, number: int) -> Content | None:
        """What a delivery still holds; None once it was delivered."""
        with self._database.reading() as connection:
            return _content(connection, number)

    def threads(self, prefix: str) -> list[tuple[str, str]]:
        """Every system and thread whose name begins so: the cases that have a ticket."""
        column = tables.deliveries.c
        query = select(column.system, column.thread).where(column.thread.startswith(prefix))
        with self._database.reading() as connection:
            return [(row[0], row[1]) for row in connection.execute(query.distinct())]

    def events(self, system: str, thread: str, *, delivered: bool) -> set[str]:
        """The names of everything that was put in for one ticket, or only of what was delivered."""
        column = tables.deliveries.c
        query = select(column.event).where(column.system == system, column.thread == thread)
        query = query.where(column.state == State.DELIVERED) if delivered else query
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def pauses(self) -> dict[str, tuple[datetime, Text]]:
        """The systems that are left alone at this moment: until when, and why."""
        column = tables.pauses.c
        with self._database.reading() as connection:
            query = select(tables.pauses).where(column.until_ms > _now(connection))
            rows = connection.execute(query).mappings().all()
        return {
            r["system"]: (_moment(r["until_ms"]), Text(r["said_en"], r["said_zh"])) for r in rows
        }

    def next_due_s(self, system: str | None = None, number: int | None = None) -> float | None:
        """In how many seconds something may be claimed; 0: now; None: nothing waits."""
        d, p, lease = tables.deliveries.c, tables.pauses.c, tables.leases.c
        with self._database.reading() as connection:
            now = _now(connection)
            held = func.coalesce(p.until_ms, 0)
            leased = func.coalesce(lease.until_ms, 0)
            query = select(d.due_ms, held, leased).select_from(_joined())
            query = _only(query.where(d.state == State.WAITING, _is_first()), system, number)
            moments = [max(row) for row in connection.execute(query)]
        return max(0.0, (min(moments) - now) / 1000) if moments else None

    def claim(
        self, worker: str, lease_s: float, *, system: str | None = None, number: int | None = None
    ) -> Claim | None:
        """Take the delivery that is due first and hold its ticket; None where there is none."""

        def once(connection: Connection) -> Claim | None:
            now = _now(connection)
            found = connection.execute(_due(now, system, number)).scalar()
            return None if found is None else _hold(connection, found, worker, now, lease_s)

        return self._written(once)

    def renew(self, claim: Claim, lease_s: float) -> None:
        """Hold it longer. Raises `LeaseLost` where the time has run out already."""

        def once(connection: Connection) -> int:
            now = _now(connection)
            until = {"until_ms": now + int(lease_s * 1000)}
            own = (*_own(claim), tables.leases.c.until_ms > now)
            return connection.execute(update(tables.leases).where(*own).values(until)).rowcount

        if self._written(once) != 1:
            raise LeaseLost

    def keep_ref(self, claim: Claim, ref: str, link: str) -> None:
        """Write down which ticket it became, as soon as that is known."""

        def once(connection: Connection) -> None:
            _check_own(connection, claim)
            _write_thread(connection, claim.delivery, ref, link)

        self._written(once)

    def replace(self, claim: Claim, content: Content) -> None:
        """Put a smaller content in the place of one the system is too small for."""

        def once(connection: Connection) -> None:
            _check_own(connection, claim)
            number = claim.delivery.number
            _write_files(connection, number, content)
            values = {"content": content.packed(), "size_bytes": content.size_bytes}
            _change(connection, number, values)

        self._written(once)

    def confirm(self, claim: Claim, said: Text, requests: int) -> None:
        """It is there and was read back: the content goes, what happened stays."""

        def once(connection: Connection) -> None:
            now = _check_own(connection, claim)
            number = claim.delivery.number
            done = {"state": State.DELIVERED, "done_ms": now, "content": None}
            _change(connection, number, done | _said(said))
            connection.execute(delete(tables.files).where(tables.files.c.number == number))
            connection.execute(
                delete(tables.pauses).where(tables.pauses.c.system == claim.delivery.system)
            )
            _end(connection, claim, now, "delivered", said, requests)

        self._written(once)

    def fail(
        self,
        claim: Claim,
        outcome: str,
        said: Text,
        requests: int,
        *,
        wait_s: float | None,
        tried: bool,
    ) -> None:
        """It did not work: try again in `wait_s`, or, where that is None, not any more."""

        def once(connection: Connection) -> None:
            now = _check_own(connection, claim)
            state = State.DEAD if wait_s is None else State.WAITING
            due = {"due_ms": now + int((wait_s or 0) * 1000)}
            tries = {"tries": claim.delivery.tries + int(tried)}
            _change(connection, claim.delivery.number, {"state": state} | due | tries | _said(said))
            _end(connection, claim, now, outcome, said, requests)

        self._written(once)

    def pause(self, system: str, said: Text, seconds: Callable[[int], float]) -> float:
        """Leave a system alone for as long as `seconds` says of the times running."""

        def once(connection: Connection) -> float:
            now, column = _now(connection), tables.pauses.c
            before = connection.execute(
                select(column.times, column.until_ms).where(column.system == system)
            ).first()
            # Several workers find out at the same moment: that is one time, not many.
            times = 1 if before is None else before.times + int(before.until_ms <= now)
            wait_s = seconds(times)
            values = {"until_ms": now + int(wait_s * 1000), "times": times} | _said(said)
            connection.execute(delete(tables.pauses).where(column.system == system))
            connection.execute(insert(tables.pauses).values(system=system, **values))
            return wait_s

        return self._written(once)

    def resume(self, system: str) -> None:
        """Leave a system alone no longer."""
        where = tables.pauses.c.system == system
        self._written(lambda connection: connection.execute(delete(tables.pauses).where(where)))

    def forget(self, thread: str) -> int:
        """Erase the content of what waits for a ticket, in every system; say how many it was.

        It may hold private data that were just erased. Sending the case again writes it anew.
        """
        d, files = tables.deliveries.c, tables.files

        def once(connection: Connection) -> int:
            where = (d.thread == thread, d.content.is_not(None))
            numbers = list(connection.execute(select(d.number).where(*where)).scalars())
            connection.execute(delete(files).where(files.c.number.in_(numbers)))
            gone = {"state": State.DEAD, "content": None, "size_bytes": 0} | _said(FORGOTTEN)
            connection.execute(update(tables.deliveries).where(*where).values(**gone))
            return len(numbers)

        return self._written(once)

    def scrub(self) -> bool:
        """Take the bytes of what was forgotten off the disk; False: somebody stood in the way."""
        names = (tables.deliveries.name, tables.files.name)
        with self._database.guarded(), self._database.engine.connect() as connection:
            bare = connection.execution_options(isolation_level="AUTOCOMMIT")
            return scrub(bare, names)

    def revive(self, number: int) -> Delivery:
        """Try a delivery again, now and from the beginning of its schedule.

        Raises `UsageError` where it was delivered: it would be there twice.
        """

        def once(connection: Connection) -> None:
            found = _read(connection, number)
            if found.state is State.DELIVERED:
                raise UsageError(
                    f"delivery {number} was delivered", hint=f"diagnose ticket show {number}"
                )
            if found.size_bytes == 0:
                raise UsageError(
                    f"the content of delivery {number} was erased", hint="send its case again"
                )
            due = {"state": State.WAITING, "due_ms": _now(connection), "tries": 0}
            _change(connection, number, due)
            connection.execute(delete(tables.pauses).where(tables.pauses.c.system == found.system))

        self._written(once)
        return self.read(number)

    def _written(self, write: Callable[[Connection], T]) -> T:
        return self._database.written(write, what="the outbox")


def _now(connection: Connection) -> int:
    if connection.dialect.name != "postgresql":
        return time.time_ns() // 1_000_000
    seconds = connection.execute(select(func.extract("epoch", func.clock_timestamp()))).scalar_one()
    return int(seconds * 1000)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _said(said: Text) -> dict[str, Any]:
    return {"said_en": said.en, "said_zh": said.zh}


def _joined() -> Any:
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


def _query() -> Any:
    lease, thread = tables.leases.c, tables.threads.c
    held = (lease.until_ms, lease.number.label("leased"), thread.ref, thread.link)
    return select(tables.deliveries, *held).select_from(_joined())


def _only(query: Any, system: str | None, number: int | None) -> Any:
    query = query if system is None else query.where(tables.deliveries.c.system == system)
    return query if number is None else query.where(tables.deliveries.c.number == number)


def _is_first() -> ColumnElement[bool]:
    """Whether everything before it in its ticket is delivered: notes keep their order."""
    d = tables.deliveries
    before = d.alias("before")
    return ~exists().where(
        before.c.system == d.c.system,
        before.c.thread == d.c.thread,
        before.c.number < d.c.number,
        before.c.state != State.DELIVERED,
    )


def _due(now: int, system: str | None, number: int | None) -> Any:
    d, p, lease = tables.deliveries.c, tables.pauses.c, tables.leases.c
    query = (
        select(d.number)
        .select_from(_joined())
        .where(d.state == State.WAITING, d.due_ms <= now)
        .where(func.coalesce(p.until_ms, 0) <= now, func.coalesce(lease.until_ms, 0) <= now)
        .where(_is_first())
        .order_by(d.due_ms, d.number)
        .limit(1)
    )
    return _only(query, system, number)


def _number_of(connection: Connection, draft: Draft) -> int | None:
    column = tables.deliveries.c
    query = select(column.number).where(
        column.system == draft.system, column.thread == draft.thread, column.event == draft.event
    )
    found: int | None = connection.execute(query).scalar()
    return found


def _insert(connection: Connection, draft: Draft) -> None:
    now, content = _now(connection), draft.content
    names = ("system", "thread", "event", "kind")
    made = connection.execute(
        insert(tables.deliveries).values(
            **{name: getattr(draft, name) for name in names},
            delivery_id=content.delivery_id,
            subject=content.subject,
            state=State.WAITING,
            made_ms=now,
            due_ms=now,
            size_bytes=content.size_bytes,
            content=content.packed(),
        )
    )
    number: Any = made.inserted_primary_key
    _write_files(connection, number[0], content)


def _renew(connection: Connection, number: int, content: Content) -> None:
    """Give what is neither delivered nor on its way a new content, and let it be tried now."""
    found = _read(connection, number)
    if found.state is State.DELIVERED or found.in_flight:
        return
    _write_files(connection, number, content)
    said = {
        "subject": content.subject,
        "content": content.packed(),
        "size_bytes": content.size_bytes,
    }
    due = {"state": State.WAITING, "due_ms": _now(connection), "tries": 0}
    _change(connection, number, said | due)


def _write_files(connection: Connection, number: int, content: Content) -> None:
    connection.execute(delete(tables.files).where(tables.files.c.number == number))
    for place, file in enumerate(content.files):
        values = {"name": file.name, "media_type": file.media_type, "data": file.data}
        connection.execute(insert(tables.files).values(number=number, place=place, **values))


def _content(connection: Connection, number: int) -> Content | None:
    column = tables.deliveries.c
    packed = connection.execute(select(column.content).where(column.number == number)).scalar()
    if packed is None:
        return None
    query = select(tables.files).where(tables.files.c.number == number)
    rows = connection.execute(query.order_by(tables.files.c.place)).all()
    kept = tuple(File(row.name, row.media_type, bytes(row.data)) for row in rows)
    return Content.unpacked(bytes(packed), kept)


def _read(connection: Connection, number: int) -> Delivery:
    query = _query().where(tables.deliveries.c.number == number)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise UnknownName("delivery", str(number), ())
    return _delivery(row, _now(connection))


def _delivery(row: RowMapping, now: int) -> Delivery:
    same = ("number", "delivery_id", "system", "thread", "event", "subject", "tries", "size_bytes")
    done = row["done_ms"]
    return Delivery(
        **{name: row[name] for name in same},
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        made_at=_moment(row["made_ms"]),
        due_at=_moment(row["due_ms"]),
        done_at=None if done is None else _moment(done),
        said=Text(row["said_en"], row["said_zh"]),
        ref=row["ref"] or "",
        link=row["link"] or "",
        in_flight=row["leased"] == row["number"] and row["until_ms"] > now,
    )


def _attempt(row: RowMapping) -> Attempt:
    return Attempt(
        began_at=_moment(row["began_ms"]),
        ended_at=None if row["ended_ms"] is None else _moment(row["ended_ms"]),
        worker=row["worker"],
        outcome=row["outcome"],
        said=Text(row["said_en"], row["said_zh"]),
        requests=row["requests"],
    )


def _hold(
    connection: Connection, number: int, worker: str, now: int, lease_s: float
) -> Claim | None:
    found = _read(connection, number)
    content = _content(connection, number)
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


def _own(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    lease, found = tables.leases.c, claim.delivery
    return (
        lease.system == found.system,
        lease.thread == found.thread,
        lease.number == found.number,
        lease.worker == claim.worker,
    )


def _check_own(connection: Connection, claim: Claim) -> int:
    """Nobody writes down the end of what another works on by now. Gives the moment."""
    if connection.execute(select(tables.leases.c.number).where(*_own(claim))).first() is None:
        raise LeaseLost
    return _now(connection)


def _change(connection: Connection, number: int, values: dict[str, Any]) -> None:
    where = tables.deliveries.c.number == number
    connection.execute(update(tables.deliveries).where(where).values(**values))


def _end(
    connection: Connection, claim: Claim, now: int, outcome: str, said: Text, requests: int
) -> None:
    attempt = tables.attempts.c
    where = (attempt.number == claim.delivery.number, attempt.attempt == claim.attempt)
    ended = {"ended_ms": now, "outcome": outcome, "requests": requests}
    connection.execute(update(tables.attempts).where(*where).values(**ended, **_said(said)))
    connection.execute(delete(tables.leases).where(*_own(claim)))


def _write_thread(connection: Connection, delivery: Delivery, ref: str, link: str) -> None:
    thread = tables.threads
    where = (thread.c.system == delivery.system, thread.c.thread == delivery.thread)
    connection.execute(delete(thread).where(*where))
    ticket = {"system": delivery.system, "thread": delivery.thread}
    connection.execute(insert(thread).values(**ticket, ref=ref, link=link))

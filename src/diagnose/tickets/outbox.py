"""The outbox: what is to be delivered, kept until the system confirmed it and it was read back.

It stands in the casebook's database, and every step is one transaction. On PostgreSQL the moments
are those of the database, so that hosts with different clocks agree who holds what.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Self, TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from diagnose.case.record import tables as casebook
from diagnose.case.record.database import Database
from diagnose.case.record.place import casebook_url
from diagnose.case.record.scrubbing import keep_no_samples, scrub
from diagnose.case.record.tables import connect
from diagnose.errors import OutboxFull, UsageError
from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.tickets import tables
from diagnose.tickets.content import Content
from diagnose.tickets.delivery import (
    CASE,
    Attempt,
    Claim,
    Delivery,
    DeliveryState,
    Followed,
    TicketDraft,
)
from diagnose.tickets.failures import LeaseLost
from diagnose.tickets.rows import (
    attempt_of,
    behind_query,
    change,
    check_own,
    delivery_of,
    delivery_query,
    detail_columns,
    due_query,
    end_attempt,
    hold,
    insert_draft,
    is_first,
    joined,
    moment,
    now_ms,
    number_of,
    only,
    own_lease,
    read_content,
    read_delivery,
    renew_content,
    write_files,
    write_followed,
    write_ticket,
)

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
        database.make(casebook.metadata, keep_no_samples)  # its cases are what is followed
        database.make(tables.metadata)

    @classmethod
    def open(cls, named: str | None = None, limits: Limits | None = None) -> Self:
        """Open the outbox in the casebook of that name or URL (see `casebook_url`)."""
        return cls(Database(connect(casebook_url(named))), limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._database.close()

    def put(
        self, drafts: Sequence[TicketDraft], *, followed: Followed | None = None
    ) -> list[Delivery]:
        """Keep drafts, all or none. What is there already under its name is not put in again.

        One that waits or is dead gets the new content and is tried anew: a mapping that was
        wrong is mended, and the report sent again. `followed` is how far the case they are of
        was read. Raises `OutboxFull`.
        """

        def once(connection: Connection) -> list[int]:
            known = [number_of(connection, draft) for draft in drafts]
            new = [draft for draft, number in zip(drafts, known, strict=True) if number is None]
            self._refuse_over_limit(connection, new)
            for draft, number in zip(drafts, known, strict=True):
                if number is None:
                    insert_draft(connection, draft)
                else:
                    renew_content(connection, number, draft.content)
            if followed:
                write_followed(connection, followed)
            return [number for d in drafts if (number := number_of(connection, d)) is not None]

        numbers = self._written(once)
        return [self.read(number) for number in numbers]

    def _refuse_over_limit(self, connection: Connection, new: Sequence[TicketDraft]) -> None:
        column = tables.deliveries.c
        query = select(func.count(), func.coalesce(func.sum(column.size_bytes), 0))
        count, size = connection.execute(query.where(column.state != DeliveryState.DELIVERED)).one()
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
        query = delivery_query().order_by(column.number)
        query = query.where(column.system == system) if system else query
        query = query if delivered else query.where(column.state != DeliveryState.DELIVERED)
        with self._database.reading() as connection:
            now = now_ms(connection)
            return [delivery_of(row, now) for row in connection.execute(query).mappings()]

    def read(self, number: int) -> Delivery:
        """Read one delivery. Raises `UnknownName`."""
        with self._database.reading() as connection:
            return read_delivery(connection, number)

    def attempts(self, number: int) -> list[Attempt]:
        """Every attempt at a delivery, the first first."""
        column = tables.attempts.c
        query = select(tables.attempts).where(column.number == number).order_by(column.attempt)
        with self._database.reading() as connection:
            return [attempt_of(row) for row in connection.execute(query).mappings()]

    def content(self, number: int) -> Content | None:
        """What a delivery still holds; None once it was delivered."""
        with self._database.reading() as connection:
            return read_content(connection, number)

    def behind(self) -> list[tuple[str, str]]:
        """Every system and case whose ticket has not seen the last event of the case yet."""
        with self._database.reading() as connection:
            rows = connection.execute(behind_query())
            return [(row.system, row.thread.removeprefix(CASE)) for row in rows]

    def events(self, system: str, thread: str, *, delivered: bool) -> set[str]:
        """The names of everything that was put in for one ticket, or only of what was delivered."""
        column = tables.deliveries.c
        query = select(column.event).where(column.system == system, column.thread == thread)
        query = query.where(column.state == DeliveryState.DELIVERED) if delivered else query
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def pauses(self) -> dict[str, tuple[datetime, Text]]:
        """The systems that are left alone at this moment: until when, and why."""
        column = tables.pauses.c
        with self._database.reading() as connection:
            query = select(tables.pauses).where(column.until_ms > now_ms(connection))
            rows = connection.execute(query).mappings().all()
        return {
            r["system"]: (moment(r["until_ms"]), Text(r["said_en"], r["said_zh"])) for r in rows
        }

    def next_due_s(self, system: str | None = None, number: int | None = None) -> float | None:
        """In how many seconds something may be claimed; 0: now; None: nothing waits."""
        d, p, lease = tables.deliveries.c, tables.pauses.c, tables.leases.c
        with self._database.reading() as connection:
            now = now_ms(connection)
            held = func.coalesce(p.until_ms, 0)
            leased = func.coalesce(lease.until_ms, 0)
            query = select(d.due_ms, held, leased).select_from(joined())
            query = only(query.where(d.state == DeliveryState.WAITING, is_first()), system, number)
            moments = [max(row) for row in connection.execute(query)]
        return max(0.0, (min(moments) - now) / 1000) if moments else None

    def claim(
        self, worker: str, lease_s: float, *, system: str | None = None, number: int | None = None
    ) -> Claim | None:
        """Take the delivery that is due first and hold its ticket; None where there is none."""

        def once(connection: Connection) -> Claim | None:
            now = now_ms(connection)
            found = connection.execute(due_query(now, system, number)).scalar()
            return None if found is None else hold(connection, found, worker, now, lease_s)

        return self._written(once)

    def renew(self, claim: Claim, lease_s: float) -> None:
        """Hold it longer. Raises `LeaseLost` where the time has run out already."""

        def once(connection: Connection) -> int:
            now = now_ms(connection)
            until = {"until_ms": now + int(lease_s * 1000)}
            own = (*own_lease(claim), tables.leases.c.until_ms > now)
            return connection.execute(update(tables.leases).where(*own).values(until)).rowcount

        if self._written(once) != 1:
            raise LeaseLost

    def keep_ref(self, claim: Claim, ref: str, link: str) -> None:
        """Write down which ticket it became, as soon as that is known."""

        def once(connection: Connection) -> None:
            check_own(connection, claim)
            write_ticket(connection, claim.delivery, ref, link)

        self._written(once)

    def replace(self, claim: Claim, content: Content) -> None:
        """Put a smaller content in the place of one the system is too small for."""

        def once(connection: Connection) -> None:
            check_own(connection, claim)
            number = claim.delivery.number
            write_files(connection, number, content)
            values = {"content": content.packed(), "size_bytes": content.size_bytes}
            change(connection, number, values)

        self._written(once)

    def confirm(self, claim: Claim, text: Text, requests: int) -> None:
        """It is there and was read back: the content goes, what happened stays."""

        def once(connection: Connection) -> None:
            now = check_own(connection, claim)
            number = claim.delivery.number
            done = {"state": DeliveryState.DELIVERED, "done_ms": now, "content": None}
            change(connection, number, done | detail_columns(text))
            connection.execute(delete(tables.files).where(tables.files.c.number == number))
            connection.execute(
                delete(tables.pauses).where(tables.pauses.c.system == claim.delivery.system)
            )
            end_attempt(connection, claim, now, "delivered", text, requests)

        self._written(once)

    def fail(
        self,
        claim: Claim,
        outcome: str,
        text: Text,
        requests: int,
        *,
        wait_s: float | None,
        tried: bool,
    ) -> None:
        """It did not work: try again in `wait_s`, or, where that is None, not any more."""

        def once(connection: Connection) -> None:
            now = check_own(connection, claim)
            state = DeliveryState.DEAD if wait_s is None else DeliveryState.WAITING
            due = {"due_ms": now + int((wait_s or 0) * 1000)}
            tries = {"tries": claim.delivery.tries + int(tried)}
            change(
                connection,
                claim.delivery.number,
                {"state": state} | due | tries | detail_columns(text),
            )
            end_attempt(connection, claim, now, outcome, text, requests)

        self._written(once)

    def pause(self, system: str, text: Text, seconds: Callable[[int], float]) -> float:
        """Leave a system alone for as long as `seconds` says of the times running."""

        def once(connection: Connection) -> float:
            now, column = now_ms(connection), tables.pauses.c
            before = connection.execute(
                select(column.times, column.until_ms).where(column.system == system)
            ).first()
            # Several workers find out at the same moment: that is one time, not many.
            times = 1 if before is None else before.times + int(before.until_ms <= now)
            wait_s = seconds(times)
            values = {"until_ms": now + int(wait_s * 1000), "times": times} | detail_columns(text)
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
            gone = {"state": DeliveryState.DEAD, "content": None, "size_bytes": 0} | detail_columns(
                FORGOTTEN
            )
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
            found = read_delivery(connection, number)
            if found.state is DeliveryState.DELIVERED:
                raise UsageError(
                    f"delivery {number} was delivered", hint=f"diagnose ticket show {number}"
                )
            if found.size_bytes == 0:
                raise UsageError(
                    f"the content of delivery {number} was erased", hint="send its case again"
                )
            due = {"state": DeliveryState.WAITING, "due_ms": now_ms(connection), "tries": 0}
            change(connection, number, due)
            connection.execute(delete(tables.pauses).where(tables.pauses.c.system == found.system))

        self._written(once)
        return self.read(number)

    def _written(self, write: Callable[[Connection], T]) -> T:
        return self._database.written(write, what="the outbox")

"""The casebook's store: one transaction an entry, and no way to change what was recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, Self

from sqlalchemy import Connection, Engine, delete, insert, select, union, update

from diagnose.case.record import tables
from diagnose.case.record.database import ATTEMPTS, Database, OvertakenError
from diagnose.case.record.events import (
    FIRST_HASH,
    CaseEvent,
    Chain,
    Entry,
    EventKind,
    Head,
    PrivateValue,
    make_event,
    make_head,
    read_event,
)
from diagnose.case.record.ledger import add_line, check_ledger, hold
from diagnose.case.record.place import casebook_url
from diagnose.case.record.remains import Note, count_private, erase_remains, read_notes
from diagnose.case.record.scrubbing import keep_no_samples, scrub
from diagnose.case.record.verify import Flaw
from diagnose.errors import CasebookBusy, CasebookInvalid, CasebookUnavailable
from diagnose.model.canonical import canonical
from diagnose.model.plain import dataclass
from diagnose.station.signing import StationKey

_AT_ONCE = 50
"""Cases fetched with one query a table: what they hold (reports among it) is in memory at once."""

Decide = Callable[[Chain], Sequence[Entry]]


class Casebook:
    """An open casebook. Raises `CasebookUnavailable` where the database does not answer."""

    def __init__(self, engine: Engine, key: StationKey | None = None) -> None:
        self._database = Database(engine)
        self._key = key
        self._database.make(tables.metadata, keep_no_samples)

    @classmethod
    def open(cls, named: str | None = None, key: StationKey | None = None) -> Self:
        """Open the casebook of that name or URL (see `casebook_url`); `key` signs what is added."""
        return cls(tables.connect(casebook_url(named)), key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    @property
    def place(self) -> str:
        """Where it is, without a password."""
        return self._database.place

    def cases(self) -> list[str]:
        """The names of all cases, the newest first by the moment they were opened."""
        event = tables.events.c
        firsts = select(event.case_id, event.body).where(event.seq == 1)
        query = union(
            *(
                select(table.c.case_id)
                for table in (tables.events, tables.heads, tables.private_values)
            )
        )
        with self._database.reading() as connection:
            rows = connection.execute(firsts)
            opened = {row.case_id: _opened_at(row.body) for row in rows}
            names = connection.execute(query).scalars()
            return sorted(names, key=lambda name: (opened.get(name, ""), name), reverse=True)

    def read(self, case: str) -> Chain:
        """Read everything of a case, as it is: empty where there is none, unchecked."""
        with self._database.reading() as connection:
            return _read(connection, case)

    def chains(self) -> Iterator[tuple[str, Callable[[], Chain]]]:
        """Give every case by name, the newest first, and what reads it, unchecked.

        Many are fetched at once. One that is damaged raises `CasebookInvalid` when it is read.
        """
        names = iter(self.cases())
        while some := list(islice(names, _AT_ONCE)):
            with self._database.reading() as connection:
                rows = _rows_of(connection, some)
            for name in some:
                yield name, partial(_chain_of, name, rows[name])

    def private_count(self, case: str) -> int:
        """How many private values of a case are kept; a damaged record does not matter."""
        with self._database.reading() as connection:
            return count_private(connection, case)

    def damaged_erasures(self, case: str) -> tuple[Note, ...]:
        """The times the private values of a damaged case were erased."""
        with self._database.reading() as connection:
            return read_notes(connection, case)

    def erase_damaged(self, case: str, *, at: datetime, actor: str, reason: str) -> int:
        """Erase the private values of a case whose chain does not hold; say how many went.

        No event is added. A signed note beside the chain says so, in the same transaction.
        """
        if self._key is None:
            raise CasebookUnavailable("an erasure must be signed", hint="open the casebook to sign")
        note = partial(erase_remains, case=case, at=at, actor=actor, reason=reason, key=self._key)
        return self._database.written(note, what=f"the case {case}")

    def record(
        self, case: str, decide: Decide, *, at: datetime, actor: str, once: str = ""
    ) -> Chain:
        """Add what `decide` says of the case as it is; all of its entries or none.

        `decide` is asked while nothing is locked, and may be asked again: where another writer was
        faster, it sees what that one wrote. `once` is the key of a command: one that was recorded
        under this key already adds nothing. An `ERASED` entry takes the private values of the case
        with it; `scrub` then takes their bytes off the disk.
        """
        for _ in range(ATTEMPTS):
            if once and self.recorded_by(once):
                return self.read(case)
            chain = self.read(case)
            _refuse_broken(chain)
            entries = decide(chain)
            try:
                return self._database.attempt(
                    partial(
                        self._append_all,
                        chain=chain,
                        entries=entries,
                        at=at,
                        actor=actor,
                        once=once,
                    )
                )
            except OvertakenError:
                continue
        raise CasebookBusy(
            f"{self.place}: too many others write to the case {case}", hint="try again"
        )

    def record_together(
        self, cases: Mapping[str, str], decide: Decide, *, at: datetime, actor: str
    ) -> list[Chain]:
        """Add what `decide` says of each of these cases, in one transaction: of all or of none.

        `cases` gives the key of the command for each name, as `once` of `record`. Raises
        `CasebookInvalid` where one is damaged, `CasebookBusy` where another writer was faster:
        either way they can still be recorded one by one.
        """
        with self._database.reading() as connection:
            rows = _rows_of(connection, list(cases))
        chains = [_chain_of(name, rows[name]) for name in cases]
        for chain in chains:
            _refuse_broken(chain)
        steps = [
            partial(self._append_all, chain=c, entries=decide(c), at=at, actor=actor, once=once)
            for c, once in zip(chains, cases.values(), strict=True)
        ]
        try:
            return self._database.attempt(lambda connection: [step(connection) for step in steps])
        except OvertakenError as problem:
            raise CasebookBusy("another program wrote to one of the cases") from problem

    def recorded_by(self, once: str) -> str | None:
        """The case to which the command of this key added something; None where there is none."""
        query = select(tables.commands.c.case_id).where(tables.commands.c.key == once)
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def ledger_flaws(self, trusted: Collection[str], case: str | None = None) -> tuple[Flaw, ...]:
        """Look for cases, and ends of cases, that were recorded and are gone."""
        with self._database.reading() as connection:
            return check_ledger(connection, trusted, case)

    def _append_all(
        self,
        connection: Connection,
        *,
        chain: Chain,
        entries: Sequence[Entry],
        at: datetime,
        actor: str,
        once: str,
    ) -> Chain:
        hold(connection)
        _refuse_overtaken(connection, chain)
        for entry in entries:
            chain = _append(connection, chain, entry, at=at, actor=actor, key=self._key)
            if chain.head:
                add_line(connection, chain.head, self._key)
        if once and entries:
            connection.execute(insert(tables.commands).values(key=once, case_id=chain.case))
        return chain

    def scrub(self) -> bool:
        """Take the bytes of erased values off the disk; False: somebody stood in the way.

        It may be repeated: after an interrupted erasure it does what was left to do.
        """
        with self._database.guarded(), self._database.engine.connect() as connection:
            bare = connection.execution_options(isolation_level="AUTOCOMMIT")
            return scrub(bare)


def _opened_at(body: bytes) -> str:
    """When a case was opened (UTC, as it sorts); empty where its first event is damaged."""
    try:
        return str(json.loads(body)["at"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


@dataclass(frozen=True)
class _Rows:
    """What the tables hold of one case."""

    events: list[Any] = field(default_factory=list)
    heads: list[Any] = field(default_factory=list)
    private: list[Any] = field(default_factory=list)


def _read(connection: Connection, case: str) -> Chain:
    return _chain_of(case, _rows_of(connection, [case])[case])


def _rows_of(connection: Connection, cases: Sequence[str]) -> dict[str, _Rows]:
    """Everything of these cases, in one query a table.

    All rows are taken before one is looked at: a cursor that a damaged event leaves half read would
    hold the log of SQLite.
    """
    found = {case: _Rows() for case in cases}
    event, head, value = tables.events.c, tables.heads.c, tables.private_values.c
    for row in connection.execute(
        select(tables.events).where(event.case_id.in_(cases)).order_by(event.case_id, event.seq)
    ).all():
        found[row.case_id].events.append(row)
    for row in connection.execute(select(tables.heads).where(head.case_id.in_(cases))).all():
        found[row.case_id].heads.append(row)
    for row in connection.execute(
        select(tables.private_values)
        .where(value.case_id.in_(cases))
        .order_by(value.case_id, value.seq, value.name)
    ).all():
        found[row.case_id].private.append(row)
    return found


def _chain_of(case: str, rows: _Rows) -> Chain:
    last = rows.heads[0] if rows.heads else None
    return Chain(
        case=case,
        events=tuple(read_event(row.body, signature=row.signature) for row in rows.events),
        head=Head(case, last.seq, last.hash, last.key, last.signature) if last else None,
        private=tuple(_private(row) for row in rows.private),
    )


def _private(row: Any) -> PrivateValue:
    try:
        value = json.loads(row.value)
        canonical(value)  # what has no such form, as an infinite number, was never written
    except (ValueError, TypeError, RecursionError) as problem:
        raise CasebookInvalid(f"a private value of event {row.seq} is damaged") from problem
    return PrivateValue(row.seq, row.name, row.salt, value)


def _refuse_broken(chain: Chain) -> None:
    """Nothing is added to a chain that does not hold: that would bury what happened to it."""
    links = [(FIRST_HASH, 0), *((event.hash, event.seq) for event in chain.events)]
    sound = all(
        (event.prev_hash, event.seq, event.case) == (hash_, seq + 1, chain.case)
        for event, (hash_, seq) in zip(chain.events, links, strict=False)
    )
    head = (chain.head.hash, chain.head.seq) if chain.head else links[0]
    if not sound or head != links[-1]:
        raise CasebookInvalid(
            f"the record of case {chain.case} was changed; nothing is added to it",
            hint=f"see what is wrong: diagnose case verify {chain.case}",
        )


def _refuse_overtaken(connection: Connection, chain: Chain) -> None:
    """Add only to the chain that was judged: where it has grown meanwhile, it is judged again."""
    heads = tables.heads.c
    last = connection.execute(select(heads.seq, heads.hash).where(heads.case_id == chain.case))
    row = last.first()
    judged = (chain.head.seq, chain.head.hash) if chain.head else None
    if (tuple(row) if row else None) != judged:
        raise OvertakenError


def _append(
    connection: Connection,
    chain: Chain,
    entry: Entry,
    *,
    at: datetime,
    actor: str,
    key: StationKey | None,
) -> Chain:
    event, private = make_event(chain, entry, at=at, actor=actor, key=key)
    head = make_head(event, key)
    row = {"case_id": chain.case, "seq": event.seq, "body": event.body}
    connection.execute(insert(tables.events).values(**row, signature=event.signature))
    _move_head(connection, head)
    for value in private:
        _keep_apart(connection, chain.case, value)
    kept = (*chain.private, *private)
    if entry.kind is EventKind.ERASED:
        kept = _forget(connection, chain, event)
    return Chain(chain.case, (*chain.events, event), head, kept)


def _move_head(connection: Connection, head: Head) -> None:
    values = {"seq": head.seq, "hash": head.hash, "key": head.key, "signature": head.signature}
    if head.seq == 1:
        connection.execute(insert(tables.heads).values(case_id=head.case, **values))
        return
    where = tables.heads.c.case_id == head.case
    connection.execute(update(tables.heads).where(where).values(**values))


def _keep_apart(connection: Connection, case: str, value: PrivateValue) -> None:
    connection.execute(
        insert(tables.private_values).values(
            case_id=case,
            seq=value.seq,
            name=value.name,
            salt=value.salt,
            value=canonical(value.value),
        )
    )


def _forget(connection: Connection, chain: Chain, erased: CaseEvent) -> tuple[PrivateValue, ...]:
    gone = {(item["seq"], item["name"]) for item in erased.payload["erased"]}
    column = tables.private_values.c
    for seq, name in gone:
        connection.execute(
            delete(tables.private_values).where(
                column.case_id == chain.case, column.seq == seq, column.name == name
            )
        )
    return tuple(value for value in chain.private if (value.seq, value.name) not in gone)

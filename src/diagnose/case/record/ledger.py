"""The ledger: one signed line for every event of every case, so that none can go unnoticed.

A chain shows what was changed in it, but not that a whole case is gone. The ledger is a chain over
all cases: its lines are numbered and linked, its last one is named by a signed head. Who deletes a
case, or the end of one, leaves lines that lead nowhere; who deletes those too leaves a head that
names more of them than there are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from diagnose.case.record import tables
from diagnose.case.record.events import FIRST_HASH, Head
from diagnose.case.record.verify import Flaw
from diagnose.model.canonical import canonical
from diagnose.station.signing import StationKey, is_signed_by

HEAD = "head"


def hold(connection: Connection) -> None:
    """Let one writer at a time add lines, before anything is read in the transaction.

    SQLite has taken its write lock already. PostgreSQL would else let two writers number the same
    line, and one of them would have to begin again.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE ledger IN EXCLUSIVE MODE"))


def add_line(connection: Connection, head: Head, key: StationKey | None) -> None:
    """Write down that a case now ends with this event. Cases of an older casebook come first."""
    number, last = _end(connection)
    for one in (*(() if number else _known_before(connection, head)), head):
        number += 1
        body = canonical(
            {
                "number": number,
                "case": one.case,
                "seq": one.seq,
                "hash": one.hash,
                "prev_hash": last,
                "key": key.public if key else "",
            }
        )
        last = hashlib.sha256(body).hexdigest()
        _insert(connection, number, body, key)
    connection.execute(delete(tables.ledger_head))
    end = canonical({"number": number, "hash": last, "key": key.public if key else ""})
    signature = key.sign(end) if key else ""
    connection.execute(insert(tables.ledger_head).values(name=HEAD, body=end, signature=signature))


def check_ledger(
    connection: Connection, trusted: Collection[str], case: str | None = None
) -> tuple[Flaw, ...]:
    """Look for cases and events that were recorded and are gone; of one case, or of all.

    An empty ledger (a casebook of an older program that nothing was added to) says nothing.
    """
    rows = connection.execute(
        select(tables.ledger.c.body, tables.ledger.c.signature).order_by(tables.ledger.c.number)
    ).all()
    read = [(row.body, row.signature) for row in rows]
    lines = [_read(body) for body, _ in read]
    return (
        *_check_lines(read, lines, trusted),
        *_check_end(connection, read, trusted),
        *_check_cases(connection, lines, case),
    )


def _end(connection: Connection) -> tuple[int, str]:
    row = connection.execute(
        select(tables.ledger.c.number, tables.ledger.c.body)
        .order_by(tables.ledger.c.number.desc())
        .limit(1)
    ).first()
    return (row.number, hashlib.sha256(row.body).hexdigest()) if row else (0, FIRST_HASH)


def _known_before(connection: Connection, new: Head) -> list[Head]:
    rows = connection.execute(select(tables.heads).order_by(tables.heads.c.case_id)).all()
    return [Head(row.case_id, row.seq, row.hash) for row in rows if row.case_id != new.case]


def _insert(connection: Connection, number: int, body: bytes, key: StationKey | None) -> None:
    signature = key.sign(body) if key else ""
    row = {"number": number, "body": body, "signature": signature}
    connection.execute(insert(tables.ledger).values(**row))


def _read(body: bytes) -> dict[str, Any]:
    try:
        line = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return line if isinstance(line, dict) else {}


def _check_lines(
    read: list[tuple[bytes, str]], lines: list[dict[str, Any]], trusted: Collection[str]
) -> Iterator[Flaw]:
    last = FIRST_HASH
    for place, ((body, signature), line) in enumerate(zip(read, lines, strict=True), 1):
        if line.get("number") != place or line.get("prev_hash") != last:
            text_ = f"line {place} of the ledger is missing, moved or changed"
            yield Flaw(code="ledger", seq=0, text=text_)
            return
        yield from _check_signature(f"line {place}", line, body, signature, trusted)
        last = hashlib.sha256(body).hexdigest()


def _check_end(
    connection: Connection, read: list[tuple[bytes, str]], trusted: Collection[str]
) -> Iterator[Flaw]:
    row = connection.execute(select(tables.ledger_head)).first()
    if row is None:
        if read:
            yield Flaw(code="ledger", seq=0, text="the signed head of the casebook is missing")
        return
    line = _read(row.body)
    yield from _check_signature("the head", line, row.body, row.signature, trusted)
    last = hashlib.sha256(read[-1][0]).hexdigest() if read else FIRST_HASH
    if (line.get("number"), line.get("hash")) != (len(read), last):
        text_ = f"the ledger has {len(read)} lines, its signed head names {line.get('number')}"
        yield Flaw(code="ledger", seq=0, text=text_)


def _check_signature(
    what: str, line: dict[str, Any], body: bytes, signature: str, trusted: Collection[str]
) -> Iterator[Flaw]:
    key = str(line.get("key", ""))
    if not is_signed_by(key, body, signature):
        yield Flaw(code="ledger", seq=0, text=f"{what} of the ledger is not signed by its station")
    elif key not in trusted:
        text_ = f"{what} of the ledger is signed by a station that is not known here"
        yield Flaw(code="station", seq=0, text=text_, certain=False)


def _check_cases(
    connection: Connection, lines: list[dict[str, Any]], case: str | None
) -> Iterator[Flaw]:
    ends = {str(line.get("case")): line for line in lines}
    column = tables.events.c
    counted = select(column.case_id, func.max(column.seq)).group_by(column.case_id)
    there = {str(name): last for name, last in connection.execute(counted).all()}
    for name, line in sorted(ends.items()):
        if case not in (None, name):
            continue
        if name not in there:
            yield Flaw(code="gone", seq=0, text=f"the case {name} was recorded and is gone")
        elif there[name] < line.get("seq", 0):
            text_ = f"the case {name} had {line.get('seq')} events, {there[name]} are there"
            yield Flaw(code="tail", seq=0, text=text_)

"""What is left of a damaged case: its private values can still be erased, and that is signed.

Nothing is added to a chain that does not hold, for that would bury what happened to it. That its
private values were erased on purpose therefore stands beside the chain, in a note of its own.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from diagnose.case.record import tables
from diagnose.model.canonical import canonical
from diagnose.model.plain import dataclass
from diagnose.station.signing import StationKey, is_signed_by


@dataclass(frozen=True)
class Note:
    """One erasure of a damaged case. `sound`: signed, and not changed since."""

    at: datetime
    actor: str
    reason: str
    values: int
    key: str
    sound: bool


def count_private(connection: Connection, case: str) -> int:
    """How many private values of a case are kept, whatever else is left of it."""
    rows = tables.private_values
    query = select(func.count()).select_from(rows).where(rows.c.case_id == case)
    return connection.execute(query).scalar_one()


def erase_remains(
    connection: Connection, case: str, *, at: datetime, actor: str, reason: str, key: StationKey
) -> int:
    """Erase every private value of a case and note it; say how many went."""
    rows, notes = tables.private_values, tables.damaged_erasures
    where = rows.c.case_id == case
    gone = connection.execute(select(rows.c.seq, rows.c.name).where(where)).all()
    body = canonical(
        {
            "case": case,
            "at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "actor": actor,
            "reason": reason,
            "erased": [{"seq": seq, "name": name} for seq, name in sorted(map(tuple, gone))],
            "key": key.public,
        }
    )
    query = select(func.count()).select_from(notes).where(notes.c.case_id == case)
    number = connection.execute(query).scalar_one() + 1
    row = {"case_id": case, "number": number, "body": body, "signature": key.sign(body)}
    connection.execute(insert(notes).values(**row))
    connection.execute(delete(rows).where(where))
    return len(gone)


def read_notes(connection: Connection, case: str) -> tuple[Note, ...]:
    """Read the notes of a case, the oldest first; one that is no note at all is left out."""
    notes = tables.damaged_erasures
    rows = connection.execute(
        select(notes.c.body, notes.c.signature)
        .where(notes.c.case_id == case)
        .order_by(notes.c.number)
    )
    read = (_read(row.body, row.signature, case) for row in rows)
    return tuple(note for note in read if note)


def _read(body: bytes, signature: str, case: str) -> Note | None:
    try:
        content: dict[str, Any] = json.loads(body)
        return Note(
            at=datetime.fromisoformat(content["at"]),
            actor=str(content["actor"]),
            reason=str(content["reason"]),
            values=len(content["erased"]),
            key=str(content["key"]),
            sound=content["case"] == case and is_signed_by(content["key"], body, signature),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None

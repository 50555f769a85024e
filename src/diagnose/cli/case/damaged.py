"""A damaged case: what is wrong with it, and how its private data go all the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, confirm
from diagnose.errors import CasebookInvalid, CaseRefused, UnknownName
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.case.record.remains import Note
    from diagnose.case.record.verify import Flaw


def flaws_of(
    desk: Desk, name: str, against: Path | None = None, trust: tuple[str, ...] = ()
) -> tuple[Flaw, ...]:
    """Look for everything that is wrong with the record of a case. Raises `UnknownName`."""
    from diagnose.case.record.reading import read_case
    from diagnose.case.record.verify import Flaw
    from diagnose.cli.case.check import check
    from diagnose.station.trust import trusted_keys

    with desk.open_casebook(signs=False) as casebook:
        beside = casebook.ledger_flaws(trusted_keys(trust), name)
    try:
        try:
            chain = desk.chain(name)
        except UnknownName:
            if not any(flaw.code == "gone" for flaw in beside):
                raise
            return beside
        flaws = (*check(chain, against, trust), *beside)
        if not any(flaw.certain for flaw in flaws):
            read_case(chain)
    except CasebookInvalid as problem:
        return (Flaw(code="damaged", seq=0, text=problem.message),)
    return flaws


def erase_damaged(desk: Desk, name: str, reason: str, *, yes: bool) -> int:
    """Erase the private values of a case whose record does not hold; say how many went.

    Raises `CaseRefused` where the record holds: then an event of the chain must say so.
    """
    if not any(flaw.certain for flaw in flaws_of(desk, name)):
        raise CaseRefused(
            f"the record of {name} is not damaged",
            hint=f"diagnose case erase {name}",
        )
    question = Text(
        f"The record of {name} is damaged and may be evidence. Erase its private values for good?",
        f"{name} 的记录已损坏，可能是证据。确定永久删除其中的个人信息？",
    )
    confirm(question, given=yes, option="--yes")
    with desk.open_casebook(signs=True) as casebook:
        return casebook.erase_damaged(name, at=desk.now(), actor=desk.actor, reason=reason)


def notes_of(desk: Desk, name: str) -> tuple[Note, ...]:
    """When the private values of a case were erased although its record is damaged."""
    with desk.open_casebook(signs=False) as casebook:
        return casebook.damaged_erasures(name)


def print_notes(notes: tuple[Note, ...]) -> None:
    """Say it to a person; a note that was changed is said to be."""
    from diagnose.text import printable

    for note in notes:
        mark = "   " if note.sound else "BAD"
        line = f"{note.values} private values were erased on {note.at:%Y-%m-%d}"
        why = f"by {printable(note.actor)} from the damaged record: {printable(note.reason)}"
        click.echo(f"{mark} {line} {why}{'' if note.sound else ' (this note was changed)'}")


def notes_document(notes: tuple[Note, ...]) -> list[dict[str, Any]]:
    """Write the notes as JSON."""
    return [
        {
            "at": note.at.isoformat(),
            "by": note.actor,
            "reason": note.reason,
            "values": note.values,
            "sound": note.sound,
        }
        for note in notes
    ]

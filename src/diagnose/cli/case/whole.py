"""`diagnose case verify` without a CASE: the record of the whole casebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from diagnose.errors import CasebookInvalid, UnknownName
from diagnose.text import printable

if TYPE_CHECKING:
    from diagnose.case.record.verify import Flaw
    from diagnose.cli.case.desk import Desk

SOUND, WRONG, NOT_PROVEN = 0, 1, 5


def verify_casebook(desk: Desk, trust: tuple[str, ...]) -> int:
    """Check every case that is there, and the ledger for those that are not; say which are gone."""
    from diagnose.cli.json_output import print_json
    from diagnose.station.trust import trusted_keys

    with desk.open_casebook(signs=False) as casebook:
        names = casebook.cases()
        beside = casebook.ledger_flaws(trusted_keys(trust)) or _emptied(names)
    by_case = {name: found for name in names if (found := _of_case(desk, name, trust))}
    every = (*beside, *(flaw for found in by_case.values() for flaw in found))
    if desk.as_json:
        print_json(
            {
                "sound": not every,
                "cases": len(names),
                "flaws": [flaw.model_dump(mode="json") for flaw in beside],
                "flaws_by_case": {
                    name: [flaw.model_dump(mode="json") for flaw in found]
                    for name, found in by_case.items()
                },
            }
        )
    else:
        _print(len(names), beside, by_case)
    return status_of(every)


def status_of(flaws: Sequence[Flaw]) -> int:
    """Give the exit status of what was found."""
    if any(flaw.certain for flaw in flaws):
        return WRONG
    return NOT_PROVEN if flaws else SOUND


def flaw_line(flaw: Flaw, case: str = "") -> str:
    """Write what is wrong as one line; names in a casebook may be anybody's."""
    where = f"{case}: " if case else ""
    return printable(f"{'BAD' if flaw.certain else '?  '} {where}{flaw.text}", 400)


def _of_case(desk: Desk, name: str, trust: tuple[str, ...]) -> tuple[Flaw, ...]:
    """What is wrong with one case in itself; the ledger is asked once, for all."""
    from diagnose.case.record.reading import read_case
    from diagnose.case.record.verify import Flaw
    from diagnose.cli.case.check import check

    try:
        chain = desk.chain(name)
        flaws = tuple(check(chain, None, trust))
        if not any(flaw.certain for flaw in flaws):
            read_case(chain)
    except CasebookInvalid as problem:
        return (Flaw(code="damaged", seq=0, text=problem.message),)
    except UnknownName:  # its last rows went while we looked
        return ()
    return flaws


def _emptied(names: Sequence[str]) -> tuple[Flaw, ...]:
    """Nothing in a casebook that holds nothing tells whether it ever held anything."""
    from diagnose.case.record.verify import Flaw

    if names:
        return ()
    text = "it holds no case; one that was emptied whole looks the same: compare with a copy"
    return (Flaw(code="empty", seq=0, text=text, certain=False),)


def _print(count: int, beside: Sequence[Flaw], by_case: Mapping[str, Sequence[Flaw]]) -> None:
    for flaw in beside:
        click.echo(flaw_line(flaw))
    for name, found in by_case.items():
        for flaw in found:
            click.echo(flaw_line(flaw, name))
    if not (beside or by_case):
        click.echo(f"ok  cases: {count}; the casebook is whole and unchanged")

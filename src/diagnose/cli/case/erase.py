"""`diagnose case erase`: one case by name, or every case whose time has run out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, ask, confirm, desk_options
from diagnose.cli.case.questions import is_interactive
from diagnose.errors import CasebookBusy, CasebookInvalid, UsageError
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.case.record.events import Chain, Entry
    from diagnose.case.record.store import Casebook
    from diagnose.model.case import Case

INCOMPLETE = 5
_TOGETHER = 10
"""Cases erased in one transaction: few enough that other writers are not kept waiting."""
_MOST_LINES = 20
_REASON = "the time for which private data are kept has run out"
_LEFT = "another program is reading the casebook: some erased bytes are still on the disk"


@click.command("erase")
@click.argument("name", metavar="[CASE]", required=False)
@click.option("--due", "by_rule", is_flag=True, help="Every case whose time has run out.")
@click.option("--dry-run", is_flag=True, help="With --due: only say what would go.")
@click.option(
    "--damaged", is_flag=True, help="The record of this CASE was changed; erase what is left."
)
@click.option("--reason", help="Why; it stays in the record, so write no names into it.")
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@desk_options
def erase(
    desk: Desk,
    name: str | None,
    by_rule: bool,
    dry_run: bool,
    damaged: bool,
    reason: str | None,
    yes: bool,
) -> int:
    """Erase contact, IMEI, signatures and free text for good. The record itself still stands.

    Of one CASE, or with --due of every case whose retention time has run out; a case that is open
    is named and left alone. A CASE whose record was changed is only erased with --damaged, and its
    record stays as it is. The exit status is 5 where something could not be read or scrubbed.
    """
    if by_rule:
        if name or reason or damaged:
            raise UsageError(
                "--due takes no case, no reason and no --damaged: the rule of each case decides"
            )
        return _erase_due(desk, dry_run=dry_run, asked=yes or dry_run or not is_interactive())
    if dry_run:
        raise UsageError("--dry-run goes with --due")
    if not name:
        raise UsageError("which case?", hint="name one, or --due for all whose time has run out")
    name = desk.find(name)
    reason = str(ask(reason, "Why?", option="--reason"))
    if damaged:
        return _erase_damaged(desk, name, reason, yes=yes)
    try:
        return _erase_one(desk, name, reason, yes=yes)
    except CasebookInvalid as problem:
        problem.hint = f"look at it: diagnose case verify {name}; to erase what is left: --damaged"
        raise


def _erase_damaged(desk: Desk, name: str, reason: str, *, yes: bool) -> int:
    from diagnose.cli.case.damaged import erase_damaged, notes_document, notes_of, print_notes
    from diagnose.cli.json_output import print_json

    erase_damaged(desk, name, reason, yes=yes)
    clean = _scrub(desk, [name])
    notes = notes_of(desk, name)
    if desk.as_json:
        print_json({"case": name, "damaged_erasures": notes_document(notes)})
    else:
        print_notes(notes)
    click.echo("note: copies exported earlier are not reached by this", err=True)
    return 0 if clean else INCOMPLETE


def _erase_one(desk: Desk, name: str, reason: str, *, yes: bool) -> int:
    from diagnose.case.record.entries import erased
    from diagnose.cli.case.view import show

    values = desk.chain(name).private
    names = ", ".join(sorted({value.name for value in values})) or "nothing"
    question = Text(f"Erase {names} of {name} for good?", f"确定永久删除 {name} 的 {names}？")
    confirm(question, given=yes, option="--yes")

    def decide(chain: Chain, _case: Case) -> Sequence[Entry]:
        return [erased(chain, reason)] if chain.private else []

    case = desk.record_chain(name, decide)
    clean = _scrub(desk, [name])
    show(case, lang=desk.lang, as_json=desk.as_json)
    click.echo("note: copies exported earlier are not reached by this", err=True)
    return 0 if clean else INCOMPLETE


def _scrub(desk: Desk, names: Sequence[str]) -> bool:
    """Erase what waits to be sent of these cases too, and take the bytes off the disk."""
    from diagnose.tickets.delivery import case_thread
    from diagnose.tickets.outbox import Outbox

    with Outbox.open(desk.casebook) as outbox:
        waited = sum(outbox.forget(case_thread(name)) for name in names)
        clean = outbox.scrub() if waited else True
    if waited:
        click.echo(f"{waited} deliveries that waited were erased: diagnose ticket outbox", err=True)
    return _scrub_casebook(desk) and clean


def _scrub_casebook(desk: Desk) -> bool:
    with desk.open_casebook(signs=False) as casebook:
        clean = casebook.scrub()
    if not clean:
        click.echo(f"{_LEFT}; run it again", err=True)
    return clean


def _erase_due(desk: Desk, *, dry_run: bool, asked: bool) -> int:
    now = desk.now()
    report = _sorted_out(desk, now)
    due = [one["case"] for one in report["due"]]
    if due:
        question = Text(
            f"Today is {now:%Y-%m-%d}. Erase the private data of {len(due)} cases for good?",
            f"今天是 {now:%Y-%m-%d}。确定永久删除 {len(due)} 个案件的个人信息？",
        )
        confirm(question, given=asked, option="--yes")
    clean = dry_run
    if not dry_run:
        for start in range(0, len(due), _TOGETHER):
            _erase_by_rule(desk, due[start : start + _TOGETHER], report)
        clean = _scrub(desk, due)
    _print(desk, {"at": now.isoformat(timespec="seconds"), "dry_run": dry_run, **report})
    return 0 if clean and not report["damaged"] else INCOMPLETE


def _sorted_out(desk: Desk, now: datetime) -> dict[str, Any]:
    from diagnose.case.record.reading import days_kept
    from diagnose.case.rules.retention import Due, due

    report: dict[str, Any] = {word.value: [] for word in Due} | {"erased": []}
    report |= {"damaged": [], "damaged_erased": []}
    with desk.open_casebook(signs=False) as casebook:
        for name, case in _read_all(casebook):
            if case is None:
                left = casebook.private_count(name)
                report["damaged" if left else "damaged_erased"].append(name)
                continue
            report[due(case, now).value].append(
                {
                    "case": name,
                    "stage": case.stage.value,
                    "last_event": case.last_at.isoformat(),
                    "ended": case.ended_at.isoformat() if case.ended_at else None,
                    "kept_until": case.kept_until.isoformat() if case.kept_until else None,
                    "days": days_kept(case),
                    "private_values": case.private_values,
                }
            )
    return report


def _read_all(casebook: Casebook) -> Iterator[tuple[str, Case | None]]:
    """Read every case; None for one that is damaged: it hides no other."""
    from diagnose.case.record.reading import read_case

    for name, read in casebook.chains():
        try:
            yield name, read_case(read())
        except CasebookInvalid:
            yield name, None


def _erase_by_rule(desk: Desk, names: Sequence[str], report: dict[str, Any]) -> None:
    """Erase cases together; where one of them stands in the way, each on its own."""
    try:
        cases = desk.record_together(names, partial(_if_due, desk))
    except (CasebookInvalid, CasebookBusy):
        if len(names) > 1:
            for name in names:
                _erase_by_rule(desk, [name], report)
        else:
            _erase_alone(desk, names[0], report)
        return
    report["erased"] += [case.case_id for case in cases if not case.private_values]


def _erase_alone(desk: Desk, name: str, report: dict[str, Any]) -> None:
    try:
        case = desk.record_chain(name, partial(_if_due, desk))
    except CasebookInvalid:  # nothing is added to a chain that does not hold
        report["damaged"].append(name)
        return
    if not case.private_values:
        report["erased"].append(name)


def _if_due(desk: Desk, chain: Chain, case: Case) -> Sequence[Entry]:
    """Erase a case that is still due: it may have gone on while others were erased."""
    from diagnose.case.record.entries import erased
    from diagnose.case.record.reading import days_kept
    from diagnose.case.rules.retention import Due, due

    if due(case, desk.now()) is not Due.DUE:
        return []
    return [erased(chain, _REASON, ended_at=case.ended_at, days=days_kept(case))]


def _some(lines: Iterable[str]) -> None:
    """Print the first of them, and how many more there are."""
    every = list(lines)
    for line in every[:_MOST_LINES]:
        click.echo(line)
    if (more := len(every) - _MOST_LINES) > 0:
        click.echo(f"… {more} more: --json names all")


def _print(desk: Desk, report: dict[str, Any]) -> None:
    from diagnose.cli.json_output import print_json

    if desk.as_json:
        print_json(report)
        return
    erased = set(report["erased"])
    _some(
        f"{one['case']}  {'erased' if one['case'] in erased else 'due':<8} "
        f"time ran out on {one['kept_until'][:10]}"
        for one in report["due"]
    )
    _some(f"{one['case']}  kept     until {one['kept_until'][:10]}" for one in report["not_yet"])
    _some(
        f"{one['case']}  open     {one['stage']}, last event {one['last_event'][:10]}"
        for one in report["open"]
    )
    _some(
        f"{one['case']}  kept     this computer's clock is before its last event"
        for one in report["clock"]
    )
    kept = len(report["not_yet"]) + len(report["clock"])
    click.echo(
        f"{len(report['due'])} due, {len(erased)} erased, {kept} kept, {len(report['open'])} open"
    )
    for name in report["damaged"]:
        click.echo(f"{name}  damaged  see: diagnose case verify {name}", err=True)
        click.echo(f"  if it must go: diagnose case erase {name} --damaged", err=True)
    if not report["due"]:
        click.echo("nothing is due", err=True)

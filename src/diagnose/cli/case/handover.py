"""`diagnose case verify|accept`: whether it is solved, and whether the customer says so too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.answers import yes_no
from diagnose.cli.case.desk import (
    ALL,
    Desk,
    ask,
    case_or_all_argument,
    desk_options,
    this_case_argument,
    unproven_option,
)
from diagnose.cli.case.probing import probe, probe_options
from diagnose.cli.case.questions import in_words, is_interactive
from diagnose.cli.case.statement import statement_options, take_statement
from diagnose.cli.case.whole import (
    NOT_PROVEN,
    SOUND,
    WRONG,
    flaw_line,
    status_of,
    verify_casebook,
)
from diagnose.errors import CaseRefused
from diagnose.model.plain import dataclass
from diagnose.model.text import Text

if TYPE_CHECKING:
    from diagnose.case.record.remains import Note
    from diagnose.case.record.verify import Flaw
    from diagnose.model.acceptance import AcceptanceTest
    from diagnose.model.case import Case, Erasure


@click.command("verify")
@case_or_all_argument
@click.option(
    "--report", "path", type=click.Path(path_type=Path), help="The phone after the repair."
)
@click.option("--now", "probes", is_flag=True, help="Probe the phone now, after the repair.")
@probe_options
@click.option("--against", type=click.Path(path_type=Path), help="A copy made earlier.")
@click.option("--trust", multiple=True, metavar="KEY", help="Public key of another station.")
@unproven_option
@desk_options
def verify(
    desk: Desk,
    name: str,
    path: Path | None,
    probes: bool,
    against: Path | None,
    trust: tuple[str, ...],
    unproven: bool,
    **probing: Any,
) -> int:
    """Check the record of a CASE; with --now or --report, also whether the repair solved it.

    Without a CASE the whole casebook is checked: it is said which case is gone.

    The exit status is 0: sound and solved, 1: changed or not solved, 5: not proven.
    """
    from diagnose.cli.case.damaged import flaws_of, notes_of

    if name == ALL:
        if not (path or probes or against):
            return verify_casebook(desk, trust)
        name = desk.find(None)
    flaws = flaws_of(desk, name, against, trust)
    sound = status_of(flaws)
    if probes and sound != WRONG:
        path = probe(desk, desk.read_open(name), **probing)
    wanted = path if sound != WRONG else None
    case = _verify_repair(desk, name, wanted, unproven=unproven) if wanted else None
    erasure, zone = _erasure(desk, name) if sound != WRONG else (None, "")
    _show(desk, _Checked(flaws, notes_of(desk, name), erasure, zone, case))
    if path and case is None:
        click.echo("the record was changed: nothing is added to it", err=True)
    statuses = (sound, _status_of_verdict(case) if case else SOUND)
    return next(status for status in (WRONG, NOT_PROVEN, SOUND) if status in statuses)


@dataclass(frozen=True)
class _Checked:
    """What the check of one case found; `case` where the repair was checked too."""

    flaws: Sequence[Flaw]
    notes: tuple[Note, ...]
    erasure: Erasure | None
    zone: str
    case: Case | None


def _show(desk: Desk, checked: _Checked) -> None:
    from diagnose.cli.case.damaged import print_notes
    from diagnose.cli.case.view import lines
    from diagnose.cli.json_output import print_json
    from diagnose.model.moment import day_text
    from diagnose.text import printable

    if desk.as_json:
        print_json(_document(checked))
        return
    _print_flaws(checked.flaws)
    print_notes(checked.notes)
    if erasure := checked.erasure:
        day = day_text(erasure.at, checked.zone)
        if erasure.by_rule:
            click.echo(f"ok  private values were erased on {day} by the retention rule")
        else:
            why = printable(erasure.reason)
            click.echo(f"ok  private values were erased on {day} for: {why}")
    for line in lines(checked.case, desk.lang) if checked.case else ():
        click.echo(line)


def _document(checked: _Checked) -> dict[str, Any]:
    from diagnose.cli.case.damaged import notes_document
    from diagnose.cli.case.view import document

    erasure, case = checked.erasure, checked.case
    return {
        "sound": not checked.flaws,
        "flaws": [flaw.model_dump(mode="json") for flaw in checked.flaws],
        "erasure": erasure.model_dump(mode="json") if erasure else None,
        "damaged_erasures": notes_document(checked.notes),
        "case": document(case) if case else None,
    }


def _erasure(desk: Desk, name: str) -> tuple[Erasure | None, str]:
    """When and why private values went, as the record says, and whose calendar tells the day."""
    case = desk.read(name)
    return case.erasure, case.shop.time_zone if case.shop else ""


def _status_of_verdict(case: Case) -> int:
    words = {"solved": SOUND, "not_solved": WRONG, "not_proven": NOT_PROVEN}
    return words[case.verification.verdict] if case.verification else NOT_PROVEN


def _print_flaws(flaws: Sequence[Flaw]) -> None:
    if not flaws:
        click.echo("ok  the record is whole and unchanged")
    for flaw in flaws:
        click.echo(flaw_line(flaw))


def _verify_repair(desk: Desk, name: str, path: Path, *, unproven: bool) -> Case:
    from diagnose.case.record.entries import verified
    from diagnose.case.rules.aftercheck import verify_repair
    from diagnose.case.rules.page import after_page
    from diagnose.cli.case.symptoms import probes_for
    from diagnose.jobs.report_files import load_report
    from diagnose.jobs.verification import is_proven

    desk.read_open(name)
    after = load_report(path)
    proven = is_proven(after, path, or_absent=unproven)

    def decide(case: Case) -> Sequence[Any]:
        probes = probes_for(case.intake.symptoms)
        now = datetime.now().astimezone()
        check = verify_repair(case, after, symptom_probes=probes, at=now)
        return [verified(check, after_page(after, case.intake), proven=proven)]

    return desk.record(name, decide)


@click.command("accept")
@this_case_argument
@click.option("--solved", type=click.Choice(["yes", "no"]), help="What the customer says.")
@click.option(
    "--passed", multiple=True, metavar="TEST", help="A test he tried that works; all for every one."
)
@click.option("--failed", multiple=True, metavar="TEST", help="A test he tried that does not work.")
@click.option("--unchecked", default="", metavar="REASON", help="Why the phone was not checked.")
@click.option("--despite-check", is_flag=True, help="He was told that the check says otherwise.")
@click.option("--remark", default="", help="A remark of his.")
@click.option("--list", "only_list", is_flag=True, help="Only show what he should try.")
@statement_options
@desk_options
def accept(desk: Desk, name: str, only_list: bool, remark: str, **options: Any) -> None:
    """Record what the customer tried himself, and whether he says that it is solved."""
    from diagnose.case.record.entries import accepted
    from diagnose.case.rules import handover
    from diagnose.cli.case.symptoms import symptom_titles
    from diagnose.cli.case.view import show

    symptoms = symptom_titles()
    before = desk.read_open(name)
    tests = handover.acceptance_list(before, symptoms)
    if only_list:
        _print_tests(desk, tests)
        return
    _say_what_counts(desk, before)
    unchecked = _why_unchecked(before, options.pop("unchecked"))
    tried = _tried(desk, tests, options)
    choice = click.Choice(["yes", "no"])
    question = "Does the customer say that it is solved?"
    solved = ask(options["solved"], question, option="--solved", type_=choice) == "yes"
    if solved and before.works:
        tried = _tried_after_all(desk, tests, tried)
        _refuse_untried(tests, tried)
    word = handover.CustomerWord(
        solved=solved,
        tried=tried,
        remark=remark,
        unchecked=unchecked,
        despite_check=_despite_check(before, solved=solved, given=options.pop("despite_check")),
    )
    statement = take_statement(desk, options, before)
    case = desk.record(
        name,
        lambda now: [
            accepted(handover.accept(now, handover.acceptance_list(now, symptoms), word, statement))
        ],
    )
    show(case, lang=desk.lang, as_json=desk.as_json)


def _refuse_untried(tests: tuple[AcceptanceTest, ...], tried: Mapping[str, bool]) -> None:
    from diagnose.case.rules.handover import untried

    if left := untried(tests, tried):
        raise CaseRefused(
            "it is not solved while these did not work or were not tried:"
            f" {', '.join(test.code for test in left)}",
            hint="--passed CODE for each test he tried, or --solved no",
        )


def _say_what_counts(desk: Desk, case: Case) -> None:
    """Say before he signs what the check says, what was left out, and what is to pay."""
    from diagnose.case.rules.billing import bill_of
    from diagnose.case.rules.handover import last_check
    from diagnose.cli.case.view import bill_lines, check_lines, words_of

    words = words_of(case, desk.lang)
    bill = bill_of(case)
    for line in (*check_lines(last_check(case), words), *(bill_lines(bill, words) if bill else ())):
        click.echo(line, err=True)


def _why_unchecked(case: Case, given: str) -> str:
    from diagnose.case.rules.handover import last_check

    if given or last_check(case) or not case.works or not is_interactive():
        return given
    return str(ask(None, "Why was the phone not checked after the repair?", option="--unchecked"))


def _despite_check(case: Case, *, solved: bool, given: bool) -> bool:
    from diagnose.case.rules.handover import last_check
    from diagnose.model.verification import Verdict

    check = last_check(case)
    if given or not solved or check is None or check.verdict is not Verdict.NOT_SOLVED:
        return given
    question = "The check says NOT solved. Was he told, and says that it is solved all the same?"
    return is_interactive() and click.confirm(in_words(question), err=True)


def _tried(
    desk: Desk, tests: Sequence[AcceptanceTest], options: Mapping[str, Any]
) -> dict[str, bool]:

    passed = [test.code for test in tests] if "all" in options["passed"] else options["passed"]
    tried = dict.fromkeys(passed, True) | dict.fromkeys(options["failed"], False)
    if tried or not is_interactive():
        return tried
    return tried | _asked(desk, tests)


def _asked(desk: Desk, tests: Sequence[AcceptanceTest]) -> dict[str, bool]:
    """Ask what he tried: y, n, or nothing where he did not."""
    from diagnose.report.wording import PageWords

    words, tried = PageWords(desk.lang), {}
    for test in tests:
        answer = yes_no(words(test.title))
        if answer is not None:
            tried[test.code] = answer
    return tried


def _tried_after_all(
    desk: Desk, tests: tuple[AcceptanceTest, ...], tried: dict[str, bool]
) -> dict[str, bool]:
    """Ask again, before he signs, for what he must have tried to call it solved."""
    from diagnose.case.rules.handover import untried

    missing = untried(tests, tried)
    if not missing or not is_interactive():
        return tried
    note = Text(
        "It is solved only when all of this was tried and works:",
        "以下各项均试用正常，方可确认已解决：",
    )
    click.echo(in_words(note), err=True)
    return tried | _asked(desk, missing)


def _print_tests(desk: Desk, tests: Sequence[AcceptanceTest]) -> None:
    from diagnose.cli.json_output import print_json
    from diagnose.report.wording import PageWords

    if desk.as_json:
        print_json([test.model_dump(mode="json") for test in tests])
        return
    words = PageWords(desk.lang)
    for test in tests:
        click.echo(f"{test.code:<24} {words(test.title)}")

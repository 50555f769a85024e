"""`diagnose case correct`: what was noted wrongly when the phone was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from diagnose.cli.case.desk import Desk, case_argument, desk_options
from diagnose.cli.case.intake import corrected_intake, intake_options
from diagnose.errors import UsageError

if TYPE_CHECKING:
    from diagnose.case.record.events import Entry
    from diagnose.model.case import Case
    from diagnose.model.intake import Intake
    from diagnose.model.report import Report


@click.command("correct")
@case_argument
@intake_options
@desk_options
def correct(desk: Desk, name: str, **options: Any) -> None:
    """Correct the intake of a CASE, until the customer has agreed to its page.

    Only what is given is changed; lists (--symptom, --condition, --accessory, --imei) are given
    anew as a whole. Each correction is an event; what was noted before stays in the record.
    """
    from diagnose.cli.case.view import show

    given = {key for key in options if _was_given(key)}
    if not given:
        raise UsageError("nothing is corrected", hint="--complaint, --symptom, --phone, …")
    desk.read_open(name)
    case = desk.record(name, lambda case: _entries(case, options, given))
    show(case, lang=desk.lang, as_json=desk.as_json)
    if case.page and case.page.quote is None and "symptoms" in given:
        click.echo(f"→ diagnose case quote {case.case_id}", err=True)


def _was_given(key: str) -> bool:
    from click.core import ParameterSource

    source = click.get_current_context().get_parameter_source(key)
    return source is ParameterSource.COMMANDLINE


def _entries(case: Case, options: dict[str, Any], given: set[str]) -> Sequence[Entry]:
    from diagnose.case.record import entries
    from diagnose.case.rules import correction

    correction.refuse_after_consent(case)
    intake, contact, identifiers = corrected_intake(case, options, given)
    if not correction.changes(case, intake, contact, identifiers):
        raise UsageError("that is what is noted already", hint=f"diagnose case show {case.case_id}")
    intake = entries.with_seal(intake)
    ranked = _ranked(case, intake)
    page = correction.corrected_page(case, intake, ranked)
    first = entries.corrected(intake, contact, identifiers)
    if page is None:
        return [first]
    if page.quote:
        return [first, entries.quoted(page)]
    again = intake.symptoms if ranked else case.ranked_again_by
    return [first, entries.diagnosed(page, case.source_digest, ranked_again_by=again)]


def _ranked(case: Case, intake: Intake) -> Report | None:
    """Rank the causes of the page by the corrected symptoms; None where they are the same."""
    from diagnose.judging.reranking import rerank
    from diagnose.knowledge.probes import load_probes

    if case.page is None or {*intake.symptoms} == {*case.intake.symptoms}:
        return None
    return rerank(case.page, intake.symptoms, load_probes())

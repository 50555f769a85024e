"""Corrections of an intake: a slip of the keyboard is put right until he has agreed. Pure.

Each one is an event; what was noted before stays in the record.
"""

from __future__ import annotations

from diagnose.case.rules.page import after_page
from diagnose.errors import CaseRefused
from diagnose.model.case import Case
from diagnose.model.intake import Contact, Identifiers, Intake
from diagnose.model.report import Report


def refuse_after_consent(case: Case) -> None:
    """Raise `CaseRefused` where the customer agreed to a page with the intake as it is."""
    if case.works or (case.standing and case.standing.consent.accepted):
        raise CaseRefused(
            "the customer agreed to a page with this intake; it is corrected no more",
            hint=f"if he takes it back: diagnose case withdraw {case.case_id}",
        )


def corrected_page(case: Case, intake: Intake, ranked: Report | None) -> Report | None:
    """Make the page anew with the corrected intake; None where there is none yet.

    `ranked` is the page with its causes ranked by other symptoms: then what was quoted for the
    causes as they were is no quote for these.
    """
    if case.page is None:
        return None
    if ranked is not None:
        return after_page(ranked.model_copy(update={"quote": None}), intake)
    return after_page(case.page, intake)


def changes(case: Case, intake: Intake, contact: Contact, identifiers: Identifiers) -> bool:
    """Whether anything would be other than it is; a new seal of the same words is no change."""
    before = case.intake.model_copy(update={"seal": None})
    now = (intake.model_copy(update={"seal": None}), contact, identifiers)
    return now != (before, case.contact or Contact(), case.identifiers or Identifiers())

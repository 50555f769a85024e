"""What has happened since the diagnosis: a report alone shows nothing of it, and loads nothing."""

from __future__ import annotations

from diagnose.model.report import Report
from diagnose.report.page.model import PageStep
from diagnose.report.phrase import Speaker
from diagnose.report.record import Record


def steps(report: Report, record: Record, say: Speaker) -> tuple[PageStep, ...]:
    """Tell the steps of the case in the order in which they were done; none where nothing was."""
    if record == Record():
        return ()
    from diagnose.report.page.steps import steps as of_case

    return of_case(report, record, say)

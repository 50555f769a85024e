"""One phone, its report, and its files: what the Python API does."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from diagnose.jobs.delivery import ReportDelivery, held, write_reports
from diagnose.jobs.events import Subscriber
from diagnose.jobs.fleet import diagnose_all
from diagnose.jobs.phones import Attached
from diagnose.jobs.session import Stop
from diagnose.jobs.settings import RunSettings

if TYPE_CHECKING:
    from diagnose.model.report import Report


def examine_one(
    attached: Attached, settings: RunSettings, *, out: Path | None, notify: Subscriber
) -> Report:
    """Examine the one phone there is, and write its files where `out` names a folder.

    Raises what kept it from a report, or its files from being written.
    """
    with held(out) if out else nullcontext() as folder:
        fleet = diagnose_all(attached, settings, stop=Stop(), out=folder, notify=notify)
        for _, problem in fleet.unexamined:
            raise problem
        for problem in write_reports(fleet.finished, ReportDelivery(), folder):
            raise problem
    return fleet.reports[0]

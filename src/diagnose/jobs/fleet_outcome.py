"""What came of a run or a replay: whoever shows it needs nothing of what made it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from diagnose.model.plain import dataclass

if TYPE_CHECKING:
    from diagnose.discovery.faces import Device
    from diagnose.errors import DiagnoseError
    from diagnose.files.folder import FolderDraft
    from diagnose.model.report import Report


@dataclass
class Fleet:
    """What came of a run: reports with their drafts in the order of the phones.

    `unexamined` are the phones without a report, each with the reason.
    """

    finished: list[tuple[Report, FolderDraft | None]] = field(default_factory=list)
    unexamined: list[tuple[Device, DiagnoseError]] = field(default_factory=list)

    @property
    def reports(self) -> list[Report]:
        """The reports alone."""
        return [report for report, _ in self.finished]

    def status(self, *, interrupted: bool = False) -> int:
        """The exit status of the whole run."""
        from diagnose.model.report import exit_status
        from diagnose.model.verdict import status_of_run

        return status_of_run(
            [exit_status(report) for report in self.reports],
            unexamined=[problem.exit_status for _, problem in self.unexamined],
            interrupted=interrupted,
        )

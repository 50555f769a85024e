"""The envelope of a run, drawn from what came of it (`model.run_document`)."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import __version__
from diagnose.discovery.faces import Device
from diagnose.errors import DiagnoseError
from diagnose.jobs.fleet_outcome import Fleet
from diagnose.jobs.naming import public_label, public_serial
from diagnose.model.labels import unique_labels
from diagnose.model.report import Report, Tool, verdict_of
from diagnose.model.run_document import Problem, RunDocument, RunPhone


def document_of(fleet: Fleet, *, status: int) -> RunDocument:
    """Describe a whole run: every phone, every report, and what kept the others from one."""
    phones = tuple(_phones(fleet))
    verdicts = [verdict_of(report) for report in fleet.reports]
    return RunDocument(
        tool=Tool(version=__version__),
        exit_status=status,
        faulty=any(verdict.faulty for verdict in verdicts),
        incomplete=bool(fleet.unexamined) or any(verdict.incomplete for verdict in verdicts),
        phones=phones,
        not_examined=tuple(phone.label for phone in phones if not phone.examined),
        reports=tuple(fleet.reports),
    )


def document_of_problem(problem: DiagnoseError) -> RunDocument:
    """Describe a command that ended with an error."""
    return RunDocument(
        tool=Tool(version=__version__),
        exit_status=problem.exit_status,
        incomplete=True,
        error=as_problem(problem),
    )


def as_problem(problem: DiagnoseError) -> Problem:
    """Give an error as the contract's plain values."""
    return Problem(
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        exit_status=problem.exit_status,
    )


def _phones(fleet: Fleet) -> Iterator[RunPhone]:
    named = [report.device.label for report in fleet.reports]
    labels = iter(unique_labels(named + [public_label(device) for device, _ in fleet.unexamined]))
    for report in fleet.reports:
        yield _examined(report, next(labels))
    for device, problem in fleet.unexamined:
        yield _unexamined(device, problem, next(labels))


def _examined(report: Report, label: str) -> RunPhone:
    attached = next(iter(report.device.attachments), None)
    return RunPhone(
        label=label,
        serial=attached.serial if attached else "",
        port=attached.port if attached else "",
        connection=attached.connection if attached else "",
        state=attached.state if attached else "",
        examined=True,
        report_id=report.report_id,
        exit_status=verdict_of(report).exit_status,
    )


def _unexamined(device: Device, problem: DiagnoseError, label: str) -> RunPhone:
    return RunPhone(
        label=label,
        serial=public_serial(device),
        port=device.usb_path,
        connection=device.connection,
        state=device.state.value,
        examined=False,
        exit_status=problem.exit_status,
        problem=as_problem(problem),
    )

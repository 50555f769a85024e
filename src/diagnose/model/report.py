"""The report, version 1: the contract with ticket systems and the page the customer sees.

Its JSON is complete: every view (HTML, PDF, terminal, JUnit) is rendered from it alone. `coverage`
and `summary` are computed from the results, never set by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from diagnose.errors import Reason
from diagnose.model.compatibility import Compatibility, Fit
from diagnose.model.complaint import ComplaintAnswer, Untestable
from diagnose.model.fault import Confidence, Fault
from diagnose.model.frozen import Frozen, added
from diagnose.model.intake import Intake
from diagnose.model.outcome import Outcome, worst
from diagnose.model.quote import Quote
from diagnose.model.result import ProbeResult
from diagnose.model.text import Text
from diagnose.model.verdict import Ground, RunVerdict, verdict_for

SCHEMA_VERSION = "1.2"
"""What is written. A reader of version 1 takes every minor version: members are only added."""

ANSWERED = (
    Outcome.OBSERVED,
    Outcome.PASS,
    Outcome.ATTENTION,
    Outcome.FAIL,
    Outcome.NOT_APPLICABLE,
)


class Ended(StrEnum):
    """How the reading of the phone ended."""

    COMPLETE = "complete"
    LOST = "lost"
    CANCELLED = "cancelled"


class Tool(Frozen):
    """The program that made the report."""

    name: str = "diagnose"
    version: str


STARTING = "starting"
"""State of a phone that says itself that it has not finished starting."""


class Attachment(Frozen):
    """One way in which the phone was connected, and the state it was in.

    `serial` is what adb calls it: as it stands for emulators and virtual phones, masked where it
    is the phone's own number. `port` tells two phones apart that state the same one.
    """

    channel: str
    connection: str = ""
    state: str = ""
    serial: str = added("")
    port: str = added("")


class DeviceIdentity(Frozen):
    """Which phone it is. The serial number is never here: a salted hash and a mask are."""

    brand: str = ""
    model: str = ""
    marketing_name: str = ""
    os: str = ""
    os_version: str = ""
    build: str = ""
    security_patch: str = ""
    serial_hash: str = ""
    serial_masked: str = ""
    simulated: bool = False
    attachments: tuple[Attachment, ...] = ()

    @property
    def label(self) -> str:
        """What a person and CI call this phone: adb's name and port, else make and model."""
        for attachment in self.attachments:
            if attachment.serial:
                return "@".join(filter(None, (attachment.serial, attachment.port)))
        return f"{self.brand} {self.model} {self.serial_masked}".strip() or "phone"


class ProfileReference(Frozen):
    """The profile that was used, and the digest of its files."""

    id: str
    title: str = ""
    sha256: str


class PlanReference(Frozen):
    """Which probes were meant to run."""

    name: str
    title: Text


class Untested(Frozen):
    """A probe that gave no answer, and why."""

    probe: str
    title: Text
    required: bool
    outcome: Outcome
    reason: Reason | None = None
    detail: str = ""


class Coverage(Frozen):
    """How much was really tested. It stands first on every page.

    `least` is the share of probes (0 to 1) below which the job counts as not done.
    """

    asked: int
    answered: int
    not_run: int
    error: int
    complete: bool
    values_read: int
    values_unread: int
    untested: tuple[Untested, ...] = ()
    least: float = added(0.0)


class Summary(Frozen):
    """The verdict: the worst outcome, and `pass` only where nothing was left untested.

    `verdict` is what exit status and JUnit follow.
    """

    outcome: Outcome
    counts: Mapping[Outcome, int]
    ended: Ended
    ended_because: str = ""
    verdict: RunVerdict | None = added(None)


class Command(Frozen):
    """One request as it was sent: a line of the privacy receipt."""

    request: str
    data_class: str
    effect: str
    status: str
    bytes_kept: int
    masked: int = 0


class Privacy(Frozen):
    """The privacy receipt: every command sent, every class of data it touches."""

    commands: tuple[Command, ...] = ()
    data_classes: tuple[str, ...] = ()


class CaptureReference(Frozen):
    """The recorded evidence this report was drawn from.

    `clock` says whose time `started_at` is: of the station, of the evidence itself, or `none`
    where nothing tells when the phone was read. `source`: what it was imported from.
    """

    sha256: str
    started_at: datetime
    clock: str = "station"
    source: str = ""


class Conclusion(Frozen):
    """What the analysis came to, in one sentence, and how much of it could be tested.

    `causes_untested` are those nothing could be read about: they are not excluded.
    """

    text: Text
    causes_tested: int
    causes_untested: tuple[str, ...] = ()
    knowledge_sha256: str = ""


class Report(Frozen):
    """A whole report. `digest` is the SHA-256 of the RFC 8785 form of everything else."""

    schema_version: str = Field(default=SCHEMA_VERSION, pattern=r"^1\.[0-9]+$")
    report_id: str
    created_at: datetime
    tool: Tool
    station: str = ""
    device: DeviceIdentity
    profile: ProfileReference
    plan: PlanReference
    intake: Intake = Intake()
    coverage: Coverage
    summary: Summary
    results: tuple[ProbeResult, ...]
    areas: Mapping[str, Text] = added({})
    faults: tuple[Fault, ...] = ()
    ruled_out: tuple[Fault, ...] = ()
    conclusion: Conclusion | None = None
    quote: Quote | None = None
    complaint: tuple[ComplaintAnswer, ...] = added(())
    untestable: tuple[Untestable, ...] = added(())
    advice: tuple[Text, ...] = ()
    app: Compatibility | None = None
    privacy: Privacy
    capture: CaptureReference
    translations: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    digest: str = ""

    def area(self, code: str) -> Text:
        """Name a part of the phone; one without a name keeps its code."""
        return self.areas.get(code, Text(code))

    @model_validator(mode="after")
    def _excluded_is_no_fault(self) -> Self:
        wrong = [fault.code for fault in self.faults if fault.excluded_by]
        wrong += [fault.code for fault in self.ruled_out if not fault.excluded_by]
        if wrong:
            raise ValueError(f"excluded causes belong in ruled_out, others in faults: {wrong}")
        return self


def cover(results: Iterable[ProbeResult], *, least: float = 0.0) -> Coverage:
    """Count what was tested. A probe with an error or without an answer is not."""
    results = tuple(results)
    answered = sum(result.outcome in ANSWERED for result in results)
    values = [measurement for result in results for measurement in result.measurements]
    read = sum(measurement.value is not None for measurement in values)
    return Coverage(
        asked=len(results),
        answered=answered,
        not_run=sum(result.outcome is Outcome.NOT_RUN for result in results),
        error=sum(result.outcome is Outcome.ERROR for result in results),
        complete=answered == len(results) > 0,
        values_read=read,
        values_unread=len(values) - read,
        untested=tuple(_untested(result) for result in results if result.outcome not in ANSWERED),
        least=least,
    )


def summarise(
    results: Iterable[ProbeResult], coverage: Coverage, ended: Ended, because: str = ""
) -> Summary:
    """Draw the verdict. Nothing found on a phone that was only partly tested is `observed`."""
    outcomes = [result.outcome for result in results]
    found = worst(o for o in outcomes if o is not Outcome.ERROR)
    if found is Outcome.PASS and not (coverage.complete and ended is Ended.COMPLETE):
        found = Outcome.OBSERVED
    counts = {outcome: outcomes.count(outcome) for outcome in Outcome}
    return Summary(outcome=found, counts=counts, ended=ended, ended_because=because)


def with_verdict(report: Report) -> Report:
    """Give the report with the verdict that follows from everything else in it."""
    summary = report.summary.model_copy(update={"verdict": verdict_of(report)})
    return report.model_copy(update={"summary": summary})


def exit_status(report: Report) -> int:
    """Give the exit status of the contract: 5 incomplete, 1 a fault was found, 0 otherwise."""
    return verdict_of(report).exit_status


def verdict_of(report: Report) -> RunVerdict:
    """Draw the verdict from what a report says, never from a verdict that stands in it."""
    return verdict_for(_grounds(report))


def _grounds(report: Report) -> Iterator[tuple[Ground, str]]:
    """Everything that keeps the run from status 0. A cause that is only possible is no fault."""
    for result in report.results:
        if result.outcome is Outcome.FAIL:
            yield Ground.PROBE_FAILED, result.probe
    for fault in report.faults:
        if fault.confidence is not Confidence.POSSIBLE:
            yield Ground.CAUSE_CONCLUDED, fault.code
    if report.app and report.app.verdict is Fit.MISSES:
        yield Ground.APP_CANNOT_RUN, report.app.package
    yield from _gaps(report)


def _gaps(report: Report) -> Iterator[tuple[Ground, str]]:
    coverage, summary = report.coverage, report.summary
    if summary.ended is not Ended.COMPLETE:
        yield Ground(summary.ended.value), summary.ended_because
    if any(attachment.state == STARTING for attachment in report.device.attachments):
        yield Ground.STARTING, ""
    if not coverage.answered:
        yield Ground.NOTHING_READ, ""
    elif coverage.answered < coverage.least * coverage.asked:
        share = coverage.answered / coverage.asked
        yield Ground.COVERAGE_LOW, f"{share:.0%} < {coverage.least:.0%}"
    for result in report.results:
        if result.outcome is Outcome.ERROR:
            yield Ground.PROBE_ERROR, result.probe
        elif result.required and result.outcome is Outcome.NOT_RUN:
            yield Ground.REQUIRED_UNREAD, result.probe
    if report.app and report.app.verdict is Fit.UNKNOWN:
        yield Ground.APP_UNKNOWN, report.app.package


def _untested(result: ProbeResult) -> Untested:
    return Untested(
        probe=result.probe,
        title=result.title,
        required=result.required,
        outcome=result.outcome,
        reason=result.reason,
        detail=result.error.message if result.error else result.detail,
    )

"""What was found, each thing once: the bad values of a report, grouped by the cause they show.

A full storage shows in three values and two probes; a customer is told of it once. What is left
out here stands in the annex, value by value.
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.model.fault import Fault
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.result import Finding, Measurement, ProbeResult
from diagnose.model.text import Text
from diagnose.report.selection import TELLING, value_text
from diagnose.report.wording import PageWords


@dataclass(frozen=True)
class Found:
    """One thing that is wrong: the worst value that shows it, and the cause it speaks for.

    `finding` is what the probe says of the value; `fault` the surest measured cause it is evidence
    of; either may be missing.
    """

    result: ProbeResult
    measurement: Measurement
    finding: Finding | None
    fault: Fault | None

    @property
    def outcome(self) -> Outcome:
        """How bad it is."""
        return self.measurement.outcome

    @property
    def advice(self) -> Text:
        """What to do about it."""
        return (
            self.finding.advice
            if self.finding and self.finding.advice
            else self.result.about.action
        )

    def headline(self, words: PageWords) -> str:
        """Say the fault, not the name of the probe."""
        text = words(self.finding.text) if self.finding else value_text(self.measurement, words)
        return text.rstrip(".。")


def findings(report: Report) -> tuple[Found, ...]:
    """Everything that was found, the worst first, what is complained of before the rest."""
    told: dict[str, Found] = {}
    for found in sorted(_bad_values(report), key=lambda one: -OUTCOMES[one.outcome].rank):
        told.setdefault(_what(found), found)
    return tuple(told.values())


def remarks(report: Report) -> Iterator[Finding]:
    """What was remarked, with something to do about it, where nothing was found."""
    for result in report.results:
        if result.outcome not in TELLING:
            yield from (found for found in result.findings if found.advice)


def _what(found: Found) -> str:
    return found.fault.code if found.fault else found.measurement.id


def _bad_values(report: Report) -> Iterator[Found]:
    shown = [fault for fault in report.faults if fault.shown]
    for result in report.results:
        if result.outcome not in TELLING:
            continue
        for measurement in result.measurements:
            if measurement.outcome in TELLING:
                yield Found(
                    result,
                    measurement,
                    _finding(result, measurement),
                    _cause(measurement, shown),
                )


def _finding(result: ProbeResult, measurement: Measurement) -> Finding | None:
    own = f"{measurement.id}.{measurement.outcome.value}"
    about = (f for f in result.findings if f.id == own or measurement.id in f.because)
    return next(iter(sorted(about, key=lambda finding: finding.id != own)), None)


def _cause(measurement: Measurement, shown: list[Fault]) -> Fault | None:
    """The surest cause it speaks for: causes are ranked already."""
    for fault in shown:
        if any(evidence.measurement == measurement.id for evidence in fault.evidence):
            return fault
    return None

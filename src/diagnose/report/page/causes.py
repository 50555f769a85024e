"""The causes: what is concluded, how surely, what speaks for it and against it."""

from __future__ import annotations

from diagnose.model.fault import Confidence, Fault, FaultEvidence
from diagnose.model.report import Report
from diagnose.report.page.model import PageCause, Row
from diagnose.report.phrase import Phrase, Speaker
from diagnose.report.vocabulary import CONFIDENCES, FAULT_KINDS

_TONES = {
    Confidence.CERTAIN: "fail",
    Confidence.LIKELY: "attention",
    Confidence.POSSIBLE: "observed",
}


def causes(report: Report, say: Speaker) -> tuple[PageCause, ...]:
    """The causes in the order in which the diagnosis ranked them."""
    return tuple(_cause(fault, say) for fault in report.faults)


def ruled_out(report: Report, say: Speaker) -> tuple[Row, ...]:
    """What was looked at and excluded: a customer sees that nothing was jumped over."""
    return tuple(
        Row(say(fault.title), say.list([evidence.text for evidence in fault.excluded_by]))
        for fault in report.ruled_out
    )


def _cause(fault: Fault, say: Speaker) -> PageCause:
    return PageCause(
        title=say(fault.title),
        tone=_TONES[fault.confidence],
        kind=say(FAULT_KINDS[fault.kind]),
        confidence=say(CONFIDENCES[fault.confidence]),
        explanation=say(fault.explanation),
        reasons=tuple(say(reason) for reason in fault.reasons),
        evidence=_texts(fault.evidence, say),
        against=_texts(fault.against, say),
        innocent=say(fault.innocent) if fault.innocent else (),
        next_test=say(fault.next_test.text) if fault.next_test else (),
        consequence=say(fault.consequence) if fault.consequence else (),
    )


def _texts(evidence: tuple[FaultEvidence, ...], say: Speaker) -> tuple[Phrase, ...]:
    return tuple(say(item.text) for item in evidence)

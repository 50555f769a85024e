"""Ranks causes: results and symptoms in, ordered faults out. No file, no clock, no chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from diagnose.judging.causes.certainty import Weighing, weigh
from diagnose.judging.causes.evidence import Hit, Readings, told
from diagnose.knowledge.cause_files import Knowledge
from diagnose.model.cause import Cause, Condition, Strength
from diagnose.model.fault import Confidence, Fault, FaultEvidence, FaultKind, NextTest
from diagnose.model.plain import dataclass
from diagnose.model.report import Conclusion
from diagnose.model.result import ProbeResult
from diagnose.model.symptom import Symptom
from diagnose.model.text import Text

_SURE = (Confidence.CERTAIN, Confidence.LIKELY, Confidence.POSSIBLE)
_SOFTWARE_FIRST = (FaultKind.SOFTWARE, FaultKind.UNKNOWN, FaultKind.HARDWARE)


@dataclass(frozen=True)
class Diagnosis:
    """What is concluded from a phone's results: causes, most sure first, and what was excluded."""

    faults: tuple[Fault, ...]
    ruled_out: tuple[Fault, ...]
    conclusion: Conclusion
    advice: tuple[Text, ...]


@dataclass(frozen=True)
class _Examined:
    """One cause held against the readings."""

    cause: Cause
    complaints: tuple[Symptom, ...]
    for_: tuple[Hit, ...]
    against: tuple[Hit, ...]
    excluded_by: tuple[FaultEvidence, ...]
    unchecked: tuple[Condition, ...]
    excludable: bool
    implied_by: tuple[Cause, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it is concluded, not excluded."""
        return not self.excluded_by

    @property
    def shown(self) -> bool:
        """Whether something measured shows it, not only the customer's word or a hint."""
        return any(hit.condition.strength is Strength.STRONG for hit in self.for_)


def diagnose(
    results: Iterable[ProbeResult], symptoms: Sequence[Symptom], knowledge: Knowledge
) -> Diagnosis:
    """Rank every cause that something speaks for, and say which ones were excluded and why."""
    readings = Readings(results)
    examined = [
        found
        for cause in knowledge.causes.values()
        if (found := _examine(cause, readings, symptoms))
    ]
    standing = sorted(_with_origins([one for one in examined if one.stands]), key=_rank)
    faults = tuple(_fault(one) for one in standing)
    return Diagnosis(
        faults=faults,
        ruled_out=tuple(_fault(one) for one in examined if not one.stands),
        conclusion=_conclude(faults, readings, knowledge),
        advice=_advise(readings, knowledge),
    )


def _with_origins(standing: Sequence[_Examined]) -> list[_Examined]:
    """Say of each cause which measured and uncontradicted ones imply it."""
    shown = [one.cause for one in standing if one.shown and not one.against]
    return [
        replace(one, implied_by=tuple(c for c in shown if one.cause.code in c.implies))
        for one in standing
    ]


def _examine(cause: Cause, readings: Readings, symptoms: Sequence[Symptom]) -> _Examined | None:
    """Hold one cause against the readings; None where nothing points to it."""
    complaints = tuple(s for s in symptoms if s.code in cause.symptoms)
    hits = readings.hits(cause.for_)
    suspected = any(cause.code in symptom.suspects for symptom in symptoms)
    forced = any(readings.is_forced(condition) for condition in cause.for_)
    excluded = tuple(hit.evidence for hit in readings.clearing(cause.excluded_by))
    pointed_to = suspected or (forced and excluded) or _point_to_it(hits, complaints)
    if not pointed_to or (cause.only_with_symptom and not complaints):
        return None
    against = readings.clearing(cause.against)
    if not hits and not excluded:
        excluded = _cleared(cause, readings, against)
    return _Examined(
        cause,
        complaints,
        hits,
        against,
        excluded,
        unchecked=tuple(c for c in cause.against if not readings.is_read(c)),
        excludable=not all(readings.is_read(c) for c in cause.excluded_by),
    )


def _point_to_it(hits: Sequence[Hit], complaints: Sequence[Symptom]) -> bool:
    """Weak evidence counts only for what is complained of: alone it points everywhere."""
    strong = any(hit.condition.strength is Strength.STRONG for hit in hits)
    return strong or bool(hits and complaints)


def _cleared(cause: Cause, readings: Readings, against: Sequence[Hit]) -> tuple[FaultEvidence, ...]:
    """What clears a cause that only the customer's words point to; nothing: it stays open."""
    strong = tuple(hit.evidence for hit in against if hit.condition.strength is Strength.STRONG)
    if strong or cause.hidden:
        return strong
    all_read = all(readings.is_read(condition) for condition in cause.for_)
    return readings.about(cause.for_) if all_read else ()


def _weighing(one: _Examined) -> Weighing:
    return Weighing(
        one.for_,
        one.against,
        told=bool(one.complaints),
        unchecked=one.unchecked,
        excludable=one.excludable,
        at_most=one.cause.at_most,
    )


def _rank(one: _Examined) -> tuple[int, bool, bool, bool, int, bool, int, int, int, str]:
    """Surer first; then what is measured; origins before what they imply; then the complaint.

    After that what nothing contradicts, software before parts, more independent sources, more
    evidence, and the code.
    """
    weighing = _weighing(one)
    confidence, _ = weigh(weighing)
    return (
        _SURE.index(confidence),
        not one.for_,
        not one.shown,
        bool(one.implied_by),
        -len(one.complaints),
        bool(one.against),
        _SOFTWARE_FIRST.index(one.cause.kind),
        -weighing.sources,
        -len(one.for_),
        one.cause.code,
    )


def _fault(one: _Examined) -> Fault:
    cause = one.cause
    confidence, reasons = weigh(_weighing(one))
    if one.excluded_by:
        confidence, reasons = Confidence.POSSIBLE, ()
    elif one.implied_by:
        reasons = (*reasons, _along_with(one.implied_by[0]))
    heard = tuple(told(symptom) for symptom in one.complaints)
    test = cause.next_test
    return Fault(
        code=cause.code,
        title=cause.title.text,
        explanation=_explained(one),
        shown=one.shown,
        kind=cause.kind,
        confidence=confidence,
        reasons=reasons,
        evidence=(*_distinct(one.for_), *heard),
        against=_distinct(one.against),
        excluded_by=one.excluded_by,
        innocent=cause.innocent.text if cause.innocent and one.for_ else None,
        next_test=NextTest(probe=test.probe, text=test.text),
        repair=cause.repair,
        consequence=cause.consequence.text if cause.consequence and one.shown else None,
    )


def _explained(one: _Examined) -> Text:
    """What was measured of it; where nothing was, what it would be: never more than that."""
    measured = one.cause.shown if one.shown else None
    return (measured or one.cause.suspected).text


def _along_with(origin: Cause) -> Text:
    title = origin.title
    return Text(f"It may only come along with: {title.en}", f"可能只是伴随以下原因出现：{title.zh}")


def _distinct(hits: Iterable[Hit]) -> tuple[FaultEvidence, ...]:
    return tuple({hit.measurement.id: hit.evidence for hit in hits}.values())


def _conclude(faults: Sequence[Fault], readings: Readings, knowledge: Knowledge) -> Conclusion:
    """Say in one sentence what came of it, and which causes nothing could be read about."""
    measured = [cause for cause in knowledge.causes.values() if cause.for_]
    untested = [
        cause.code
        for cause in measured
        if not any(readings.is_read(condition) for condition in cause.for_)
    ]
    tested = len(measured) - len(untested)
    return Conclusion(
        text=_sentence(faults, tested, len(untested)),
        causes_tested=tested,
        causes_untested=tuple(untested),
        knowledge_sha256=knowledge.sha256,
    )


def _sentence(faults: Sequence[Fault], tested: int, untested: int) -> Text:
    counted = [
        (sure, number)
        for sure in Confidence
        if (number := sum(fault.confidence is sure for fault in faults))
    ]
    if not counted:
        return Text(
            f"No cause of a fault found; {tested} known causes could be tested, {untested} not",
            f"未发现故障原因；可检测的已知原因 {tested} 项，无法检测 {untested} 项",
        )
    counts = [_COUNTED[sure].format(number=number) for sure, number in counted]
    if counted[0][0] is not Confidence.CERTAIN:
        counts.insert(0, _NONE_CERTAIN)
    return Text(", ".join(text.en for text in counts), "，".join(text.zh for text in counts))


_NONE_CERTAIN = Text("No cause is certain", "尚无确定的原因")
_COUNTED = {
    Confidence.CERTAIN: Text("Causes found: {number}", "查明原因 {number} 项"),
    Confidence.LIKELY: Text("likely: {number}", "很可能 {number} 项"),
    Confidence.POSSIBLE: Text("possible: {number}", "有可能 {number} 项"),
}


def _advise(readings: Readings, knowledge: Knowledge) -> tuple[Text, ...]:
    """Care advice from this phone's own values, one for each topic; nothing where nothing is."""
    advice: dict[str, Text] = {}
    for care in knowledge.care:
        for hit in readings.hits([care.when])[:1]:
            value = hit.measurement.value
            shown = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
            advice.setdefault(care.topic, care.advice.text.format(value=shown))
    return tuple(advice.values())

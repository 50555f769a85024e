"""From a probe's drafts to its result: values meet limits, outcomes are drawn.

The rules of the house stand here: what was not read never passes, a draft probe never says `fail`,
a forced value is never evidence, and a probe that crashes is a visible result.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import islice

from diagnose.errors import NotApplicable, NotRun, ParseError, Reason
from diagnose.judging.citing import evidence_of, readings_of
from diagnose.judging.disputes import DISPUTED, dispute_finding, is_dispute, is_disputed
from diagnose.judging.vanished import MEASURE, SPEC, vanished
from diagnose.knowledge.probes import LoadedProbe
from diagnose.model.criterion import Criterion, OneOf, Value
from diagnose.model.outcome import Outcome, worst
from diagnose.model.plain import dataclass
from diagnose.model.result import (
    Evidence,
    Finding,
    GlanceTile,
    Measurement,
    ProbeFailure,
    ProbeResult,
    word_key,
)
from diagnose.model.text import Text
from diagnose.sdk import Answers, Draft, Probe, Remark, Spec, Tier
from diagnose.text import printable

_JUDGED = (Outcome.FAIL, Outcome.ATTENTION)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}(?:\.[A-Za-z0-9_-]{1,60})?")
_ONLY_ONE = re.compile(r"(usbc?|port)?0")
_SEVERAL = re.compile(r"\{value\} (\w+?)s\b")
_MOST_MEASUREMENTS = 200
_LONGEST_WORDS = 300
_LARGEST_INTEGER = 2**53 - 1  # RFC 8785: beyond it two readers of the JSON may disagree


@dataclass
class _Gathered:
    """What came out of `interpret` before it ended, and how it ended."""

    drafts: list[Draft] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ended: NotRun | NotApplicable | None = None
    failure: ProbeFailure | None = None

    def take(self, result: Draft | Remark) -> None:
        """Keep drafts and remarks apart."""
        if isinstance(result, Remark):
            self.remarks.append(result)
        else:
            self.drafts.append(result)


def judge(
    loaded: LoadedProbe,
    answers: Answers,
    limits: Mapping[str, Criterion] | None = None,
    *,
    required: bool = False,
) -> ProbeResult:
    """Interpret one probe's answers and judge them. Never raises."""
    probe = loaded.probe
    gathered = _interpret(probe, answers)
    if not isinstance(gathered.ended, NotApplicable):
        for remark in vanished(probe, answers):
            gathered.take(remark)
    measurements = _built(probe, gathered, answers, limits or {})
    outcome, reason = _outcome(gathered, measurements, probe)
    return ProbeResult(
        probe=probe.id,
        version=probe.version,
        tier=probe.tier.value,
        origin=loaded.origin,
        sha256=loaded.sha256,
        area=probe.area,
        title=probe.title,
        required=required,
        outcome=outcome,
        reason=reason,
        detail=printable(gathered.ended.message) if gathered.ended else "",
        duration_ms=_duration_ms(probe, answers),
        measurements=measurements,
        findings=tuple(_findings(probe, measurements, gathered.remarks)),
        error=gathered.failure,
        about=probe.about,
        tile=_tile(probe),
        statutory=tuple(f"{probe.id}.{name}" for name in probe.statutory),
    )


def _tile(probe: Probe) -> GlanceTile | None:
    if (tile := probe.tile) is None:
        return None
    return GlanceTile(
        title=tile.title,
        rank=tile.rank,
        measurements=tuple(f"{probe.id}.{name}" for name in tile.measures),
        beside=tile.beside and f"{probe.id}.{tile.beside}",
        drawn_used=tile.drawn_used,
    )


def _interpret(probe: Probe, answers: Answers) -> _Gathered:
    gathered = _Gathered()
    try:
        for result in islice(probe.interpret(answers), _MOST_MEASUREMENTS):
            gathered.take(result if isinstance(result, Remark) else _checked(probe, result))
    except (NotRun, NotApplicable) as signal:
        gathered.ended = signal
    except ParseError as problem:
        where = f" (line {problem.line})" if problem.line else ""
        gathered.failure = ProbeFailure(code="parse", message=printable(f"{problem}{where}"))
    except Exception as bug:  # noqa: BLE001 - a probe's bug is its result, it never ends a run
        gathered.failure = _failure(bug)
    return gathered


def _built(
    probe: Probe, gathered: _Gathered, answers: Answers, limits: Mapping[str, Criterion]
) -> tuple[Measurement, ...]:
    """The measurements; a draft that holds what it may not (a note that is a number) is a bug."""
    try:
        return tuple(_measurements(probe, gathered, answers, limits))
    except Exception as bug:  # noqa: BLE001 - see above
        gathered.failure = _failure(bug)
        return ()


def _failure(bug: Exception) -> ProbeFailure:
    import traceback

    return ProbeFailure(
        code="probe_bug",
        message=printable(f"{type(bug).__name__}: {bug}"),
        traceback="".join(traceback.format_exception(bug, limit=-4)),
    )


def _checked(probe: Probe, draft: Draft) -> Draft:
    """Refuse a name the probe did not declare; make the value fit for JSON and for a page."""
    if not _NAME.fullmatch(draft.name) or draft.name.partition(".")[0] not in probe.measures:
        raise KeyError(f"{probe.id} does not declare the measure {printable(draft.name, 60)!r}")
    value = draft.value
    if isinstance(value, int | float) and (not math.isfinite(value) or _is_too_large(value)):
        raise ParseError(f"{draft.name}: {printable(str(value), 40)} cannot be a real value")
    return replace(draft, value=_short(value) if value is not None else None)


def _is_too_large(value: float) -> bool:
    return isinstance(value, int) and abs(value) > _LARGEST_INTEGER


def _measurements(
    probe: Probe, gathered: _Gathered, answers: Answers, limits: Mapping[str, Criterion]
) -> Iterator[Measurement]:
    for draft in gathered.drafts:
        spec = _spec(probe, draft.name)
        limit = limits.get(f"{probe.id}.{draft.name.partition('.')[0]}")
        yield _measurement(probe, draft, spec, limit, answers)
    measured = {draft.name.partition(".")[0] for draft in gathered.drafts}
    for name, spec in probe.measures.items():
        if (
            spec.essential
            and name not in measured
            and not isinstance(gathered.ended, NotApplicable)
        ):
            reason = getattr(gathered.ended, "reason", Reason.UNSUPPORTED)
            yield _measurement(probe, Draft(name, None, (), reason=reason), spec, None, answers)


def _spec(probe: Probe, name: str) -> Spec:
    """The spec of `skin` also holds for `skin.0`: one measure, several places on the phone."""
    measure = name.partition(".")[0]
    return SPEC if measure == MEASURE else probe.measures[measure]


def _measurement(
    probe: Probe, draft: Draft, spec: Spec, limit: Criterion | None, answers: Answers
) -> Measurement:
    criterion = limit or draft.criterion or spec.criterion
    evidence = evidence_of(draft, answers)
    outcome = _backed(_judged(draft, criterion, probe.tier), draft, evidence)
    disputed = is_disputed(draft, criterion)
    return Measurement(
        id=f"{probe.id}.{draft.name}",
        title=spec.title,
        value=draft.value,
        unit=spec.unit,
        outcome=Outcome.ATTENTION if disputed else outcome,
        reason=draft.reason if draft.value is None else None,
        criterion=criterion,
        evidence=evidence,
        source=_chosen_source(draft),
        trust=draft.trust if draft.value is not None else 0,
        simulated=draft.simulated,
        readings=readings_of(draft, answers),
        note=DISPUTED if disputed else draft.note,
        place=_place(draft.name, spec),
        aside=draft.aside,
        words=_words(draft, spec, criterion),
    )


def _place(name: str, spec: Spec) -> Text:
    """Which one of several it is of; nothing where a phone has only one."""
    place = name.partition(".")[2]
    if not place or _ONLY_ONE.fullmatch(place):
        return Text("")
    return spec.places.get(place, Text(place, place))


def _words(draft: Draft, spec: Spec, criterion: Criterion | None) -> dict[str, Text]:
    """Words for every value that a view may show of it: its own, its sources', its limit's."""
    values = [draft.value, *(one.value for one in draft.candidates)]
    if isinstance(criterion, OneOf):
        values += [*criterion.good, *criterion.attention, *criterion.fail]
    shown = {word_key(word) for v in values for word in (v if isinstance(v, tuple) else (v,))}
    known = {
        word_key(value): text
        for words in (spec.words, draft.words)
        for value, text in words.items()
    }
    return {key: text for key, text in known.items() if key in shown}


def _judged(draft: Draft, criterion: Criterion | None, tier: Tier) -> Outcome:
    if draft.value is None:
        return Outcome.NOT_RUN
    if criterion is None or draft.simulated:
        return Outcome.OBSERVED
    outcome = criterion.judge(draft.value)
    if outcome is Outcome.FAIL and tier is Tier.DRAFT:
        return Outcome.ATTENTION
    return outcome


def _backed(outcome: Outcome, draft: Draft, evidence: tuple[Evidence, ...]) -> Outcome:
    """A pass needs words of the phone that say so; without them the value was read, no more."""
    if outcome is not Outcome.PASS:
        return outcome
    chosen = evidence[0].request if evidence else ""
    cites = any(one.is_found for one in evidence if one.request == chosen)
    return Outcome.PASS if cites and not draft.unproven else Outcome.OBSERVED


def _chosen_source(draft: Draft) -> str:
    if draft.candidates:
        return max(draft.candidates, key=lambda candidate: candidate.trust).request.key
    return draft.requests[0].key if draft.requests else ""


def _short(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(printable(word, 80) for word in value[:_MOST_MEASUREMENTS])
    return printable(value, _LONGEST_WORDS) if isinstance(value, str) else value


def _outcome(
    gathered: _Gathered, measurements: tuple[Measurement, ...], probe: Probe
) -> tuple[Outcome, Reason | None]:
    found = worst(m.outcome for m in measurements if m.value is not None)
    if found in _JUDGED:
        return found, None
    if gathered.failure:
        return Outcome.ERROR, None
    if isinstance(gathered.ended, NotApplicable):
        return Outcome.NOT_APPLICABLE, None
    missing = next((m for m in measurements if m.value is None and _is_essential(m, probe)), None)
    if missing is not None:
        return Outcome.NOT_RUN, missing.reason
    if gathered.ended:
        return Outcome.NOT_RUN, gathered.ended.reason
    unread = next((m.reason for m in measurements if m.value is None), Reason.UNSUPPORTED)
    return found, unread if found is Outcome.NOT_RUN else None


def _is_essential(measurement: Measurement, probe: Probe) -> bool:
    return _spec(probe, measurement.id.removeprefix(f"{probe.id}.")).essential


def _findings(
    probe: Probe, measurements: Iterable[Measurement], remarks: Iterable[Remark]
) -> Iterator[Finding]:
    for measurement in measurements:
        spec = _spec(probe, measurement.id.removeprefix(f"{probe.id}."))
        text = spec.says.get(measurement.outcome)
        if is_dispute(measurement):
            yield dispute_finding(measurement)
        elif text is not None:
            yield Finding(
                id=f"{measurement.id}.{measurement.outcome.value}",
                text=_counted(text, measurement.value).format(
                    value=_in_words(measurement),
                    unit=measurement.unit.value,
                    place=measurement.place,
                ),
                because=(measurement.id,),
                advice=spec.advice if measurement.outcome in _JUDGED else None,
            )
    for remark in remarks:
        yield Finding(
            id=f"{probe.id}.{remark.id}",
            text=remark.text,
            because=tuple(f"{probe.id}.{name}" for name in remark.because),
            advice=remark.advice,
        )


def _counted(text: Text, value: Value | None) -> Text:
    """English of one: "{value} cameras went away" is "{value} camera went away"."""
    is_one = value == 1 and not isinstance(value, bool)
    return Text(_SEVERAL.sub(r"{value} \1", text.en), text.zh) if is_one else text


def _in_words(measurement: Measurement) -> str | Text:
    value = measurement.value
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    if isinstance(value, tuple):
        words = [measurement.word(word) for word in value]
        return Text(
            ", ".join(one.en for one in words), "、".join(one.zh or one.en for one in words)
        )
    return measurement.word(value) if isinstance(value, str) else str(value)


def _duration_ms(probe: Probe, answers: Answers) -> float:
    return max((answers.reply(request).duration_ms for request in probe.requests), default=0.0)

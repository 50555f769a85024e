"""Two sources of the phone that disagree across a limit: neither is the truth, both are shown."""

from __future__ import annotations

from collections.abc import Iterable

from diagnose.model.criterion import Criterion, Value
from diagnose.model.outcome import Outcome
from diagnose.model.result import Finding, Measurement
from diagnose.model.text import Text
from diagnose.model.unit import unit_words
from diagnose.sdk import Candidate, Draft

_BELIEVED = 40
"""Estimates and stale copies (a lower trust) contradict nobody."""
_BAD = (Outcome.ATTENTION, Outcome.FAIL)
DISPUTED = Text(
    "Two sources of the phone disagree about it, and not on the same side of the limit.",
    "手机的两个数据来源说法不一，且分居限值两侧。",
)
"""The note of a value that is disputed."""
_SOURCES_DIFFER = Text(
    "{title}: the phone's own sources disagree ({values}). Measure it before anything is replaced.",
    "{title}：手机自身的数据来源不一致（{values}），更换部件前请实测。",
)


def is_disputed(draft: Draft, criterion: Criterion | None) -> bool:
    """Whether one believed source passes the limit and another does not."""
    if criterion is None or draft.simulated:
        return False
    outcomes = {criterion.judge(one.value) for one in _believed(draft.candidates)}
    return Outcome.PASS in outcomes and bool(outcomes & {*_BAD})


def is_dispute(measurement: Measurement) -> bool:
    """Whether a measurement says that its sources disagree."""
    return measurement.note == DISPUTED


def dispute_finding(measurement: Measurement) -> Finding:
    """Say both values, so that every view shows them."""
    values = [_words(one.value, measurement) for one in measurement.readings if _counts(one.trust)]
    distinct = list(dict.fromkeys(values))
    joined = Text(", ".join(v.en for v in distinct), "、".join(v.zh or v.en for v in distinct))
    return Finding(
        id=f"{measurement.id}.attention",
        text=_SOURCES_DIFFER.format(title=measurement.title, values=joined),
        because=(measurement.id,),
    )


def _believed(candidates: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in candidates if _counts(one.trust)]


def _counts(trust: int) -> bool:
    return trust >= _BELIEVED


def _words(value: Value, measurement: Measurement) -> Text:
    shown = f"{value:g}" if isinstance(value, float) else value
    text = measurement.word(", ".join(shown) if isinstance(shown, tuple) else shown)
    unit = unit_words(measurement.unit, value)
    return Text(f"{text.en} {unit.en}".rstrip(), f"{text.zh or text.en} {unit.zh}".rstrip())

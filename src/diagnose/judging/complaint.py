"""Was the complaint found again? The first thing a customer wants to know, symptom by symptom.

A complaint is never called wrong: where nothing explains it, that is all that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from diagnose.knowledge.probes import LoadedProbe
from diagnose.knowledge.symptoms import probes_for
from diagnose.model.complaint import ComplaintAnswer, Reproduced, Untestable, UntestableKind
from diagnose.model.fault import Confidence, Fault
from diagnose.model.report import ANSWERED
from diagnose.model.result import ProbeResult
from diagnose.model.symptom import Symptom
from diagnose.model.text import Text


def untestable(
    kinds: Iterable[UntestableKind], results: Sequence[ProbeResult]
) -> tuple[UntestableKind, ...]:
    """What nobody tested because no answer of a phone tells it; a guided test takes it out."""
    answered = [result.probe for result in results if result.outcome in ANSWERED]
    return tuple(
        kind
        for kind in kinds
        if not any(fnmatchcase(probe, glob) for glob in kind.tested_by for probe in answered)
    )


def as_reported(kinds: Iterable[UntestableKind]) -> tuple[Untestable, ...]:
    """They as a report carries them."""
    return tuple(Untestable(code=k.code, title=k.title.text, how=k.how.text) for k in kinds)


def answer_complaint(
    symptoms: Sequence[Symptom],
    results: Sequence[ProbeResult],
    faults: Sequence[Fault],
    beyond: Sequence[UntestableKind],
    probes: Mapping[str, LoadedProbe],
) -> tuple[ComplaintAnswer, ...]:
    """Answer every symptom that was named. `beyond` is what only a person can test."""
    return tuple(_answer(one, results, faults, beyond, probes) for one in symptoms)


def _answer(
    symptom: Symptom,
    results: Sequence[ProbeResult],
    faults: Sequence[Fault],
    beyond: Sequence[UntestableKind],
    probes: Mapping[str, LoadedProbe],
) -> ComplaintAnswer:
    explaining = [
        fault
        for fault in faults
        if fault.shown and any(one.symptom == symptom.code for one in fault.evidence)
    ]
    sure = [fault for fault in explaining if fault.confidence is not Confidence.POSSIBLE]
    if explaining:
        kind = Reproduced.YES if sure else Reproduced.HINTED
        return _complaint_answer(
            symptom, kind, _found(sure or explaining, kind), sure or explaining
        )
    by_hand = [kind for kind in beyond if symptom.code in kind.symptoms]
    if by_hand:
        return _complaint_answer(symptom, Reproduced.UNTESTABLE, _by_hand(by_hand[0]))
    if _missing(symptom, results, probes):
        return _complaint_answer(symptom, Reproduced.NOT_TESTED, _NOT_TESTED)
    return _complaint_answer(symptom, Reproduced.NO, _NOTHING)


def _missing(
    symptom: Symptom, results: Sequence[ProbeResult], probes: Mapping[str, LoadedProbe]
) -> bool:
    """Whether a probe that tests it gave no answer, or was never asked."""
    answered = {result.probe for result in results if result.outcome in ANSWERED}
    wanted = [name for name in probes_for([symptom], probes) if not probes[name].watches]
    return not wanted or any(name not in answered for name in wanted)


def _complaint_answer(
    symptom: Symptom, kind: Reproduced, text: Text, faults: Sequence[Fault] = ()
) -> ComplaintAnswer:
    return ComplaintAnswer(
        symptom=symptom.code,
        reproduced=kind,
        text=text,
        because=tuple(fault.code for fault in faults),
    )


def _found(faults: Sequence[Fault], kind: Reproduced) -> Text:
    title = faults[0].title
    if kind is Reproduced.YES:
        return Text(
            f"Yes. What was measured explains it: {title.en}.",
            f"是。检测结果可解释该问题：{title.zh}。",
        )
    return Text(
        f"Not for certain. Something measured fits it and proves nothing: {title.en}.",
        f"尚不能确定。有检测数据与之相符但不足以证明：{title.zh}。",
    )


def _by_hand(kind: UntestableKind) -> Text:
    how = kind.how
    return Text(
        f"It cannot be tested from here, only by hand: {how.en}",
        f"无法通过连接检测，需人工试用：{how.zh}",
    )


_NOT_TESTED = Text(
    "It could not be tested in full: part of what is read for it gave no answer.",
    "未能完整检测：相关项目中有一部分没有应答。",
)
_NOTHING = Text(
    "Not found again. Nothing that was read explains it; that does not say it is not there.",
    "未复现。读取的数据中没有可解释该问题的原因，但不代表问题不存在。",
)

"""The check after the repair: solved, not solved, or not proven. Unknown is never solved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from diagnose.case.rules.fitted import doubts
from diagnose.case.rules.parts import compare_parts, part_title, signs_of
from diagnose.case.rules.phone import is_partial, other_phone
from diagnose.errors import CaseRefused, Reason
from diagnose.model.case import Case
from diagnose.model.digest import is_intact
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Report
from diagnose.model.result import ProbeResult
from diagnose.model.text import Text
from diagnose.model.verification import (
    PartComparison,
    PartState,
    ProbeComparison,
    Verdict,
    Verification,
)
from diagnose.model.work import WorkItem

_BAD = (Outcome.FAIL, Outcome.ATTENTION)
_UNREAD = (Outcome.NOT_RUN, Outcome.ERROR)
_NO_SOURCE = (Reason.UNSUPPORTED, Reason.DENIED)
Comparison = tuple[Verdict, Text]


def verify_repair(
    case: Case, after: Report, *, symptom_probes: Mapping[str, Text], at: datetime
) -> Verification:
    """Compare the phone before and after the work.

    `symptom_probes` test what the customer complained of, each with its title, for no run may have
    named it; the probes a repaired fault rests on are added to them. Raises `CaseRefused` where
    there is nothing to compare.
    """
    before = _before(case, after)
    parts = compare_parts(before, after, _agreed_parts(case))
    fault_probes = _fault_probes(case, before)
    named = _titles(before, after, symptom_probes)
    probes = _compare_probes(before, after, named, own={*symptom_probes, *fault_probes})
    comparisons = [
        *_partial(after),
        *_same_phone(parts),
        *_own_probes(probes, fault_probes, _mute(before, after)),
        *_worse(before, after, probes, parts),
        *_agreed(case, parts),
        *_fitted(case, before, after),
        *_not_agreed(parts),
    ]
    return Verification(
        verdict=_verdict(comparisons),
        reasons=tuple(text for _, text in comparisons),
        before_digest=before.digest,
        after_digest=after.digest,
        probes=probes,
        parts=parts,
        checked_at=at,
    )


def _before(case: Case, after: Report) -> Report:
    if case.before is None or not case.works:
        raise CaseRefused(
            "no work is recorded that could be checked", hint=f"diagnose case work {case.case_id}"
        )
    if not is_intact(after):
        raise CaseRefused("the report was changed after it was made")
    if after.capture.started_at < max(work.finished_at for work in case.works):
        raise CaseRefused(
            "the report was begun before the work was finished",
            hint="probe the phone again: diagnose run --out DIR",
        )
    if "mainboard" not in _agreed_parts(case):
        _refuse_other_phone(case.before, after)
    return case.before


def _refuse_other_phone(before: Report, after: Report) -> None:
    """A report of another phone says nothing of this repair, and is no part of its record."""
    if found := other_phone(before, after):
        differences = "; ".join(text.en for text in found)
        raise CaseRefused(
            f"that report is of another phone: {differences}",
            hint="probe the phone of this case; or its mainboard was changed, and nobody agreed",
        )


def _partial(after: Report) -> Iterator[Comparison]:
    if is_partial(after):
        yield _not_proven(
            "The check after the repair did not come to its end: the phone was lost or the check"
            " was stopped.",
            "维修后检测未完成：手机断开或检测中止。",
        )


def _verdict(comparisons: Collection[Comparison]) -> Verdict:
    """The worst that was said; that something was good must have been said at all."""
    order = (Verdict.NOT_SOLVED, Verdict.NOT_PROVEN, Verdict.SOLVED)
    return next((word for word in order if any(one is word for one, _ in comparisons)), order[1])


def _done(case: Case) -> list[WorkItem]:
    return [item for work in case.works for item in work.items]


def _agreed_parts(case: Case) -> list[str]:
    return sorted({item.part for item in _done(case) if item.part})


def _fault_probes(case: Case, before: Report) -> set[str]:
    """The probes that showed the faults which were repaired."""
    causes = {item.cause for item in _done(case)}
    later = case.page.faults if case.page else ()
    named = {
        evidence.measurement
        for fault in (*before.faults, *later)
        if fault.code in causes
        for evidence in fault.evidence
    }
    results = {m.id: result for result in before.results for m in result.measurements}
    return {results[name].probe for name in named if name in results}


def _compare_probes(
    before: Report, after: Report, named: Mapping[str, Text], *, own: Collection[str]
) -> tuple[ProbeComparison, ...]:
    olds, news = _results(before), _results(after)
    return tuple(
        ProbeComparison(
            probe=name,
            title=named.get(name, Text(name)),
            own=name in own,
            before=olds[name].outcome if name in olds else Outcome.NOT_RUN,
            after=news[name].outcome if name in news else Outcome.NOT_RUN,
        )
        for name in sorted({*olds, *news, *own})
    )


def _titles(before: Report, after: Report, known: Mapping[str, Text]) -> dict[str, Text]:
    """Name every probe, with the translation that the report it stands in carries in a table."""
    return {**known} | {
        result.probe: Text(
            result.title.en,
            result.title.zh or report.translations.get("zh-CN", {}).get(result.title.en, ""),
        )
        for report in (before, after)
        for result in report.results
    }


def _results(report: Report) -> dict[str, ProbeResult]:
    return {result.probe: result for result in report.results}


def _same_phone(parts: Collection[PartComparison]) -> Iterator[Comparison]:
    """Without its serial number nobody knows that it is the same phone."""
    board = next(part for part in parts if part.part == "mainboard")
    if board.state not in (PartState.SAME, PartState.CHANGED) and not board.agreed:
        yield _not_proven(
            "It is not shown that this is the same phone: its serial number was not read.",
            "未能证明是同一部手机：未读取到序列号。",
        )


def _own_probes(
    probes: Collection[ProbeComparison], fault_probes: Collection[str], mute: Collection[str]
) -> Iterator[Comparison]:
    own = [probe for probe in probes if probe.own]
    shown = any(probe.before in _BAD and probe.after is Outcome.PASS for probe in own)
    telling = [probe for probe in own if not (shown and probe.probe in mute)]
    for probe in telling:
        yield from _own_probe(probe, rests_on=probe.probe in fault_probes)
    yield from _untested([probe for probe in telling if probe.after in _UNREAD])
    passed = [probe for probe in own if probe.after is Outcome.PASS]
    mended = [probe for probe in passed if probe.before in _BAD]
    english = ", ".join(probe.title.en for probe in mended or passed)
    chinese = "、".join(probe.title.zh or probe.title.en for probe in mended or passed)
    if mended:
        yield _solved(
            f"Good now, of what was complained of: {english}.",
            f"与所报故障相关，现已正常：{chinese}。",
        )
    elif passed:
        yield _solved(
            f"Good, of what was complained of, before as well: {english}.",
            f"与所报故障相关，维修前后均正常：{chinese}。",
        )
    else:
        yield _not_proven(
            "No test of what was complained of could show that it is good.",
            "没有检测能够证明所报故障已解决。",
        )


def _mute(before: Report, after: Report) -> set[str]:
    """Probes this phone has no source for or refuses, before and after: they never tell of it.

    Where another test saw the trouble and sees now that it is gone, they leave no doubt open.
    """
    olds, news = _results(before), _results(after)
    return {
        name
        for name in olds.keys() & news.keys()
        if olds[name].reason is news[name].reason and olds[name].reason in _NO_SOURCE
    }


def _own_probe(probe: ProbeComparison, *, rests_on: bool) -> Iterator[Comparison]:
    """What one test of the complaint says.

    `attention` that was there before, on a test no repaired fault rests on, is somebody else's
    trouble: it leaves the repair unproven, it does not make it fail.
    """
    title, after = probe.title, OUTCOMES[probe.after].label
    if probe.after is Outcome.OBSERVED:
        after = Text(
            "read, but no limit tells whether it is good", "已读取，但无限值可判断是否正常"
        )
    text = Text(f"{title.en}: {after.en}.", f"{title.zh or title.en}：{after.zh}。")
    if probe.after is Outcome.FAIL or (probe.after is Outcome.ATTENTION and rests_on):
        yield Verdict.NOT_SOLVED, text
    elif probe.after in _UNREAD:
        return  # `_untested` names them together
    elif probe.after is Outcome.ATTENTION or (rests_on and probe.after is not Outcome.PASS):
        yield Verdict.NOT_PROVEN, text


def _untested(probes: Collection[ProbeComparison]) -> Iterator[Comparison]:
    """Name what was not tested of the complaint, in one line for each way of not testing."""
    for outcome in _UNREAD:
        titles = [probe.title for probe in probes if probe.after is outcome]
        if titles:
            label = OUTCOMES[outcome].label
            english = "; ".join(title.en for title in titles)
            chinese = "；".join(title.zh or title.en for title in titles)
            yield _not_proven(
                f"Of what was complained of, {label.en}: {english}.",
                f"与所报故障相关，{label.zh}：{chinese}。",
            )


def _worse(
    before: Report,
    after: Report,
    probes: Collection[ProbeComparison],
    parts: Collection[PartComparison],
) -> Iterator[Comparison]:
    """What was good before must not be bad now; that a new part is seen as new is not bad."""
    expected = signs_of([part.part for part in parts if part.agreed])
    results = _results(after)
    for probe in probes:
        was_good = probe.before not in (*_BAD, *_UNREAD)
        if not was_good or probe.after not in _BAD or probe.own:
            continue
        bad = {m.id for m in results[probe.probe].measurements if m.outcome in _BAD}
        if bad and bad <= expected:
            continue
        verdict = Verdict.NOT_SOLVED if probe.after is Outcome.FAIL else Verdict.NOT_PROVEN
        title = probe.title
        yield (
            verdict,
            Text(
                f"{title.en} was good before the repair and is not now.",
                f"{title.zh or title.en}：维修前正常，现在不正常。",
            ),
        )
    if after.coverage.answered < before.coverage.answered:
        yield _not_proven(
            f"Less was tested than before: {after.coverage.answered} of"
            f" {before.coverage.answered} tests answered.",
            f"检测少于维修前：{after.coverage.answered}/{before.coverage.answered} 项有结果。",
        )


def _agreed(case: Case, parts: Collection[PartComparison]) -> Iterator[Comparison]:
    serials = _serials_by_part(case)
    for part in parts:
        if not part.agreed:
            continue
        name = part.title
        if part.state is PartState.CHANGED:
            yield _about(Verdict.SOLVED, name, "another one now, as agreed", "已按约定更换")
        elif part.state is PartState.SAME:
            yield _about(Verdict.NOT_SOLVED, name, "still the old one", "仍是原来的部件")
        elif serial := serials.get(part.part):
            yield _about(
                Verdict.SOLVED,
                name,
                f"the new part has the number {serial}; the phone itself cannot tell",
                f"新部件编号为 {serial}；手机自身无法判断",
            )
        else:
            yield _about(
                Verdict.NOT_PROVEN,
                name,
                "cannot be told from the old one by the phone, and no number of it was noted",
                "手机无法判断是否已更换，且未登记新部件编号",
            )


def _fitted(case: Case, before: Report, after: Report) -> Iterator[Comparison]:
    """What the fitted part says of itself; that it is another one is not praise enough."""
    for item in _done(case):
        name = part_title(item.part)
        for doubt in doubts(item, before, after):
            yield _about(Verdict.NOT_PROVEN, name, doubt.en, doubt.zh)


def _serials_by_part(case: Case) -> dict[str, str]:
    return {item.part: item.part_serial for item in _done(case) if item.part_serial}


def _not_agreed(parts: Collection[PartComparison]) -> Iterator[Comparison]:
    for part in parts:
        if not part.agreed and part.state is PartState.CHANGED:
            yield _about(
                Verdict.NOT_SOLVED,
                part.title,
                "another one than before, and nobody agreed to that",
                "与维修前不同，且未经同意",
            )


def _about(verdict: Verdict, name: Text, en: str, zh: str) -> Comparison:
    return verdict, Text(f"{name.en}: {en}.", f"{name.zh or name.en}：{zh}。")


def _solved(en: str, zh: str) -> Comparison:
    return Verdict.SOLVED, Text(en, zh)


def _not_proven(en: str, zh: str) -> Comparison:
    return Verdict.NOT_PROVEN, Text(en, zh)

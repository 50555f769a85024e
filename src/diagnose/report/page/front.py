"""The first page: which phone, what was tested, what was found, and what it means."""

from __future__ import annotations

from collections.abc import Iterable

from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Ended, Report
from diagnose.model.result import Measurement, ProbeResult
from diagnose.report.columns import cells, cut
from diagnose.report.page.model import (
    Area,
    Finding,
    Mark,
    Measured,
    Picture,
    Row,
    Step,
    Tested,
    Verdict,
)
from diagnose.report.phrase import Phrase, Speaker, flat, plain
from diagnose.report.pictures import LONG, draw_coverage, draw_measurement
from diagnose.report.selection import TELLING, by_area, said_value, worth_saying
from diagnose.report.wording import ENDED, REASONS, shown_outcome, verdict_of
from diagnose.text import printable

_WITH_MEANING = (Outcome.PASS, Outcome.OBSERVED)
_CELLS_OF_COMPLAINT = 300
"""Four lines of the first sheet, which must hold what was found as well."""


def mark(outcome: Outcome, say: Speaker) -> Mark:
    """An outcome with its symbol and word."""
    traits = OUTCOMES[outcome]
    return Mark(outcome.value, traits.symbol, say(traits.label))


def facts(report: Report, say: Speaker) -> tuple[Row, ...]:
    """Which phone it is, and how it was tested."""
    device = report.device
    rows = (
        (say.pair("Brand", "品牌"), plain(device.brand)),
        (say.pair("Model", "型号"), plain(device.model)),
        (say.pair("System", "系统"), plain(f"{device.os} {device.os_version}".strip())),
        (say.pair("Build", "版本号"), plain(device.build)),
        (say.pair("Security patch", "安全补丁"), plain(device.security_patch)),
        (say.pair("Serial number (masked)", "序列号（已隐藏）"), plain(device.serial_masked)),
        (say.pair("Tests", "检测方案"), say(report.plan.title)),
    )
    return tuple(Row(label, value) for label, value in rows if value)


def complaint(report: Report, say: Speaker) -> tuple[Row, ...]:
    """What the customer said, and what was handed over; long words are cut, and follow in full."""
    intake = report.intake
    label = say.pair("In the customer's words", "客户描述")
    if _is_long(intake.complaint):
        label = say.pair(
            "In the customer's words (the rest follows)", "客户描述（节选，全文见下文）"
        )
    rows = (
        (label, say(cut(printable(intake.complaint), _CELLS_OF_COMPLAINT))),
        (say.pair("Symptoms", "故障现象"), _symptoms(report, say)),
        (say.pair("Visible condition", "外观状况"), say.list(intake.condition)),
        (say.pair("Handed over with it", "随机配件"), say.list(intake.accessories)),
        (say.pair("Warranty", "保修"), warranty_said(report, say)),
    )
    return tuple(Row(label, value) for label, value in rows if value)


def complaint_in_full(report: Report, say: Speaker) -> tuple[Step, ...]:
    """The customer's words whole, where the first sheet has room for their beginning only."""
    said = report.intake.complaint
    if not _is_long(said):
        return ()
    return (Step(say.pair("The customer's words in full", "客户描述（全文）"), texts=(say(said),)),)


def _is_long(said: str) -> bool:
    return cells(printable(said)) > _CELLS_OF_COMPLAINT


def verdict(report: Report, say: Speaker) -> Verdict:
    """Coverage, then the verdict; a verdict on a part of the phone says so."""
    covered, summary = report.coverage, report.summary
    coverage = say.pair(
        f"{covered.answered} of {covered.asked} points were tested",
        f"已检测 {covered.answered} / {covered.asked} 项",
    )
    missing = covered.asked - covered.answered
    points = "1 point" if missing == 1 else f"{missing} points"
    partial = say.pair(
        f"{points} could not be tested. Nothing is said about what was not tested: "
        "it may work or be broken.",
        f"{missing} 项未能检测，无法判断其好坏。",
    )
    return Verdict(
        coverage=coverage,
        coverage_picture=Picture(draw_coverage(summary.counts), flat(coverage)),
        legend=_legend(report, say),
        mark=mark(shown_outcome(report), say),
        words=say(verdict_of(report)),
        partial=partial if missing else (),
        conclusion=say(report.conclusion.text) if report.conclusion else (),
        ended=_ended(report, say),
    )


def findings(report: Report, say: Speaker) -> tuple[Finding, ...]:
    """What was found, the worst first."""
    telling = [result for result in report.results if result.outcome in TELLING]
    telling.sort(key=lambda result: -OUTCOMES[result.outcome].rank)
    return tuple(_finding(result, say) for result in telling)


def areas(report: Report, say: Speaker) -> tuple[Area, ...]:
    """Everything that was tested, area by area, in one line each."""
    return tuple(
        Area(
            title=say.each(lambda words, name=name: words.area(name)),  # type: ignore[misc]
            tested=tuple(_tested(result, say) for result in results),
        )
        for name, results in by_area(report).items()
    )


def untested(report: Report, say: Speaker) -> tuple[Row, ...]:
    """What could not be tested, and why; what had to be tested comes first."""
    ordered = sorted(report.coverage.untested, key=lambda missing: not missing.required)
    rows = []
    for missing in ordered:
        why = say(REASONS[missing.reason]) if missing.reason else say.pair("tool error", "工具错误")
        title = say(missing.title)
        if missing.required:
            title = say.each(
                lambda words, of=missing.title: (
                    f"{words(of)} {words.pick('(required)', '（必检）')}"
                )  # type: ignore[misc]
            )
        rows.append(Row(title, why, "error" if missing.outcome is Outcome.ERROR else "not_run"))
    return tuple(rows)


def _finding(result: ProbeResult, say: Speaker) -> Finding:
    advice = next((found.advice for found in result.findings if found.advice), None)
    measured = (m for m in result.measurements if m.outcome in TELLING)
    return Finding(
        mark=mark(result.outcome, say),
        title=say(result.title),
        texts=tuple(say(found.text) for found in result.findings),
        measured=tuple(_measured(measurement, say) for measurement in measured),
        meaning=say(result.about.meaning),
        advice=say(advice or result.about.action),
        consequence=say(result.about.consequence),
    )


def _measured(measurement: Measurement, say: Speaker) -> Measured:
    return Measured(
        title=say.each(lambda words: words.title(measurement)),
        value=say.value(measurement),
        limit=say.each(lambda words: words.limit(measurement)),
        picture=picture(measurement, say),
    )


def picture(
    measurement: Measurement, say: Speaker, *, inverted: bool = False, length: float = LONG
) -> Picture | None:
    """The drawing of a measurement with its words, where there is one."""
    svg = draw_measurement(measurement, inverted=inverted, length=length)
    alt = flat(say.each(lambda words: f"{words.title(measurement)}: {words.value(measurement)}"))
    return Picture(svg, alt) if svg else None


def _tested(result: ProbeResult, say: Speaker) -> Tested:
    return Tested(
        mark=mark(result.outcome, say),
        title=say(result.title),
        tested=_about(result, say),
        value=_in_one_line(result, say),
    )


def _about(result: ProbeResult, say: Speaker) -> Phrase:
    """What was tested and, where there is a value, what it means.

    Of what was found that stands with the finding; two languages leave no room for it here.
    """
    tested, meaning = result.about.tested, result.about.meaning
    if result.outcome not in _WITH_MEANING or len(say.languages) > 1:
        return say(tested)
    return say.each(lambda words: words.pick(" ", "").join((words(tested), words(meaning))))


def _in_one_line(result: ProbeResult, say: Speaker) -> Phrase:
    if result.outcome is Outcome.NOT_RUN:
        return say(REASONS[result.reason]) if result.reason else ()
    if result.error:
        return say(result.error.message)
    values = worth_saying(result)
    return say.each(
        lambda words: words.pick(", ", "，").join(said_value(value, words) for value in values)
    )


def _legend(report: Report, say: Speaker) -> tuple[Row, ...]:
    counts = report.summary.counts
    order: Iterable[Outcome] = sorted(Outcome, key=lambda outcome: -OUTCOMES[outcome].rank)
    return tuple(
        Row(say(OUTCOMES[outcome].label), plain(str(counts[outcome])), outcome.value)
        for outcome in order
        if counts.get(outcome)
    )


def _ended(report: Report, say: Speaker) -> Phrase:
    summary = report.summary
    if summary.ended is Ended.COMPLETE:
        return ()
    because = f": {summary.ended_because}" if summary.ended_because else ""
    return say.each(lambda words: words(ENDED[summary.ended]) + words(because))


def _symptoms(report: Report, say: Speaker) -> Phrase:
    codes = report.intake.symptoms
    return say.each(lambda words: words.pick(", ", "、").join(map(words.symptom, codes)))


def warranty_said(report: Report, say: Speaker) -> Phrase:
    """Say whether the phone is in warranty, and why not where that was written down."""
    warranty = report.intake.warranty
    if warranty.in_warranty is None and not warranty.reason:
        return ()
    known = {
        True: ("in warranty", "保修期内"),
        False: ("out of warranty", "保修期外"),
        None: ("not known", "不清楚"),
    }[warranty.in_warranty]
    reason = f" ({warranty.reason})" if warranty.reason else ""
    return say.each(lambda words: words.pick(*known) + words(reason))

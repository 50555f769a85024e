"""What both documents begin with: which phone, the complaint, the verdict, what was not tested."""

from __future__ import annotations

from collections.abc import Iterable

from diagnose.model.complaint import Reproduced
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Ended, Report
from diagnose.model.result import Measurement, ProbeResult
from diagnose.report.columns import cells, cut
from diagnose.report.page.model import (
    Mark,
    Measured,
    PageFinding,
    PageStep,
    PageVerdict,
    Picture,
    Row,
)
from diagnose.report.phrase import Phrase, Speaker, flat, plain
from diagnose.report.pictures import LONG, draw_coverage, draw_measurement
from diagnose.report.selection import TELLING, value_text
from diagnose.report.wording import ENDED, REASONS, PageWords, shown_outcome, verdict_of
from diagnose.text import printable

_ANSWER_TONES = {
    Reproduced.YES: "fail",
    Reproduced.HINTED: "attention",
    Reproduced.NO: "observed",
    Reproduced.NOT_TESTED: "not_run",
    Reproduced.UNTESTABLE: "not_run",
}
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
        Row(say.pair("Brand", "品牌"), plain(device.brand)),
        *identity(report, say),
        Row(say.pair("Build", "版本号"), plain(device.build)),
        Row(say.pair("Security patch", "安全补丁"), plain(device.security_patch)),
        Row(say.pair("Tests", "检测方案"), say(report.plan.title)),
    )
    return tuple(row for row in rows if row.value)


def identity(report: Report, say: Speaker) -> tuple[Row, ...]:
    """Enough to see that it is this phone."""
    device = report.device
    rows = (
        Row(say.pair("Model", "型号"), plain(device.model)),
        Row(say.pair("System", "系统"), plain(f"{device.os} {device.os_version}".strip())),
        Row(say.pair("Serial number (masked)", "序列号（已隐藏）"), plain(device.serial_masked)),
    )
    return tuple(row for row in rows if row.value)


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
        (say.pair("Symptoms", "故障现象"), () if report.complaint else _symptoms(report, say)),
        (say.pair("Visible condition", "外观状况"), say.list(intake.condition)),
        (say.pair("Handed over with it", "随机配件"), say.list(intake.accessories)),
        (say.pair("Warranty", "保修"), warranty_text(report, say)),
    )
    return tuple(Row(label, value) for label, value in rows if value)


def answers(report: Report, say: Speaker) -> tuple[Row, ...]:
    """Whether the complaint was found again, symptom by symptom: the first thing that is said."""
    rows = tuple(
        Row(
            say.each(lambda words, code=answer.symptom: words.symptom(code)),  # type: ignore[misc]
            say(answer.text),
            _ANSWER_TONES[answer.reproduced],
        )
        for answer in report.complaint
    )
    if rows or not report.intake.complaint or report.intake.symptoms:
        return rows
    unsorted = say.pair(
        "It was sorted under no symptom, so nothing was tested for it in particular.",
        "未归类到故障现象，因此没有针对它的专项检测。",
    )
    return (Row(say.pair("The complaint", "客户描述"), unsorted, "not_run"),)


def untestable(report: Report, say: Speaker) -> tuple[Row, ...]:
    """What no answer of a phone tells, with the way in which a person tries it."""
    return tuple(Row(say(one.title), say(one.how)) for one in report.untestable)


def complaint_in_full(report: Report, say: Speaker) -> tuple[PageStep, ...]:
    """The customer's words whole, where the first sheet has room for their beginning only."""
    whole = report.intake.complaint
    if not _is_long(whole):
        return ()
    return (
        PageStep(say.pair("The customer's words in full", "客户描述（全文）"), texts=(say(whole),)),
    )


def _is_long(words: str) -> bool:
    return cells(printable(words)) > _CELLS_OF_COMPLAINT


def verdict(report: Report, say: Speaker) -> PageVerdict:
    """Coverage, then the verdict; a verdict on a part of the phone says so."""
    covered, summary = report.coverage, report.summary
    coverage = say.pair(
        f"{covered.answered} of {covered.asked} points were tested",
        f"已检测 {covered.answered} / {covered.asked} 项",
    )
    missing = covered.asked - covered.answered
    partial = say.pair(
        f"{missing} not tested: they may work or be broken",
        f"{missing} 项未检测，无法判断其好坏",
    )
    return PageVerdict(
        coverage=coverage,
        coverage_picture=Picture(draw_coverage(summary.counts), flat(coverage)),
        legend=_legend(report, say),
        mark=mark(shown_outcome(report), say),
        words=say(verdict_of(report)),
        partial=partial if missing else (),
        conclusion=say(report.conclusion.text) if report.conclusion else (),
        ended=_ended(report, say),
    )


def findings(report: Report, say: Speaker) -> tuple[PageFinding, ...]:
    """What was found, the worst first."""
    telling = [result for result in report.results if result.outcome in TELLING]
    telling.sort(key=lambda result: -OUTCOMES[result.outcome].rank)
    return tuple(_finding(result, say) for result in telling)


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


def _finding(result: ProbeResult, say: Speaker) -> PageFinding:
    advice = next((found.advice for found in result.findings if found.advice), None)
    measured = (m for m in result.measurements if m.outcome in TELLING)
    return PageFinding(
        mark=mark(result.outcome, say),
        title=say.each(lambda words: _headline(result, words)),
        texts=tuple(say(found.text) for found in result.findings[1:]),
        measured=tuple(_measured(measurement, say) for measurement in measured),
        meaning=say(result.about.meaning),
        advice=say(advice or result.about.action),
        consequence=say(result.about.consequence),
    )


def _headline(result: ProbeResult, words: PageWords) -> str:
    """Say the fault; where a probe has no words for it, its worst value."""
    if result.findings:
        return words(result.findings[0].text).rstrip(".。")
    return value_text(next(m for m in result.measurements if m.outcome in TELLING), words)


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
    return say(ENDED[summary.ended])


def _symptoms(report: Report, say: Speaker) -> Phrase:
    codes = report.intake.symptoms
    return say.each(lambda words: words.pick(", ", "、").join(map(words.symptom, codes)))


def warranty_text(report: Report, say: Speaker) -> Phrase:
    """Say whether the phone is in warranty, and why not where that was written down."""
    warranty = report.intake.warranty
    if warranty.in_warranty is None and not warranty.reason:
        return ()
    known = {
        True: ("in warranty", "保修期内"),
        False: ("out of warranty", "保修期外"),
        None: ("not known", "不清楚"),
    }[warranty.in_warranty]
    reason = warranty.reason
    return say.each(
        lambda words: words.pick(*known) + (words.aside(words(reason)) if reason else "")
    )

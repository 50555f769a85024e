"""The terminal view: readable on 80 columns, without colour, and when piped.

Whether the complaint was found again and how much was tested stand first, the verdict last, where
the eye is when the program has ended. Long texts go on under their own column, and no line ends in
blanks: what is piped can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.plain import dataclass
from diagnose.model.report import Ended, Report
from diagnose.model.report import verdict_of as verdict_of_run
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.model.verdict import FAULTY, GOOD, GROUNDS, INCOMPLETE, UNREACHED, Ground
from diagnose.report.brief import print_brief
from diagnose.report.columns import cells, cut
from diagnose.report.money import total_text
from diagnose.report.paper import Paper
from diagnose.report.wording import ENDED, PageWords, shown_outcome, verdict_of

if TYPE_CHECKING:
    from rich.console import Console

_MANY = 3


def print_report(
    report: Report, *, lang: str, console: Console | None = None, all_points: bool = False
) -> None:
    """Print what matters: phone, complaint, findings, next step, verdict, within 30 lines.

    `all_points` adds every probe with its values, the causes with their evidence, and the advice.
    """
    paper, words = Paper(console), PageWords.of(report, lang)
    _print_head(report, words, paper)
    if all_points:
        from diagnose.report.points import print_points

        print_points(report, words, paper)
    else:
        print_brief(report, words, paper)
    _print_app(report, words, paper)
    _print_quote(report, words, paper)
    _print_verdict(report, words, paper, all_points=all_points)


def print_comparison(
    before: Report, after: Report, *, lang: str, console: Console | None = None
) -> None:
    """Print what changed between two reports, and whether they are of one phone."""
    paper, words = Paper(console), PageWords.of(after, lang)
    from diagnose.report.comparison import compare_reports

    compared = compare_reports(before, after)
    if not compared.same_phone:
        paper.put(words(_OTHER_PHONE), lead=" ! ", style="magenta", lead_style="magenta")
    if not compared.changes:
        paper.put(words.pick("nothing changed", "没有变化"))
    olds, news = (_values(report) for report in (before, after))
    for change in compared.changes:
        marks = OUTCOMES[change.outcome_before], OUTCOMES[change.outcome_after]
        values = (
            words.value(found) if found else words.pick("not read", "未读取")
            for found in (olds.get(change.id), news.get(change.id))
        )
        lead = " → ".join(mark.symbol for mark in marks) + "  "
        text = f"{words(change.title)}  {' → '.join(values)}"
        paper.put(f"{text}  ({change.id})", lead=lead, lead_style=marks[1].colour)


_OTHER_PHONE = Text(
    "The two reports are not of the same phone, or it gave no serial number.",
    "两份报告不是同一部手机，或手机未提供序列号。",
)


def _values(report: Report) -> dict[str, Measurement]:
    return {m.id: m for result in report.results for m in result.measurements}


@dataclass(frozen=True)
class PhoneLine:
    """One phone of a run in the table at its end: how it ended and what was said of it."""

    label: str
    name: str
    text: Text
    status: int


def print_table(phones: Sequence[PhoneLine], *, lang: str, console: Console | None = None) -> None:
    """Print one line for every phone that is attached, also those that were not examined."""
    paper, words = Paper(console), PageWords(lang)
    paper.put(words.pick("All phones", "全部手机"), style="bold")
    labels = [cut(f"{words(one.label)}  {words(one.name)}".rstrip(), 34) for one in phones]
    width = max(map(cells, labels), default=0)
    for one, label in zip(phones, labels, strict=True):
        symbol, colour = _OF_STATUS.get(one.status, _OF_STATUS[UNREACHED])
        lead = f" {symbol} {label}{' ' * (width - cells(label))}  "
        paper.put(words(one.text), lead=lead, lead_style=colour, limit=2)


_OF_STATUS = {
    GOOD: ("✓", "green"),
    FAULTY: ("✗", "red"),
    INCOMPLETE: ("!", "magenta"),
    UNREACHED: ("-", "yellow"),
}


def _print_head(report: Report, words: PageWords, paper: Paper) -> None:
    device = report.device
    name = device.marketing_name or f"{device.brand} {device.model}".strip()
    name = name or words.pick("a phone that tells no name", "未报出型号的手机")
    model = words.aside(words(device.model)) if device.model and device.model != name else ""
    paper.put(words(name) + model, style="bold")
    system = f"{device.os} {device.os_version}".strip()
    told = (system, device.build, device.security_patch, device.serial_masked)
    if facts := [words(fact) for fact in told if fact]:
        paper.put(" · ".join(facts), style="dim")
    if device.simulated:
        virtual = words.pick(
            "virtual or emulated phone: not for customers", "虚拟或模拟手机：不得用于客户"
        )
        paper.put(virtual, style="magenta")
    if report.intake.complaint:
        line = words.pick("complaint: ", "客户描述：")
        paper.put(words(report.intake.complaint), lead=line, limit=2)
    for number, answer in enumerate(report.complaint[:_MANY]):
        line = words.symptom(answer.symptom) + words.pick(": ", "：")
        paper.put(words(answer.text), lead=line, lead_style="bold", limit=1 if number else 2)
    paper.put(_coverage(report, words), style="bold")


def _coverage(report: Report, words: PageWords) -> str:
    covered = report.coverage
    parts = [
        words.pick(
            f"tested {covered.answered} of {covered.asked}",
            f"已检测 {covered.answered}/{covered.asked} 项",
        )
    ]
    if covered.not_run:
        parts.append(words.pick(f"{covered.not_run} not tested", f"{covered.not_run} 项未检测"))
    if covered.error:
        plural = "s" * (covered.error > 1)
        parts.append(
            words.pick(f"{covered.error} tool error{plural}", f"{covered.error} 项工具错误")
        )
    return words.pick(", ", "，").join(parts)


def _print_app(report: Report, words: PageWords, paper: Paper) -> None:
    if report.app is None:
        return
    paper.put(words(report.app.package), style="bold")
    for finding in report.app.findings()[:_MANY]:
        paper.put(words(finding.text), lead="  • ", limit=2)


def _print_quote(report: Report, words: PageWords, paper: Paper) -> None:
    quote = report.quote
    if quote is None:
        return
    total = total_text(quote, words)
    until = words.pick(f"valid until {quote.valid_until}", f"有效期至 {quote.valid_until}")
    paper.put(total + words.aside(until), lead=words.pick("Offer: ", "报价："), lead_style="bold")


def _print_grounds(report: Report, words: PageWords, paper: Paper) -> None:
    """Say what keeps the run from being complete, and what counts as a fault beside the probes."""
    shown = [Ground.LOST, Ground.CANCELLED, Ground.PROBE_FAILED]  # by the lines around these
    if report.summary.outcome is Outcome.FAIL:
        shown.append(Ground.CAUSE_CONCLUDED)
    for ground, reasons in groupby(verdict_of_run(report).reasons, key=lambda r: r.ground):
        about = words.listed(filter(None, (reason.about for reason in reasons)))
        if ground not in shown:
            text = words(GROUNDS[ground].text) + (words.pick(": ", "：") + about if about else "")
            paper.put(words(Text(text)), lead=" ! ", style="magenta", limit=_MANY)


def _print_verdict(report: Report, words: PageWords, paper: Paper, *, all_points: bool) -> None:
    summary, covered = report.summary, report.coverage
    traits = OUTCOMES[shown_outcome(report)]
    if all_points:
        paper.put("")
    paper.rule(traits.colour)
    if summary.ended is not Ended.COMPLETE:
        paper.put(words(ENDED[summary.ended]), lead=" ", style="magenta", limit=2)
    sentences = [words(report.conclusion.text)] if report.conclusion else []
    if missing := covered.asked - covered.answered:
        partial = words.pick(
            f"{missing} of {covered.asked} points were not tested: nothing is said about them",
            f"{covered.asked} 项中有 {missing} 项未检测，无法判断其好坏",
        )
        sentences.append(partial)
    if sentences:
        paper.put(words.pick("; ", "；").join(sentences), lead="   ", limit=2)
    _print_grounds(report, words, paper)
    style = f"bold {traits.colour}"
    verdict = words(verdict_of(report))
    paper.put(verdict, lead=f" {traits.symbol} ", style=style, lead_style=style)
    paper.rule(traits.colour)

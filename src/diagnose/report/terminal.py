"""The terminal view: readable on 80 columns, without colour, and when piped.

Coverage stands first and the verdict last, where the eye is when the program has ended. Long texts
go on under their own column, and no line ends in blanks: what is piped can be compared.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from diagnose.model.fault import Fault
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Ended, Report
from diagnose.model.report import verdict_of as verdict_of_run
from diagnose.model.result import ProbeResult
from diagnose.model.text import Text
from diagnose.model.verdict import GROUNDS, Ground
from diagnose.report.columns import cells, cut, wrap
from diagnose.report.comparison import Comparison
from diagnose.report.money import total_said
from diagnose.report.selection import TELLING, by_area, said_value, worth_saying
from diagnose.report.vocabulary import CONFIDENCES
from diagnose.report.wording import ENDED, REASONS, Words, shown_outcome, verdict_of

if TYPE_CHECKING:
    from rich.console import Console

_TITLE_WIDTH = 28
_MANY = 3
_WIDEST = 100  # a line longer than this is hard to read, however wide the window is


class Paper:
    """What is printed on: lines with a hanging indent, never wider than the terminal.

    Where there is no terminal nothing is coloured, and rich is not loaded (it costs 30 ms).
    """

    def __init__(self, console: Console | None) -> None:
        _show_what_can_be_shown()
        self.console = console or (_console() if is_coloured() else None)
        width = self.console.width if self.console else _columns()
        self.width = max(min(width, _WIDEST), 40)

    def put(
        self, text: str, *, lead: str = "", style: str = "", lead_style: str = "", limit: int = 0
    ) -> None:
        """Print a text after its lead; further lines start under the text. `limit` cuts lines."""
        room = self.width - cells(lead)
        lines = wrap(text, room) or [""]
        if limit and len(lines) > limit:
            lines = [*lines[: limit - 1], cut(" ".join(lines[limit - 1 :]), room)]
        for index, piece in enumerate(lines):
            self._print(lead if index == 0 else " " * cells(lead), lead_style, piece, style)

    def rule(self, style: str) -> None:
        """Print a line across."""
        self._print("", "", "━" * self.width, style)

    def _print(self, lead: str, lead_style: str, piece: str, style: str) -> None:
        if self.console is None:
            sys.stdout.write((lead + piece).rstrip() + "\n")
            return
        from rich.text import Text as Line

        line = Line(lead, style=lead_style)
        line.append(piece, style=style or None)
        line.rstrip()
        self.console.print(line, soft_wrap=True)


def print_report(report: Report, *, lang: str, console: Console | None = None) -> None:
    """Print a report: the phone, what was covered, area by area, what to do, the verdict."""
    paper, words = Paper(console), Words.of(report, lang)
    _print_head(report, words, paper)
    for area, results in by_area(report).items():
        paper.put(words.area(area), style="bold")
        _print_area(results, words, paper)
    _print_untested(report, words, paper)
    _print_causes(report, words, paper)
    _print_app(report, words, paper)
    _print_to_do(report, words, paper)
    _print_quote(report, words, paper)
    _print_verdict(report, words, paper)


def print_comparison(compared: Comparison, *, lang: str, console: Console | None = None) -> None:
    """Print what changed between two reports."""
    paper, words = Paper(console), Words(lang)
    if not compared.changes:
        paper.put(words.pick("nothing changed", "没有变化"))
    for change in compared.changes:
        before, after = OUTCOMES[change.outcome_before], OUTCOMES[change.outcome_after]
        text = f"{words(change.title)}  {words(change.before)} → {words(change.after)}"
        lead = f"{before.symbol} → {after.symbol}  "
        paper.put(f"{text}  ({change.id})", lead=lead, lead_style=after.colour)


def is_coloured() -> bool:
    """Whether standard output is a terminal, or is to be coloured all the same (FORCE_COLOR)."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def _columns() -> int:
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 80


def _show_what_can_be_shown() -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:  # a terminal that cannot show ✓ shows "?", not a traceback
        reconfigure(errors="replace")


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _print_head(report: Report, words: Words, paper: Paper) -> None:
    device = report.device
    name = device.marketing_name or f"{device.brand} {device.model}".strip() or "?"
    model = f" ({words(device.model)})" if device.model and device.model != name else ""
    paper.put(words(name) + model, style="bold")
    system = f"{device.os} {device.os_version}".strip()
    facts = [system, device.build, device.security_patch, device.serial_masked]
    paper.put(" · ".join(words(fact) for fact in facts if fact), style="dim")
    if device.simulated:
        virtual = words.pick(
            "virtual or emulated phone: not for customers", "虚拟或模拟手机：不得用于客户"
        )
        paper.put(virtual, style="magenta")
    if report.intake.complaint:
        paper.put(words(report.intake.complaint), lead=words.pick("complaint: ", "客户描述："))
    paper.put(_coverage(report, words), style="bold")
    paper.put("")


def _coverage(report: Report, words: Words) -> str:
    covered = report.coverage
    said = [
        words.pick(
            f"tested {covered.answered} of {covered.asked}",
            f"已检测 {covered.answered}/{covered.asked} 项",
        )
    ]
    if covered.not_run:
        said.append(words.pick(f"{covered.not_run} not tested", f"{covered.not_run} 项未检测"))
    if covered.error:
        plural = "s" * (covered.error > 1)
        said.append(
            words.pick(f"{covered.error} tool error{plural}", f"{covered.error} 项工具错误")
        )
    return words.pick(", ", "，").join(said)


def _print_area(results: Sequence[ProbeResult], words: Words, paper: Paper) -> None:
    """One line a result; of an area in which nothing could be tested, one for all of them."""
    outcomes = {(result.outcome, result.reason) for result in results}
    if len(results) < _MANY or len(outcomes) > 1 or results[0].outcome is not Outcome.NOT_RUN:
        for result in results:
            _print_result(result, words, paper)
        return
    names = words.pick(", ", "、").join(words(result.title) for result in results)
    traits = OUTCOMES[Outcome.NOT_RUN]
    why = _quiet(results[0], words, paper.width)
    lead = f" {traits.symbol} "
    paper.put(
        why + words.pick(": ", "：") + names, lead=lead, style="dim", lead_style=traits.colour
    )


def _print_result(result: ProbeResult, words: Words, paper: Paper) -> None:
    traits = OUTCOMES[result.outcome]
    title = cut(words(result.title), _TITLE_WIDTH)
    lead = f" {traits.symbol} {title}{' ' * (_TITLE_WIDTH - cells(title))} "
    if result.outcome in TELLING:
        paper.put(_telling(result, words), lead=lead, style=traits.colour, lead_style=traits.colour)
    else:
        room = paper.width - cells(lead)
        text = _quiet(result, words, room)
        paper.put(text, lead=lead, style="dim", lead_style=_lead_style(result), limit=2)


def _lead_style(result: ProbeResult) -> str:
    return "" if result.outcome is Outcome.OBSERVED else OUTCOMES[result.outcome].colour


def _telling(result: ProbeResult, words: Words) -> str:
    said = [words(finding.text) for finding in result.findings]
    bad = [m for m in result.measurements if m.outcome in TELLING]
    return " ".join(said or [said_value(m, words) for m in bad])


def _quiet(result: ProbeResult, words: Words, room: int) -> str:
    label, colon = words(OUTCOMES[result.outcome].label), words.pick(": ", "：")
    if result.outcome is Outcome.NOT_RUN:
        return f"{label}{colon}{words(REASONS[result.reason])}" if result.reason else label
    if result.error:
        return f"{label}{colon}{words(result.error.message)}"
    if result.outcome is Outcome.NOT_APPLICABLE:
        return label
    return _one_line(result, words, room)


def _one_line(result: ProbeResult, words: Words, room: int) -> str:
    """As many values as fit into one line, at least one."""
    said = ""
    for measurement in worth_saying(result):
        more = f"{said}{words.pick(', ', '，')}" * bool(said) + said_value(measurement, words)
        if said and cells(more) > room:
            break
        said = more
    return cut(said, room)


def _print_untested(report: Report, words: Words, paper: Paper) -> None:
    missing = [untested for untested in report.coverage.untested if untested.required]
    if missing:
        names = words.pick(", ", "、").join(words(untested.title) for untested in missing)
        must = words.pick("must be tested and was not: ", "必检但未检测：")
        paper.put("")
        paper.put(names, lead=must, lead_style="magenta")


def _print_causes(report: Report, words: Words, paper: Paper) -> None:
    if not report.faults:
        return
    paper.put("")
    paper.put(words.pick("Causes", "原因分析"), style="bold")
    for fault in report.faults:
        sure = words(CONFIDENCES[fault.confidence])
        paper.put(words(fault.title) + words.pick(f" ({sure})", f"（{sure}）"), lead="  • ")
        for label, text in _about_cause(fault, words):
            paper.put(text, lead=f"    {label}{words.pick(': ', '：')}", lead_style="dim")


def _about_cause(fault: Fault, words: Words) -> Iterator[tuple[str, str]]:
    for label, evidence in (
        (words.pick("for", "支持"), fault.evidence),
        (words.pick("against", "不支持"), fault.against),
    ):
        if evidence:
            said = (words(item.text).rstrip(".。") for item in evidence)
            yield label, words.pick("; ", "；").join(said)
    if fault.reasons:
        said = (words(reason) for reason in fault.reasons)
        yield words.pick("how sure", "把握程度"), words.pick("; ", "；").join(said)
    if fault.next_test:
        yield words.pick("to settle it", "进一步确认"), words(fault.next_test.text)


def _print_app(report: Report, words: Words, paper: Paper) -> None:
    if report.app is None:
        return
    paper.put("")
    paper.put(words(report.app.package), style="bold")
    for finding in report.app.findings():
        paper.put(words(finding.text), lead="  • ")


def _print_to_do(report: Report, words: Words, paper: Paper) -> None:
    telling = [result for result in report.results if result.outcome in TELLING]
    if not telling:
        return
    paper.put("")
    paper.put(words.pick("What to do", "建议处理"), style="bold")
    for result in sorted(telling, key=lambda result: -OUTCOMES[result.outcome].rank):
        traits = OUTCOMES[result.outcome]
        advice = next((f.advice for f in result.findings if f.advice), None) or result.about.action
        lead = f"  {traits.symbol} {words(result.title)}{words.pick(': ', '：')}"
        paper.put(words(advice), lead=lead, lead_style=traits.colour)


def _print_quote(report: Report, words: Words, paper: Paper) -> None:
    quote = report.quote
    if quote is None:
        return
    total = total_said(quote, words)
    until = words.pick(f"valid until {quote.valid_until}", f"有效期至 {quote.valid_until}")
    paper.put("")
    paper.put(f"{total} ({until})", lead=words.pick("Offer: ", "报价："), lead_style="bold")


def _print_grounds(report: Report, words: Words, paper: Paper) -> None:
    """Say what keeps the run from being complete, and what counts as a fault beside the probes."""
    said = [Ground.LOST, Ground.CANCELLED, Ground.PROBE_FAILED]  # by the lines around these
    if report.summary.outcome is Outcome.FAIL:
        said.append(Ground.CAUSE_CONCLUDED)
    for ground, reasons in groupby(verdict_of_run(report).reasons, key=lambda r: r.ground):
        about = ", ".join(filter(None, (reason.about for reason in reasons)))
        if ground not in said:
            text = words(GROUNDS[ground].text) + (f": {about}" if about else "")
            paper.put(words(Text(text)), lead=" ! ", style="magenta", limit=_MANY)


def _print_verdict(report: Report, words: Words, paper: Paper) -> None:
    summary, covered = report.summary, report.coverage
    traits = OUTCOMES[shown_outcome(report)]
    paper.put("")
    paper.rule(traits.colour)
    if summary.ended is not Ended.COMPLETE:
        because = f": {summary.ended_because}" if summary.ended_because else ""
        paper.put(words(ENDED[summary.ended]) + words(because), lead=" ", style="magenta")
    if report.conclusion:
        paper.put(words(report.conclusion.text), lead="   ")
    missing = covered.asked - covered.answered
    if missing:
        partial = words.pick(
            f"{missing} of {covered.asked} points were not tested: nothing is said about them",
            f"{covered.asked} 项中有 {missing} 项未检测，无法判断其好坏",
        )
        paper.put(partial, lead="   ")
    _print_grounds(report, words, paper)
    style = f"bold {traits.colour}"
    verdict = words(verdict_of(report))
    paper.put(verdict, lead=f" {traits.symbol} ", style=style, lead_style=style)
    paper.rule(traits.colour)

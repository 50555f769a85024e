"""The terminal view: readable on 80 columns, without colour, and when piped."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Ended, Report
from diagnose.model.result import ProbeResult
from diagnose.report.comparison import Comparison
from diagnose.report.wording import ENDED, REASONS, VERDICTS, Words

_TITLE_WIDTH = 26
_TELLING = (Outcome.FAIL, Outcome.ATTENTION)


def print_report(report: Report, *, lang: str, console: Console | None = None) -> None:
    """Print a report: the phone, what was covered, the verdict, then area by area."""
    console = console or _console()
    words = Words.of(report, lang)
    _print_head(report, words, console)
    for area, results in groupby(report.results, key=lambda result: result.area):
        console.print(Line(words.area(area), style="bold"))
        console.print(_table(list(results), words))
    _print_untested(report, words, console)
    _print_verdict(report, words, console)


def print_comparison(compared: Comparison, *, lang: str, console: Console | None = None) -> None:
    """Print what changed between two reports."""
    console = console or _console()
    words = Words(lang)
    if not compared.changes:
        console.print(words.pick("nothing changed", "没有变化"))
    for change in compared.changes:
        before, after = OUTCOMES[change.outcome_before], OUTCOMES[change.outcome_after]
        line = Line(f"{before.symbol} → {after.symbol}  ", style=after.colour)
        line.append(f"{words(change.title)}  {words(change.before)} → {words(change.after)}")
        line.append(f"  ({change.id})", style="dim")
        console.print(line)


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False)


def _print_head(report: Report, words: Words, console: Console) -> None:
    device = report.device
    name = device.marketing_name or f"{device.brand} {device.model}".strip() or "?"
    console.print(Line(words(name), style="bold"), Line(f"({words(device.model)})"))
    system = f"{device.os} {device.os_version}".strip()
    facts = [system, device.build, device.security_patch, device.serial_masked]
    console.print(Line(" · ".join(words(fact) for fact in facts if fact), style="dim"))
    if device.simulated:
        virtual = words.pick(
            "virtual or emulated phone: not for customers", "虚拟或模拟手机：不得用于客户"
        )
        console.print(Line(virtual, style="magenta"))
    covered = report.coverage
    console.print(
        words.pick(
            f"tested {covered.answered} of {covered.asked}: "
            f"{covered.not_run} not tested, {covered.error} tool errors",
            f"已检测 {covered.answered}/{covered.asked} 项："
            f"{covered.not_run} 项未检测，{covered.error} 项工具错误",
        )
    )
    console.print()


def _table(results: list[ProbeResult], words: Words) -> Table:
    table = Table.grid(padding=(0, 1), expand=False)
    table.add_column(width=2, justify="right")
    table.add_column(width=_TITLE_WIDTH)
    table.add_column()
    for result in results:
        traits = OUTCOMES[result.outcome]
        table.add_row(
            Line(traits.symbol, style=traits.colour),
            Line(words(result.title)),
            _summary(result, words),
        )
    return table


def _summary(result: ProbeResult, words: Words) -> Line:
    traits = OUTCOMES[result.outcome]
    if result.outcome in _TELLING:
        said = [words(finding.text) for finding in result.findings]
        bad = [m for m in result.measurements if m.outcome in _TELLING]
        values = [f"{words(m.title)}: {words.value(m)}" for m in bad]
        return Line("; ".join(said or values), style=traits.colour)
    if result.outcome is Outcome.NOT_RUN and result.reason:
        return Line(f"{words(traits.label)}: {words(REASONS[result.reason])}", style="dim")
    if result.error:
        return Line(f"{words(traits.label)}: {words(result.error.message)}", style=traits.colour)
    read = [m for m in result.measurements if m.value is not None]
    return Line(", ".join(words.value(m) for m in read[:4]), style="dim")


def _print_untested(report: Report, words: Words, console: Console) -> None:
    missing = [untested for untested in report.coverage.untested if untested.required]
    if missing:
        console.print()
        names = ", ".join(words(untested.title) for untested in missing)
        must = words.pick("must be tested and was not", "必检但未检测")
        console.print(Line(f"{must}: {names}", style="magenta"))


def _print_verdict(report: Report, words: Words, console: Console) -> None:
    traits = OUTCOMES[report.summary.outcome]
    console.print()
    if report.summary.ended is not Ended.COMPLETE:
        because = f": {report.summary.ended_because}" if report.summary.ended_because else ""
        console.print(Line(words(ENDED[report.summary.ended]) + words(because), style="magenta"))
    verdict = words(VERDICTS[report.summary.outcome])
    console.print(Line(f"{traits.symbol} {verdict}", style=f"bold {traits.colour}"))
    for result in report.results:
        if result.outcome in _TELLING:
            _print_advice(result, words, console)


def _print_advice(result: ProbeResult, words: Words, console: Console) -> None:
    traits = OUTCOMES[result.outcome]
    advice = next((f.advice for f in result.findings if f.advice), None) or result.about.action
    line = Line(f"  {traits.symbol} ", style=traits.colour)
    line.append(f"{words(result.title)}: {words(advice)}", style="")
    console.print(line)

"""Every point of a report on the terminal, area by area, with the causes and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diagnose.model.fault import Fault
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Report
from diagnose.model.result import ProbeResult
from diagnose.report.columns import cells, cut
from diagnose.report.paper import Paper
from diagnose.report.selection import TELLING, by_area, value_text, worth_saying
from diagnose.report.vocabulary import CONFIDENCES
from diagnose.report.wording import REASONS, TOOL_ERROR, PageWords

_TITLE_WIDTH = 28
_MANY = 3


def print_points(report: Report, words: PageWords, paper: Paper) -> None:
    """Print every probe, what had to be tested and was not, the causes, and what to do."""
    for area, results in by_area(report).items():
        paper.put(words(report.area(area)), style="bold")
        _print_area(results, words, paper)
    _print_untested(report, words, paper)
    _print_causes(report, words, paper)
    _print_to_do(report, words, paper)


def _print_area(results: Sequence[ProbeResult], words: PageWords, paper: Paper) -> None:
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


def _print_result(result: ProbeResult, words: PageWords, paper: Paper) -> None:
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


def _telling(result: ProbeResult, words: PageWords) -> str:
    sentences = [words(finding.text) for finding in result.findings]
    bad = [m for m in result.measurements if m.outcome in TELLING]
    return " ".join(sentences or [value_text(m, words) for m in bad])


def _quiet(result: ProbeResult, words: PageWords, room: int) -> str:
    label, colon = words(OUTCOMES[result.outcome].label), words.pick(": ", "：")
    if result.outcome is Outcome.NOT_RUN:
        return f"{label}{colon}{words(REASONS[result.reason])}" if result.reason else label
    if result.error:
        return f"{label}{colon}{words(TOOL_ERROR)}"
    if result.outcome is Outcome.NOT_APPLICABLE:
        return label
    return _one_line(result, words, room)


def _one_line(result: ProbeResult, words: PageWords, room: int) -> str:
    """As many values as fit into one line, at least one."""
    line = ""
    for measurement in worth_saying(result):
        more = f"{line}{words.pick(', ', '，')}" * bool(line) + value_text(measurement, words)
        if line and cells(more) > room:
            break
        line = more
    return cut(line, room)


def _print_untested(report: Report, words: PageWords, paper: Paper) -> None:
    missing = [untested for untested in report.coverage.untested if untested.required]
    if missing:
        names = words.pick(", ", "、").join(words(untested.title) for untested in missing)
        must = words.pick("must be tested and was not: ", "必检但未检测：")
        paper.put("")
        paper.put(names, lead=must, lead_style="magenta")


def _print_causes(report: Report, words: PageWords, paper: Paper) -> None:
    if not report.faults:
        return
    paper.put("")
    paper.put(words.pick("Causes", "原因分析"), style="bold")
    for fault in report.faults:
        sure = words(CONFIDENCES[fault.confidence])
        paper.put(words(fault.title) + words.pick(f" ({sure})", f"（{sure}）"), lead="  • ")
        for label, text in _about_cause(fault, words):
            paper.put(text, lead=f"    {label}{words.pick(': ', '：')}", lead_style="dim")


def _about_cause(fault: Fault, words: PageWords) -> Iterator[tuple[str, str]]:
    for label, evidence in (
        (words.pick("for", "支持"), fault.evidence),
        (words.pick("against", "不支持"), fault.against),
    ):
        if evidence:
            sentences = (words(item.text).rstrip(".。") for item in evidence)
            yield label, words.pick("; ", "；").join(sentences)
    if fault.innocent:
        yield words.pick("without a fault", "非故障可能"), words(fault.innocent)
    if fault.reasons:
        sentences = (words(reason) for reason in fault.reasons)
        yield words.pick("how sure", "把握程度"), words.pick("; ", "；").join(sentences)
    if fault.next_test:
        yield words.pick("to settle it", "进一步确认"), words(fault.next_test.text)


def _print_to_do(report: Report, words: PageWords, paper: Paper) -> None:
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

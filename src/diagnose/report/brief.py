"""What matters of a report on the terminal: findings, what was not tested, the next step."""

from __future__ import annotations

from collections.abc import Sequence

from diagnose.model.complaint import Reproduced
from diagnose.model.outcome import OUTCOMES
from diagnose.model.report import Report
from diagnose.model.result import Finding
from diagnose.model.text import Text
from diagnose.report.findings import Found, findings, remarks
from diagnose.report.paper import Paper
from diagnose.report.vocabulary import CONFIDENCES
from diagnose.report.wording import PageWords

_MOST, _WHOLE = 5, 2
_ALL_POINTS = Text("every point: --all-points", "全部检测项目：--all-points")


def print_brief(report: Report, words: PageWords, paper: Paper) -> None:
    """Print it in few lines; what is left out is counted."""
    found = findings(report)
    for number, one in enumerate(found[:_MOST]):
        _print_found(one, words, paper, lines=2 if number < _WHOLE else 1)
    if (more := len(found) - _MOST) > 0:
        paper.put(words.pick(f"and {more} more", f"另有 {more} 项"), lead="   ", style="dim")
    for remark in _why_unread(report):
        paper.put(words(remark.text), lead="   ", limit=_WHOLE)
    named = {one.fault.code for one in found if one.fault}
    _print_names(
        [fault.title for fault in report.faults if fault.code not in named],
        Text("also possible: ", "其他可能的原因："),
        words,
        paper,
    )
    required = [one.title for one in report.coverage.untested if one.required]
    must = Text("must be tested and was not: ", "必检但未检测：")
    _print_names(required, must, words, paper)
    _print_names(
        [one.title for one in report.coverage.untested if not one.required],
        Text("not tested: ", "未检测："),
        words,
        paper,
    )
    _print_names(
        [one.title for one in report.untestable],
        Text("only a person can test: ", "只能人工试用："),
        words,
        paper,
    )
    _print_next(report, found, words, paper)
    paper.put(words(_ALL_POINTS), style="dim")


def _why_unread(report: Report) -> list[Finding]:
    """What was remarked of a phone of which not even the required could be read."""
    return list(remarks(report)) if any(one.required for one in report.coverage.untested) else []


def _print_found(one: Found, words: PageWords, paper: Paper, *, lines: int) -> None:
    traits = OUTCOMES[one.outcome]
    cause = ""
    if one.fault:
        title, sure = words(one.fault.title), words(CONFIDENCES[one.fault.confidence])
        cause = words.pick(f" → {title} ({sure})", f" → {title}（{sure}）")
    paper.put(
        one.headline(words) + cause,
        lead=f" {traits.symbol} ",
        style=traits.colour,
        lead_style=traits.colour,
        limit=lines,
    )


def _print_names(titles: Sequence[Text], lead: Text, words: PageWords, paper: Paper) -> None:
    if titles:
        names = words.pick("; ", "；").join(words(title) for title in titles)
        paper.put(names, lead=words(lead), lead_style="dim", style="dim", limit=1)


def _print_next(report: Report, found: Sequence[Found], words: PageWords, paper: Paper) -> None:
    """The one thing to do now: the worst finding's advice; else what the complaint still needs."""
    by_hand = [a for a in report.complaint if a.reproduced is Reproduced.UNTESTABLE]
    if found:
        step = words(found[0].advice)
    elif by_hand:
        step = words(by_hand[0].text)
    elif advised := [one.advice for one in _why_unread(report) if one.advice]:
        step = words(advised[0])
    elif not report.coverage.complete:
        step = words.pick("test again what was not tested", "重新检测未检测的项目")
    else:
        return
    paper.put(step, lead=words.pick("next: ", "下一步："), lead_style="bold", limit=2)

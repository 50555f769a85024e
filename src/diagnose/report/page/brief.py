"""In short: what a customer takes from the first page, which is one sheet of A4 and no more.

What does not fit is counted, never dropped: the pages that follow carry all of it.
"""

from __future__ import annotations

from diagnose.model.outcome import OUTCOMES
from diagnose.model.report import Report
from diagnose.model.result import ProbeResult
from diagnose.report import money
from diagnose.report.columns import cut
from diagnose.report.page.front import mark
from diagnose.report.page.model import Brief, BriefLine, Row
from diagnose.report.phrase import Phrase, Speaker
from diagnose.report.selection import TELLING, said_value
from diagnose.report.vocabulary import CONFIDENCES
from diagnose.report.wording import Words

_MOST = 3
_CELLS = 150
"""Of one text in one language: two lines of the sheet."""


def brief(report: Report, say: Speaker) -> Brief | None:
    """The worst findings, the surest causes and the price; None where there is nothing to say."""
    telling = [result for result in report.results if result.outcome in TELLING]
    telling.sort(key=lambda result: -OUTCOMES[result.outcome].rank)
    if not (telling or report.faults or report.quote):
        return None
    return Brief(
        found=tuple(_line(result, say) for result in telling[:_MOST]),
        more_found=_more(len(telling), say),
        causes=tuple(
            Row(say(fault.title), say(CONFIDENCES[fault.confidence]))
            for fault in report.faults[:_MOST]
        ),
        more_causes=_more(len(report.faults), say),
        offer=_offer(report, say),
    )


def _line(result: ProbeResult, say: Speaker) -> BriefLine:
    advice = next((found.advice for found in result.findings if found.advice), None)
    return BriefLine(
        mark(result.outcome, say),
        say(result.title),
        say.each(lambda words: cut(_said(result, words), _CELLS)),
        say.each(lambda words: cut(words(advice or result.about.action), _CELLS)),
    )


def _said(result: ProbeResult, words: Words) -> str:
    """The first finding; where a probe has none, its worst value."""
    if result.findings:
        return words(result.findings[0].text)
    return said_value(next(m for m in result.measurements if m.outcome in TELLING), words)


def _more(count: int, say: Speaker) -> tuple[Phrase, ...]:
    """What is said of the rest, for each number that is shown."""
    return tuple(_rest(count - shown, say) for shown in range(min(count, _MOST) + 1))


def _rest(count: int, say: Speaker) -> Phrase:
    if not count:
        return ()
    return say.pair(
        f"and {count} more: see below, from page 2 on", f"另有 {count} 项，详见下文（第 2 页起）"
    )


def _offer(report: Report, say: Speaker) -> Phrase:
    quote = report.quote
    if quote is None:
        return ()
    return say.each(
        lambda words: words.pick("{} (valid until {})", "{}（有效期至 {}）").format(
            money.total_said(quote, words), quote.valid_until
        )
    )

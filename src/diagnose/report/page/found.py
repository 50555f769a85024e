"""What was found, for the sheet: one line and one picture each."""

from __future__ import annotations

from diagnose.model.report import Report
from diagnose.report.columns import cut
from diagnose.report.findings import Found, findings
from diagnose.report.page import model
from diagnose.report.page.front import mark, picture
from diagnose.report.page.model import Picture, Row
from diagnose.report.phrase import Phrase, Speaker, flat
from diagnose.report.pictures import SHORT
from diagnose.report.places import draw_place
from diagnose.report.vocabulary import CONFIDENCES
from diagnose.report.wording import PageWords

_CELLS = 170
"""Of one text in one language: two or three lines of the sheet."""


def found(report: Report, most: int, say: Speaker) -> tuple[tuple[model.PageFault, ...], Phrase]:
    """The worst of what was found, and how much more there is."""
    everything = findings(report)
    shown = tuple(_one(one, report, say) for one in everything[:most])
    return shown, _more(len(everything) - len(shown), say)


def causes(report: Report, most: int, say: Speaker) -> tuple[tuple[Row, ...], Phrase]:
    """The causes that no finding on the sheet names: suspected ones, and implied ones."""
    named = {one.fault.code for one in findings(report) if one.fault}
    others = [fault for fault in report.faults if fault.code not in named]
    rows = tuple(
        Row(say(fault.title), say.each(lambda words, of=fault: cut(words(of.explanation), _CELLS)))  # type: ignore[misc]
        for fault in others[:most]
    )
    return rows, _more(len(others) - len(rows), say)


def _one(one: Found, report: Report, say: Speaker) -> model.PageFault:
    return model.PageFault(
        mark=mark(one.outcome, say),
        headline=say.each(lambda words: cut(one.headline(words), _CELLS)),
        cause=say.each(lambda words: _cause(one, words)),
        to_do=()
        if report.quote and report.quote.items
        else say.each(lambda words: cut(words(one.advice), _CELLS)),
        picture=_picture(one, report, say),
    )


def _cause(one: Found, words: PageWords) -> str:
    if one.fault is None:
        return ""
    title, sure = words(one.fault.title), words(CONFIDENCES[one.fault.confidence])
    return words.pick(f"{title} ({sure})", f"{title}（{sure}）")


def _picture(one: Found, report: Report, say: Speaker) -> Picture:
    """The value against its limits; where it is no number, the place on the phone."""
    gauge = picture(one.measurement, say, length=SHORT)
    if gauge:
        return gauge
    area = report.area(one.result.area)
    place = say.each(lambda words: f"{words(area)}: {one.headline(words)}")
    return Picture(draw_place(one.result.area, one.outcome), flat(place))


def _more(count: int, say: Speaker) -> Phrase:
    if count <= 0:
        return ()
    return say.pair(f"and {count} more, in the annex", f"另有 {count} 项，见附件")

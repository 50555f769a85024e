"""What can be read of a part that was fitted, held against what was agreed. Pure.

A new part is not praised for being another one: a battery that has been charged 703 times is said
to have been, and a screen of another resolution is another kind of screen. The probe that measures
such a thing says what it means (`sdk.Sign.doubt`).
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.knowledge.probes import measures_known
from diagnose.model.criterion import Value
from diagnose.model.quote import PartCondition
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.model.work import WorkItem

_LIKE_NEW = (PartCondition.ORIGINAL, PartCondition.NEW)


def doubts(item: WorkItem, before: Report, after: Report) -> Iterator[Text]:
    """Say what speaks against the fitted part being what was agreed; only what was read."""
    if item.part_condition not in _LIKE_NEW:
        return
    olds, news, today = values_of(before), values_of(after), after.created_at.date()
    for name, spec in measures_known().items():
        sign = spec.sign
        if name in news and sign and sign.doubt and sign.part == item.part:
            yield from filter(None, [sign.doubt(olds.get(name), news[name], today)])


def values_of(report: Report) -> dict[str, Value]:
    """What was really read: forced values say nothing of a part."""
    return {
        m.id: m.value
        for result in report.results
        for m in result.measurements
        if m.value is not None and not m.simulated
    }

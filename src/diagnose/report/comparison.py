"""Two reports of one phone side by side: what changed, for better or for worse."""

from __future__ import annotations

from diagnose.model.frozen import Frozen
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement
from diagnose.model.text import Text


class ReportChange(Frozen):
    """One value that is not what it was; an empty text stands for "was not there"."""

    id: str
    title: Text
    before: str
    after: str
    outcome_before: Outcome
    outcome_after: Outcome


class Comparison(Frozen):
    """All changes, and the probes that were fine before and are not any more."""

    same_phone: bool
    changes: tuple[ReportChange, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]


def compare_reports(before: Report, after: Report) -> Comparison:
    """Compare by measurement id; a value that could not be read is no change for the better."""
    olds, news = _measurements(before), _measurements(after)
    changes = tuple(
        change for id_ in sorted(olds | news) if (change := _change(olds.get(id_), news.get(id_)))
    )
    outcomes = {result.probe: result.outcome for result in before.results}
    better, worse = [], []
    for result in after.results:
        was = outcomes.get(result.probe)
        if was is not None and _is_bad(was) and result.outcome is Outcome.PASS:
            better.append(result.probe)
        if was is not None and OUTCOMES[result.outcome].rank > OUTCOMES[was].rank:
            worse += [result.probe] if _is_bad(result.outcome) else []
    return Comparison(
        same_phone=bool(before.device.serial_hash)
        and before.device.serial_hash == after.device.serial_hash,
        changes=changes,
        better=tuple(better),
        worse=tuple(worse),
    )


def _measurements(report: Report) -> dict[str, Measurement]:
    return {m.id: m for result in report.results for m in result.measurements}


def _change(old: Measurement | None, new: Measurement | None) -> ReportChange | None:
    known = new or old
    if known is None or (old and new and (old.value, old.outcome) == (new.value, new.outcome)):
        return None
    return ReportChange(
        id=known.id,
        title=known.title,
        before=_written(old),
        after=_written(new),
        outcome_before=old.outcome if old else Outcome.NOT_RUN,
        outcome_after=new.outcome if new else Outcome.NOT_RUN,
    )


def _written(measurement: Measurement | None) -> str:
    if measurement is None or measurement.value is None:
        return "?"
    value = measurement.value
    words = ", ".join(value) if isinstance(value, tuple) else str(value)
    return f"{words} {measurement.unit.value}".rstrip()


def _is_bad(outcome: Outcome) -> bool:
    return outcome in (Outcome.ATTENTION, Outcome.FAIL)

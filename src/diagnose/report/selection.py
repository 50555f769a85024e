"""What of a report is worth saying first: shared by all views, and cheap to import."""

from __future__ import annotations

from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement, ProbeResult
from diagnose.report.wording import Words

TELLING = (Outcome.FAIL, Outcome.ATTENTION)
_VALUES_IN_LIST = 3


def by_area(report: Report) -> dict[str, list[ProbeResult]]:
    """The results of each area, in the order in which the report names the areas first."""
    found: dict[str, list[ProbeResult]] = {}
    for result in report.results:
        found.setdefault(result.area, []).append(result)
    return found


def worth_saying(result: ProbeResult) -> list[Measurement]:
    """The values of a probe that say most in one line: numbers first, plain zeros last."""
    read = [m for m in result.measurements if m.value is not None]
    return sorted(read, key=_weight)[:_VALUES_IN_LIST]


def said_value(measurement: Measurement, words: Words) -> str:
    """A value with its title, short enough for a list."""
    value = measurement.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    colon = "" if number else words.pick(":", "：")
    blank = " " if number or not words.pick("", "：") else ""
    return f"{words(measurement.title)}{colon}{blank}{words.value(measurement)}"


def _weight(measurement: Measurement) -> int:
    value = measurement.value
    if isinstance(value, bool):
        return 2
    if isinstance(value, int | float):
        return 0 if value else 3
    return 1

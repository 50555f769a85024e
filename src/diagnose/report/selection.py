"""What of a report is worth saying first: shared by all views, and cheap to import."""

from __future__ import annotations

from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement, ProbeResult
from diagnose.model.unit import Unit
from diagnose.report.wording import PageWords

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


def value_text(measurement: Measurement, words: PageWords) -> str:
    """A value with its title, short enough for a list."""
    title, value = words.title(measurement), words.value(measurement)
    if _names_its_unit(title, measurement.unit):
        value = words.number(measurement.value) if measurement.value is not None else value
    number = not isinstance(measurement.value, bool | str | tuple) and value[:1] in "-0123456789"
    blank = "" if title.endswith("）") else " "
    return f"{title}{blank if number else words.pick(': ', '：')}{value}"


def _names_its_unit(title: str, unit: Unit) -> bool:
    """Whether a title like "Months since …" makes the unit after the number a repetition."""
    named = {Unit.MONTH: ("month", "月数"), Unit.DAY: ("days", "天数")}.get(unit, ())
    return any(word in title.lower() for word in named)


def _weight(measurement: Measurement) -> int:
    value = measurement.value
    if isinstance(value, bool):
        return 2
    if isinstance(value, int | float):
        return 0 if value else 3
    return 1

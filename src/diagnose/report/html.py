"""The customer's page: one self-contained HTML file, rendered from the report alone.

No script, no address outside the file: a content security policy in the page says so too.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from diagnose.model.criterion import Range
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.report import Report
from diagnose.model.result import Measurement, ProbeResult
from diagnose.model.unit import Unit
from diagnose.report.wording import ENDED, REASONS, VERDICTS, Words

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_TELLING = (Outcome.FAIL, Outcome.ATTENTION)


def render_html(report: Report, *, lang: str) -> str:
    """Render the page in one language."""
    words = Words.of(report, lang)
    return _template().render(
        report=report,
        words=words,
        lang=lang,
        outcomes=OUTCOMES,
        reasons=REASONS,
        ended=ENDED,
        verdict=VERDICTS[report.summary.outcome],
        telling=[result for result in report.results if result.outcome in _TELLING],
        areas=_areas(report),
        gauge=gauge,
        Outcome=Outcome,
    )


def gauge(measurement: Measurement) -> dict[str, float] | None:
    """Give the numbers of a picture (0 to 100) for a percentage, None for anything else."""
    value = measurement.value
    if measurement.unit is not Unit.PERCENT or isinstance(value, bool | str | tuple | None):
        return None
    shown = {"value": min(max(float(value), 0.0), 100.0)}
    if isinstance(measurement.criterion, Range):
        limit = measurement.criterion
        bounds = {"fail": limit.fail_below, "attention": limit.attention_below}
        shown |= {name: bound for name, bound in bounds.items() if bound is not None}
    return shown


def _areas(report: Report) -> list[tuple[str, list[ProbeResult]]]:
    grouped = groupby(report.results, key=lambda result: result.area)
    return [(area, list(results)) for area, results in grouped]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("diagnose.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template() -> Template:
    return _environment().get_template("report.html.j2")

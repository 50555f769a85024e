"""Pictures: small SVG drawings of measured values, the same in HTML and PDF.

They hold numbers and our own units only; nothing a phone said is ever drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING

from diagnose.model.criterion import Range
from diagnose.model.outcome import OUTCOMES, Outcome
from diagnose.model.plain import dataclass
from diagnose.model.result import Measurement
from diagnose.model.unit import Unit
from diagnose.report.palette import INK, PAPER, SOFT, TONES

if TYPE_CHECKING:
    from diagnose.model.consent import Point

LONG, SHORT = 300.0, 150.0  # of a gauge, in the drawing's own units
_COVERAGE = 600.0
_FONT = "Diagnose Sans SC, Noto Sans, system-ui, sans-serif"
_BATTERY_AREAS = ("battery", "tradein")


@dataclass(frozen=True)
class PictureScale:
    """Places a number between 0 and 1."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """Where a value lies, held inside the scale."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def draw_measurement(
    measurement: Measurement, *, inverted: bool = False, length: float = LONG
) -> str:
    """Draw a value against its limits; empty where there is nothing to draw.

    `inverted` draws what is used up of a free share, and is nothing to a value in any other unit.
    """
    value = measurement.value
    if isinstance(value, bool | str | tuple | None) or not isfinite(value):
        return ""
    scale = _scale(measurement, float(value))
    if scale is None:
        return ""
    bounds = _bounds(measurement)
    shown = float(value)
    if inverted and measurement.unit is Unit.PERCENT:
        shown, bounds = 100 - shown, {100 - bound: outcome for bound, outcome in bounds.items()}
    fill = TONES[measurement.outcome].fill
    body = _body(measurement, scale.share(shown), fill, length)
    ticks = [(scale.share(bound), _tick_label(bound, measurement.unit)) for bound in sorted(bounds)]
    return _svg(body + _ticks(ticks, length), length + 20, 46 if ticks else 34)


def draw_coverage(counts: Mapping[Outcome, int]) -> str:
    """Draw how many points came out how, as one bar; untested ones are hatched."""
    order = sorted(Outcome, key=lambda outcome: -OUTCOMES[outcome].rank)
    total = sum(counts.values())
    body, x = "", 0.0
    for outcome in order:
        width = _COVERAGE * counts.get(outcome, 0) / total if total else 0
        if width:
            body += _rect(x, 0, width, 14, fill=TONES[outcome].fill)
            body += _hatching(x, width) if outcome is Outcome.NOT_RUN else ""
            x += width
    return _svg(body, _COVERAGE, 14)


def draw_signature(strokes: Sequence[Sequence[Point]]) -> str:
    """Draw the strokes of a signature pad."""
    lines = "".join(
        f'<polyline points="{" ".join(f"{p.x},{p.y}" for p in stroke)}"/>' for stroke in strokes
    )
    corners = [(point.x, point.y) for stroke in strokes for point in stroke] or [(0, 0)]
    width = max(x for x, _ in corners) + 40
    height = max(y for _, y in corners) + 40
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -20 {width} {height}" width="220"'
        f' height="{max(20, min(110, round(220 * height / width)))}" fill="none" stroke="{INK}"'
        f' stroke-width="12" stroke-linecap="round" stroke-linejoin="round">{lines}</svg>'
    )


def _scale(measurement: Measurement, value: float) -> PictureScale | None:
    if measurement.unit is Unit.PERCENT:
        return PictureScale(0, 100)
    if measurement.unit is Unit.CELSIUS:
        numbers = [value, *_bounds(measurement)]
        return PictureScale(min(0.0, *numbers) - 5 * (min(numbers) < 0), max(60.0, *numbers))
    bounds = _bounds(measurement)
    bare = measurement.unit in (Unit.NONE, Unit.COUNT)
    if not bounds or bare:  # counts and codes have no natural end to draw them against
        return None
    numbers = [value, *bounds]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    return PictureScale(low, high + 0.15 * (high - low)) if 0 < high - low < inf else None


def _bounds(measurement: Measurement) -> dict[float, Outcome]:
    limit = measurement.criterion
    if not isinstance(limit, Range):
        return {}
    pairs = (
        (limit.attention_below, Outcome.ATTENTION),
        (limit.attention_above, Outcome.ATTENTION),
        (limit.fail_below, Outcome.FAIL),
        (limit.fail_above, Outcome.FAIL),
    )
    return {bound: outcome for bound, outcome in pairs if bound is not None}


def _body(measurement: Measurement, share: float, fill: str, length: float) -> str:
    if measurement.unit is Unit.CELSIUS:
        return _thermometer(share, fill, length)
    area = measurement.id.split(".", 1)[0]
    if measurement.unit is Unit.PERCENT and area in _BATTERY_AREAS:
        return _battery(share, fill, length)
    track = _rect(0.75, 6.75, length, 18, fill=PAPER, stroke=SOFT, radius=4)
    return track + _rect(1.5, 7.5, (length - 1.5) * share, 16.5, fill=fill, radius=3)


def _battery(share: float, fill: str, length: float) -> str:
    case = _rect(0.75, 1.75, length, 28, fill=PAPER, stroke=SOFT, radius=6)
    pole = _rect(length + 1.5, 9.5, 7, 12.5, fill=SOFT, radius=2)
    return case + pole + _rect(3, 4, (length - 4.5) * share, 23.5, fill=fill, radius=4)


def _thermometer(share: float, fill: str, length: float) -> str:
    tube = _rect(12, 9.75, length - 11.25, 12, fill=PAPER, stroke=SOFT, radius=6)
    bulb = f'<circle cx="12" cy="15.75" r="11" fill="{fill}" stroke="{SOFT}" stroke-width="1.5"/>'
    return tube + _rect(14, 12, (length - 16) * share, 7.5, fill=fill, radius=3.5) + bulb


def _ticks(ticks: Iterable[tuple[float, str]], length: float) -> str:
    drawn, free_from = "", 0.0
    for share, label in ticks:
        x = 1.5 + (length - 1.5) * share
        drawn += (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="33" stroke="{INK}" stroke-width="1.2"'
            ' stroke-dasharray="3 2"/>'
        )
        width = 6.5 * len(label)
        left = min(max(x - width / 2, 0.0), length + 18 - width)
        if left >= free_from:
            drawn += (
                f'<text x="{left:.1f}" y="44" font-size="11" fill="{SOFT}"'
                f' font-family="{_FONT}">{label}</text>'
            )
            free_from = left + width + 4
    return drawn


def _tick_label(bound: float, unit: Unit) -> str:
    if unit is Unit.TENTH:
        return f"{10 * bound:g} %"
    sign = "" if unit in (Unit.COUNT, Unit.NONE, Unit.CYCLES, Unit.MONTH) else f" {unit.value}"
    return f"{bound:g}{sign}"


def _hatching(x: float, width: float) -> str:
    lines = "".join(f"M{x + step:.1f} 14l8 -14" for step in range(0, max(int(width) - 8, 0), 8))
    return f'<path d="{lines}" stroke="{PAPER}" stroke-width="1.5" fill="none"/>' if lines else ""


def _rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str,
    stroke: str = "",
    radius: float = 0,
) -> str:
    if width < 0.1:  # it would be written as 0.0
        return ""
    outline = f' stroke="{stroke}" stroke-width="1.5"' if stroke else ""
    round_ = f' rx="{min(radius, width / 2):.1f}"' if radius else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"{round_}'
        f' fill="{fill}"{outline}/>'
    )


def _svg(body: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}">{body}</svg>'
    )

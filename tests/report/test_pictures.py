"""The drawings: well-formed, within their frame, and of numbers only."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.model.consent import Point
from diagnose.model.criterion import Basis, Range, Source
from diagnose.model.outcome import Outcome
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.model.unit import Unit
from diagnose.report.pictures import SHORT, draw_coverage, draw_measurement, draw_signature

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
SOURCE = Source(text=Text("a test"), basis=Basis.VENDOR)


def measurement(value: object, unit: Unit, limit: Range | None = None) -> Measurement:
    return Measurement.model_construct(
        id="battery.x.y",
        title=Text("x", "x"),
        value=value,
        unit=unit,
        outcome=Outcome.OBSERVED,
        criterion=limit,
    )


def widths(svg: str) -> list[float]:
    return [float(width) for width in re.findall(r'<rect [^>]*width="([-\d.]+)"', svg)]


@given(NUMBERS, st.sampled_from(list(Unit)), st.lists(st.floats(-1e9, 1e9), max_size=4))
def test_any_number_gives_a_well_formed_drawing_inside_its_frame(
    value: float, unit: Unit, bounds: list[float]
) -> None:
    names = ("fail_below", "attention_below", "attention_above", "fail_above")
    given_ = dict(zip(names, sorted(bounds), strict=False))
    limit = Range.model_validate({**given_, "source": SOURCE}) if given_ else None
    svg = draw_measurement(measurement(value, unit, limit), length=SHORT)
    if svg:
        ET.fromstring(svg)  # noqa: S314 - our own drawing
        assert all(0 < width <= SHORT + 20 for width in widths(svg))


@pytest.mark.parametrize("value", [None, True, "72", ("a",), float("nan"), float("inf")])
def test_what_is_no_number_is_not_drawn(value: object) -> None:
    assert draw_measurement(measurement(value, Unit.PERCENT)) == ""


def test_the_fill_is_as_long_as_the_share() -> None:
    full = widths(draw_measurement(measurement(100.0, Unit.PERCENT)))[-1]
    half = widths(draw_measurement(measurement(50.0, Unit.PERCENT)))[-1]
    assert half == pytest.approx(full / 2, abs=0.1)


def test_a_free_share_is_drawn_as_what_is_used() -> None:
    free = draw_measurement(measurement(25.0, Unit.PERCENT), inverted=True)
    used = draw_measurement(measurement(75.0, Unit.PERCENT))
    assert widths(free) == widths(used)


@given(st.dictionaries(st.sampled_from(list(Outcome)), st.integers(0, 500)))
def test_the_parts_of_the_coverage_fill_the_bar(counts: dict[Outcome, int]) -> None:
    svg = draw_coverage(counts)
    ET.fromstring(svg)  # noqa: S314 - our own drawing
    expected = 600 if any(counts.values()) else 0
    assert sum(widths(svg)) == pytest.approx(expected, abs=1)


@given(st.lists(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1)))
def test_a_signature_is_drawn_whole(strokes: list[list[tuple[int, int]]]) -> None:
    svg = draw_signature([[Point(x=x, y=y) for x, y in stroke] for stroke in strokes])
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert len(root) == len(strokes)


def test_only_a_share_has_a_rest_that_is_drawn() -> None:
    """Free storage told in GB is no share: 64 GB free is not 36 used up."""
    limit = Range(attention_below=8, source=SOURCE)
    free = measurement(64.0, Unit.GIGABYTE, limit)
    assert draw_measurement(free, inverted=True) == draw_measurement(free) != ""
    share = measurement(64.0, Unit.PERCENT, limit)
    assert draw_measurement(share, inverted=True) != draw_measurement(share)

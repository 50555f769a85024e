"""Limits that shipped profiles have of their own, as they reach a phone."""

from __future__ import annotations

import pytest
from tests.judging.causes.bench import report_of

from diagnose.knowledge.profiles.load import profile_for
from diagnose.model.criterion import Basis, Range

CYCLES = "battery.health.cycles"


@pytest.mark.parametrize(
    ("maker", "model", "cycles"),
    [
        ("Google", "Pixel 3", 800),
        ("Google", "Pixel 8 Pro", 800),
        ("Google", "Pixel 8a", 1000),
        ("Google", "Pixel 9", 1000),
        ("samsung", "SM-S931B", 2000),
    ],
)
def test_a_maker_s_promise_of_cycles_is_the_limit(maker: str, model: str, cycles: int) -> None:
    properties = {"ro.product.manufacturer": maker, "ro.product.model": model}
    limit = profile_for(properties).limits[CYCLES]
    assert isinstance(limit, Range)
    assert limit.attention_above == cycles
    assert limit.fail_above is None  # the capacity decides, not the count
    assert limit.source.basis is Basis.VENDOR


def test_a_limit_of_the_model_judges_its_phone() -> None:
    results = report_of("pixel-9", ("battery-aged-cycles",)).results
    [cycles] = [m for r in results for m in r.measurements if m.id == CYCLES]
    assert cycles.criterion
    assert "support.google.com" in cycles.criterion.source.text.en


@pytest.mark.parametrize(
    ("model", "month"), [("Pixel 3", "2021-10"), ("Pixel 4a", "2023-08"), ("Pixel 9", "2031-08")]
)
def test_until_when_a_maker_gives_updates(model: str, month: str) -> None:
    properties = {"ro.product.manufacturer": "Google", "ro.product.model": model}
    fact = profile_for(properties).facts["support_until"]
    assert fact.value == month
    assert "answer/4457705" in fact.source.text.en

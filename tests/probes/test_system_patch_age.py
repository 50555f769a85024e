"""Age of the security patch, against the time of the capture."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.probes.property_words import EMULATOR, getprop

from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement

PATCH = "ro.build.version.security_patch"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("patch", "months", "outcome"),
    [
        ("2026-11-01", 0, Outcome.PASS),
        ("2025-11-01", 12, Outcome.PASS),
        ("2025-10-31", 13, Outcome.ATTENTION),
        ("2019-08-01", 87, Outcome.ATTENTION),
        ("2027-03-01", 0, Outcome.PASS),
    ],
)
def test_months(patch: str, months: int, outcome: Outcome) -> None:
    result = interpret_probe("system.patch_age", {"getprop": getprop({PATCH: patch})}, now=NOW)
    age = measurement(result, "age")
    assert (age.value, age.outcome) == (months, outcome)


@pytest.mark.parametrize("patch", [None, "", "2026-02-31", "soon"])
def test_no_date_is_not_run(patch: str | None) -> None:
    result = interpret_probe("system.patch_age", {"getprop": getprop({PATCH: patch})})
    assert result.outcome is Outcome.NOT_RUN


def test_harmony_is_not_measured_by_androids_level() -> None:
    words = getprop({PATCH: "2021-10-05", "hw_sc.build.platform.version": "4.2.0"})
    result = interpret_probe("system.patch_age", {"getprop": words})
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "age").note is not None


def test_huaweis_placeholder_of_the_vendor_level_is_left_out() -> None:
    words = getprop({"ro.vendor.build.security_patch": "2018-06-19"})
    names = [m.id for m in interpret_probe("system.patch_age", {"getprop": words}).measurements]
    assert "system.patch_age.vendor_level" not in names


def test_emulator() -> None:
    words = getprop({**EMULATOR, PATCH: "2020-01-01"})
    result = interpret_probe("system.patch_age", {"getprop": words})
    assert result.outcome is Outcome.NOT_APPLICABLE

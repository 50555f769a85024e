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


@pytest.mark.parametrize(
    ("built", "months"),
    [
        (datetime(2026, 1, 9, tzinfo=UTC), 10),
        (datetime(2023, 1, 9, tzinfo=UTC), 46),
        (datetime(1970, 1, 9, tzinfo=UTC), None),
    ],
)
def test_how_old_a_build_of_harmony_is_is_said_and_not_judged(
    built: datetime, months: int | None
) -> None:
    """Three captures stand behind it: too few to hold a phone against it."""
    changes: dict[str, str | None] = {
        PATCH: "2021-10-05",
        "hw_sc.build.platform.version": "4.0.0",
        "ro.build.date.utc": str(int(built.timestamp())),
    }
    result = interpret_probe("system.patch_age", {"getprop": getprop(changes)}, now=NOW)
    assert result.outcome is Outcome.OBSERVED
    ages = [m.value for m in result.measurements if m.id == "system.patch_age.build_age"]
    assert ages == ([] if months is None else [months])


def test_huaweis_own_day_of_the_build_counts_before_androids() -> None:
    """A JKM-AL00 built in 2023 still says 2020 in Android's property."""
    changes: dict[str, str | None] = {
        PATCH: "2020-08-01",
        "hw_sc.build.platform.version": "2.0.0",
        "ro.build.date.utc": "1596017557",
        "ro.huawei.build.date.utc": "1767960000",
    }
    result = interpret_probe("system.patch_age", {"getprop": getprop(changes)}, now=NOW)
    assert measurement(result, "build_age").value == 10


def test_the_container_of_harmony_next_has_no_age_of_its_own() -> None:
    words = getprop(
        {
            "ro.sys.anco.product.software.version": "PLA-AL10 5.0.0.102",
            "ro.build.date.utc": "1600000000",
        }
    )
    names = [m.id for m in interpret_probe("system.patch_age", {"getprop": words}).measurements]
    assert "system.patch_age.build_age" not in names


@pytest.mark.parametrize(
    ("patch", "until", "answer", "advised"),
    [
        ("2026-10-05", "2031-08", None, False),
        ("2025-08-05", "2031-08", "waiting", True),
        ("2025-08-05", "2026-11", "waiting", True),
        ("2021-10-05", "2021-10", "ended", False),
        ("2022-01-05", "2021-10", "ended", False),
        ("2019-08-01", "2021-10", "ended", True),
        ("2019-08-01", "soon", None, False),
    ],
)
def test_what_an_old_patch_means_by_the_maker_s_promise(
    patch: str, until: str, answer: str | None, *, advised: bool
) -> None:
    words = {"getprop": getprop({PATCH: patch})}
    result = interpret_probe("system.patch_age", words, facts={"support_until": until}, now=NOW)
    told = [f for f in result.findings if f.id.endswith((".waiting", ".ended"))]
    assert [f.id.rpartition(".")[2] for f in told] == ([answer] if answer else [])
    assert all(until in f.text.en and until in f.text.zh for f in told)
    assert any(f.advice for f in told) is advised


def test_huaweis_placeholder_of_the_vendor_level_is_left_out() -> None:
    words = getprop({"ro.vendor.build.security_patch": "2018-06-19"})
    names = [m.id for m in interpret_probe("system.patch_age", {"getprop": words}).measurements]
    assert "system.patch_age.vendor_level" not in names


def test_emulator() -> None:
    words = getprop({**EMULATOR, PATCH: "2020-01-01"})
    result = interpret_probe("system.patch_age", {"getprop": words})
    assert result.outcome is Outcome.NOT_APPLICABLE

"""Virtual phones of the senses: healthy ones are not accused, every fault is found."""

from __future__ import annotations

import pytest
from tests.judging.causes.bench import report_of
from tests.simulator.senses import AREAS, judge_all
from tests.thinning import one_in

from diagnose.model.outcome import Outcome
from diagnose.simulator.building import apply_fault, build_phone, phone_names
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, load_areas

load_areas()
MINE = sorted(
    name for name, fault in FAULTS.items() if fault.found_by[0].partition(".")[0] in AREAS
)
ACCUSED = (Outcome.FAIL, Outcome.ATTENTION)


@pytest.mark.parametrize("phone_name", phone_names())
def test_a_healthy_phone_is_not_accused(phone_name: str) -> None:
    results = judge_all(build_phone(phone_name))
    accused = {name: r.findings for name, r in results.items() if r.outcome in ACCUSED}
    assert accused == {}
    assert [name for name, r in results.items() if r.outcome is Outcome.ERROR] == []


def _fitting(fault_name: str) -> list[Phone]:
    phones = [build_phone(name) for name in phone_names()]
    return [phone for phone in phones if FAULTS[fault_name].fits(phone) is None]


@pytest.mark.parametrize("fault_name", one_in(10, MINE))
def test_every_fault_is_found_and_nothing_else_is_called_broken(fault_name: str) -> None:
    fault = FAULTS[fault_name]
    phones = _fitting(fault_name)
    assert phones, f"no virtual phone can have {fault_name}"
    for phone in phones:
        apply_fault(phone, fault_name)
        results = judge_all(phone)
        found = [name for name in fault.found_by if results[name].outcome in ACCUSED]
        assert found, (phone.name, {name: results[name].outcome for name in fault.found_by})
        others = results.keys() - set(fault.found_by)
        assert [name for name in others if results[name].outcome in ACCUSED] == [], phone.name
        assert [n for n, r in results.items() if r.outcome is Outcome.ERROR] == [], phone.name


def test_there_are_faults_for_every_area() -> None:
    areas = {probe.partition(".")[0] for name in MINE for probe in FAULTS[name].found_by}
    assert areas == set(AREAS)
    assert len(MINE) >= 35


@pytest.mark.parametrize("phone_name", phone_names())
def test_a_fault_of_a_declared_part_is_a_verdict_on_a_makers_image(phone_name: str) -> None:
    phone = build_phone(phone_name, ["sensor-gyroscope-missing", "camera-front-missing"])
    results = judge_all(phone)
    expected = Outcome.ATTENTION if phone_name == "emulator-14" else Outcome.FAIL
    assert results["sensor.census"].outcome is expected
    assert results["camera.census"].outcome is expected


def test_the_worst_of_two_faults_shows_in_both_probes() -> None:
    results = judge_all(build_phone("xiaomi-13", ["touch-dead", "cameras-none"]))
    assert results["touch.panel"].outcome is Outcome.FAIL
    assert results["camera.census"].outcome is Outcome.FAIL


@pytest.mark.parametrize(
    "system", ["gsi-system", "dsu-running", "community-system", "test-keys", "verified-boot-orange"]
)
def test_what_a_foreign_system_does_not_serve_is_never_a_verdict(system: str) -> None:
    """Its drivers may be missing: the parts may be whole, so nothing here may cost money."""
    missing = ("sensor-gyroscope-missing", "camera-front-missing", "sensor-step-counter-missing")
    report = report_of("pixel-9", (system, *missing))
    failed = {r.probe for r in report.results if r.outcome is Outcome.FAIL}
    assert not failed & {f"{area}.{name}" for area in AREAS for name in ("census", "panel")}
    assert {c.confidence for c in report.faults if c.kind == "hardware"} <= {"possible"}
    own = report_of("pixel-9", missing)
    assert {"sensor.census", "camera.census"} <= {
        r.probe for r in own.results if r.outcome is Outcome.FAIL
    }


def test_all_sensors_silent_on_a_generic_image_is_no_dead_hub() -> None:
    report = report_of("pixel-9", ("gsi-system", "sensors-all-dead"))
    assert [r.probe for r in report.results if r.outcome is Outcome.FAIL] == []
    assert {c.confidence for c in report.faults} <= {"possible"}

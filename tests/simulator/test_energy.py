"""Battery, charging, port, heat and trade-in against every virtual phone, healthy and faulty."""

from __future__ import annotations

import pytest
from tests.simulator.inprocess import probe_virtual
from tests.thinning import one_in

from diagnose.errors import UsageError
from diagnose.knowledge.probes import load_probes
from diagnose.model.outcome import Outcome
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.registry import FAULTS, load_areas
from diagnose.simulator.shell import run_command
from diagnose.simulator.state.battery import Battery
from diagnose.testing import NOW, measurement

load_areas()
AREAS = ("battery", "charging", "usb", "thermal", "tradein")
PROBES = sorted(name for name in load_probes() if name.split(".")[0] in AREAS)
OURS = sorted(name for name, fault in FAULTS.items() if fault.found_by[0].split(".")[0] in AREAS)
BAD = (Outcome.ATTENTION, Outcome.FAIL)
# What else a fault truly shows in, beside the probes that must find it.
ALSO = {
    "battery-dead": {"charging.state"},
    "battery-overheat": {"thermal.temperatures"},
    "battery-cold": {"charging.state"},
    "battery-overvoltage": {"charging.state"},
    "battery-gauge-dead": {"thermal.sensors"},
    "thermal-hot-skin": {"thermal.temperatures"},
}


@pytest.mark.parametrize("name", phone_names())
def test_healthy_phone_raises_nothing(name: str) -> None:
    phone = build_phone(name, now=NOW)
    for probe in PROBES:
        result = probe_virtual(phone, probe)
        assert result.outcome not in (*BAD, Outcome.ERROR), (probe, result)


@pytest.mark.parametrize("name", sorted(set(phone_names()) - {"emulator-14"}))
def test_sold_phone_passes_what_it_can_tell(name: str) -> None:
    phone = build_phone(name, now=NOW)
    for probe in ("battery.state", "battery.forced", "charging.state", "thermal.temperatures"):
        assert probe_virtual(phone, probe).outcome is Outcome.PASS, probe
    health = probe_virtual(phone, "battery.health")
    expected = Outcome.OBSERVED if name == "mate-40-pro" else Outcome.PASS  # an estimate only
    assert health.outcome is expected
    assert measurement(health, "state_of_health").value is not None
    assert probe_virtual(phone, "battery.current").outcome in (Outcome.OBSERVED, Outcome.NOT_RUN)


@pytest.mark.parametrize("fault", OURS)
@pytest.mark.parametrize("name", one_in(9, phone_names()))
def test_fault_is_found_by_its_probe_and_no_other(name: str, fault: str) -> None:
    if FAULTS[fault].fits(build_phone(name, now=NOW)):
        with pytest.raises(UsageError):
            build_phone(name, [fault], now=NOW)
        return
    phone = build_phone(name, [fault], now=NOW)
    found_by = set(FAULTS[fault].found_by)
    bad = {probe for probe in PROBES if probe_virtual(phone, probe).outcome in BAD}
    assert bad & found_by, (bad, found_by)
    assert bad <= found_by | ALSO.get(fault, set())
    assert not [p for p in PROBES if probe_virtual(phone, p).outcome is Outcome.ERROR]


@pytest.mark.parametrize("fault", OURS)
def test_fault_fits_some_phone(fault: str) -> None:
    assert any(FAULTS[fault].fits(build_phone(name, now=NOW)) is None for name in phone_names())


def test_worn_battery_shows_in_every_source_of_a_pixel_9() -> None:
    result = probe_virtual(build_phone("pixel-9", ["battery-worn"], now=NOW), "battery.health")
    readings = measurement(result, "state_of_health").readings
    assert len({reading.source for reading in readings}) >= 4
    assert all(reading.value == pytest.approx(72, abs=1) for reading in readings)
    assert result.outcome is Outcome.FAIL


def test_estimate_alone_is_never_judged() -> None:
    phone = build_phone("mate-40-pro", now=NOW)
    phone[Battery].wear_to(60, 900)
    result = probe_virtual(phone, "battery.health")
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "state_of_health").value == pytest.approx(60, abs=2)


def test_forced_values_are_never_evidence() -> None:
    result = probe_virtual(build_phone("pixel-9", ["battery-forced"], now=NOW), "battery.state")
    assert {m.outcome for m in result.measurements if m.value is not None} == {Outcome.OBSERVED}
    assert all(m.simulated for m in result.measurements if m.value is not None)


def test_silent_gauge_leaves_wear_unknown() -> None:
    for name in ("pixel-3", "pixel-9", "galaxy-s23", "redmi-note-8-pro", "mate-40-pro"):
        phone = build_phone(name, ["battery-gauge-dead"], now=NOW)
        assert probe_virtual(phone, "battery.health").outcome is Outcome.NOT_RUN, name


def test_zero_cycles_are_unknown() -> None:
    phone = build_phone("pixel-9", now=NOW)
    from diagnose.simulator.state.battery import Battery

    phone[Battery].cycles = 0
    assert measurement(probe_virtual(phone, "battery.health"), "cycles").value is None


def test_negative_charging_current_is_noted_not_judged() -> None:
    result = probe_virtual(build_phone("xiaomi-13", now=NOW), "battery.current")
    now = measurement(result, "now")
    assert now.value == -480
    assert now.note is not None
    assert result.outcome is Outcome.OBSERVED


def test_refusals_are_those_of_the_phone() -> None:
    assert (
        b"Can't find service"
        in run_command(build_phone("pixel-3", now=NOW), "dumpsys thermalservice").stderr
    )
    refused = probe_virtual(build_phone("xiaomi-13", now=NOW), "battery.parts")
    assert refused.outcome is Outcome.NOT_RUN

"""The radio probes against every virtual phone, healthy, odd and with faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.simulator.inprocess import probe_virtual
from tests.thinning import one_in

from diagnose.errors import Reason, UsageError
from diagnose.knowledge.probes import load_probes
from diagnose.model.outcome import Outcome
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, load_areas
from diagnose.simulator.state.features import SimulatedFeatures
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.simulator.state.radio import POWER_OFF, Radio
from diagnose.testing import NOW, measurement

load_areas()
PROBES = sorted(name for name in load_probes() if name.startswith("radio."))
OURS = sorted(name for name, fault in FAULTS.items() if fault.found_by[0].startswith("radio."))
JUDGED = (Outcome.ATTENTION, Outcome.FAIL, Outcome.ERROR)


def phone_with(name: str, *faults: str) -> Phone:
    return build_phone(name, faults, now=NOW)


def outcomes(phone: Phone) -> dict[str, Outcome]:
    return {probe: probe_virtual(phone, probe).outcome for probe in PROBES}


def judged(phone: Phone) -> dict[str, Outcome]:
    return {probe: outcome for probe, outcome in outcomes(phone).items() if outcome in JUDGED}


@pytest.mark.parametrize("name", phone_names())
def test_a_healthy_phone_is_called_healthy(name: str) -> None:
    found = outcomes(phone_with(name))
    assert {probe: o for probe, o in found.items() if o in JUDGED} == {}
    for probe in ("radio.baseband", "radio.sim", "radio.service", "radio.wifi", "radio.bluetooth"):
        assert found[probe] is Outcome.PASS, probe


def set_airplane(phone: Phone) -> None:
    phone[Radio].airplane = True
    for slot in phone[Radio].sims:
        slot.service = POWER_OFF
        slot.state = "NOT_READY"


def take_sims_out(phone: Phone) -> None:
    for slot in phone[Radio].sims:
        slot.state = "ABSENT"
        slot.service = 1


def switch_all_off(phone: Phone) -> None:
    radio = phone[Radio]
    radio.wifi_on = radio.wifi_chip = radio.bluetooth_on = False
    if radio.nfc is not None:
        radio.nfc = "off"


def be_a_wifi_tablet(phone: Phone) -> None:
    phone[Radio].modem_fitted = False
    declared = phone[SimulatedFeatures].declared
    phone[SimulatedFeatures].declared = tuple(
        entry for entry in declared if "telephony" not in entry and ".nfc" not in entry
    )


def hide_everything(phone: Phone) -> None:
    phone[Radio].hals_readable = phone[Radio].interfaces_readable = False


@pytest.mark.parametrize("name", phone_names())
@pytest.mark.parametrize(
    "odd", [set_airplane, take_sims_out, switch_all_off, be_a_wifi_tablet, hide_everything]
)
def test_a_healthy_but_odd_phone_is_never_called_faulty(
    name: str, odd: Callable[[Phone], None]
) -> None:
    phone = phone_with(name)
    odd(phone)
    assert judged(phone) == {}


def test_a_modem_that_publishes_nothing_in_flight_mode_is_not_judged() -> None:
    phone = phone_with("galaxy-s23")
    set_airplane(phone)
    phone[Radio].baseband = ""
    result = probe_virtual(phone, "radio.baseband")
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DEPENDENCY)


def test_a_wifi_tablet_has_no_modem_to_judge() -> None:
    phone = phone_with("pixel-9")
    be_a_wifi_tablet(phone)
    for probe in ("baseband", "sim", "service", "signal", "imei", "modem_process", "nfc"):
        assert probe_virtual(phone, f"radio.{probe}").outcome is Outcome.NOT_APPLICABLE, probe


@pytest.mark.parametrize("fault", OURS)
@pytest.mark.parametrize("name", one_in(9, phone_names()))
def test_a_fault_is_found_on_every_phone_that_can_have_it(name: str, fault: str) -> None:
    if FAULTS[fault].fits(phone_with(name)):
        with pytest.raises(UsageError):
            phone_with(name, fault)
        return
    found = judged(phone_with(name, fault))
    assert set(found) & set(FAULTS[fault].found_by), found
    assert Outcome.ERROR not in found.values()


@pytest.mark.parametrize("fault", OURS)
def test_only_what_is_certain_fails(fault: str) -> None:
    certain = {
        "baseband-dead": {"radio.baseband", "radio.imei"},
        "imei-lost": {"radio.imei"},
        "wifi-chip-dead": {"radio.wifi"},
    }
    for name in phone_names():
        if FAULTS[fault].fits(phone_with(name)) is None:
            found = judged(phone_with(name, fault))
            failed = {probe for probe, outcome in found.items() if outcome is Outcome.FAIL}
            assert failed <= certain.get(fault, set()), name


@pytest.mark.parametrize("name", sorted(set(phone_names()) - {"emulator-14"}))
def test_a_dead_modem_and_a_dead_wifi_chip_fail_on_sold_phones(name: str) -> None:
    assert judged(phone_with(name, "baseband-dead"))["radio.baseband"] is Outcome.FAIL
    # Before Android 11 only a listing without an end tells of it: that accuses nobody for sure.
    tells = phone_with(name)[SimulatedIdentity].sdk >= 30
    wifi = judged(phone_with(name, "wifi-chip-dead"))["radio.wifi"]
    assert wifi is (Outcome.FAIL if tells else Outcome.ATTENTION)


def test_there_are_enough_faults_and_each_fits_some_phone() -> None:
    assert len(OURS) >= 16
    for fault in OURS:
        assert any(FAULTS[fault].fits(phone_with(name)) is None for name in phone_names()), fault


@pytest.mark.parametrize(
    ("name", "level", "network"),
    [("pixel-9", -97, "NR"), ("pixel-3", -101, "LTE"), ("p30-pro", -95, "LTE")],
)
def test_the_level_is_read_in_every_form(name: str, level: int, network: str) -> None:
    result = probe_virtual(phone_with(name), "radio.signal")
    assert measurement(result, "level.1").value == level
    assert measurement(result, "network.1").value == network


def test_old_android_has_no_wifi_status_but_its_interface() -> None:
    result = probe_virtual(phone_with("pixel-3"), "radio.wifi")
    assert measurement(result, "chip").value is True
    assert [m.id for m in result.measurements] == ["radio.wifi.chip"]

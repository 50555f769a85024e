"""Identity, integrity and system probes against every virtual phone, healthy and with faults."""

from __future__ import annotations

import pytest
from tests.simulator.inprocess import probe_virtual
from tests.thinning import one_in

from diagnose.errors import Reason, UsageError
from diagnose.judging.identity import identify
from diagnose.knowledge.probes import load_probes
from diagnose.model.outcome import Outcome
from diagnose.parsers.getprop import parse_getprop
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, load_areas
from diagnose.simulator.shell import run_command
from diagnose.simulator.state.identity import SimulatedIdentity
from diagnose.testing import NOW, measurement
from diagnose.text import decode

load_areas()
AREAS = ("identity", "integrity", "system")
PROBES = sorted(name for name in load_probes() if name.split(".")[0] in AREAS)
OURS = sorted(name for name, fault in FAULTS.items() if fault.found_by[0].split(".")[0] in AREAS)
# Phones whose makers sent the last patch years before the test's "now": attention is right.
LONG_UNPATCHED = {"pixel-3", "p30-pro", "redmi-note-8-pro"}
JUDGED = (Outcome.ATTENTION, Outcome.FAIL, Outcome.ERROR)


def phone_with(name: str, *faults: str) -> Phone:
    return build_phone(name, faults, now=NOW)


@pytest.mark.parametrize("name", phone_names())
def test_healthy_phone_raises_attention_only_for_its_old_patch(name: str) -> None:
    phone = phone_with(name)
    judged = {
        probe: result.outcome
        for probe in PROBES
        if (result := probe_virtual(phone, probe)).outcome in JUDGED
    }
    expected = {"system.patch_age": Outcome.ATTENTION} if name in LONG_UNPATCHED else {}
    assert judged == expected


@pytest.mark.parametrize("name", sorted(set(phone_names()) - {"emulator-14"}))
def test_sold_phone_passes_what_is_judged(name: str) -> None:
    phone = phone_with(name)
    for probe in ("integrity.verified_boot", "integrity.bootloader", "integrity.build"):
        assert probe_virtual(phone, probe).outcome is Outcome.PASS, probe
    assert probe_virtual(phone, "integrity.encryption").outcome is Outcome.PASS
    assert probe_virtual(phone, "system.webview").outcome is Outcome.PASS


@pytest.mark.parametrize("fault", OURS)
@pytest.mark.parametrize("name", phone_names())
def test_fault_is_found_on_every_phone_that_can_have_it(name: str, fault: str) -> None:
    if FAULTS[fault].fits(phone_with(name)):
        with pytest.raises(UsageError):
            phone_with(name, fault)
        return
    phone = phone_with(name, fault)
    outcomes = {probe: probe_virtual(phone, probe).outcome for probe in FAULTS[fault].found_by}
    assert set(outcomes.values()) & {Outcome.ATTENTION, Outcome.FAIL}, outcomes


@pytest.mark.parametrize("fault", one_in(4, OURS))
def test_no_probe_calls_changed_software_a_fault_but_red(fault: str) -> None:
    for name in phone_names():
        if FAULTS[fault].fits(phone_with(name)):
            continue
        phone = phone_with(name, fault)
        failed = [p for p in PROBES if probe_virtual(phone, p).outcome is Outcome.FAIL]
        assert failed == (["integrity.verified_boot"] if fault == "verified-boot-red" else [])


def test_there_are_enough_faults_and_each_fits_some_phone() -> None:
    assert len(OURS) >= 16
    for fault in OURS:
        assert any(FAULTS[fault].fits(phone_with(name)) is None for name in phone_names()), fault


def test_emulator_is_no_phone_to_judge() -> None:
    phone = phone_with("emulator-14")
    assert measurement(probe_virtual(phone, "identity.device"), "emulator").value is True
    for probe in ("integrity.verified_boot", "integrity.build", "system.patch_age"):
        assert probe_virtual(phone, probe).outcome is Outcome.NOT_APPLICABLE


def test_mate_40_refuses_the_shell_and_says_so() -> None:
    result = probe_virtual(phone_with("mate-40-pro"), "integrity.selinux")
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


@pytest.mark.parametrize("name", phone_names())
def test_identity_of_the_virtual_phone(name: str) -> None:
    phone = phone_with(name)
    who = identify(parse_getprop(decode(stdout(phone, "getprop"))))
    state = phone[SimulatedIdentity]
    assert (who.brand, who.model) == (state.brand, state.model)
    assert who.security_patch == state.security_patch
    assert who.emulator is (name == "emulator-14")


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("pixel-9", "Android 16"),
        ("mate-40-pro", "HarmonyOS 4.2.0"),
        ("p30-pro", "EMUI 10.1.0"),
        ("xiaomi-13", "HyperOS 2.0.204.0"),
        ("redmi-note-8-pro", "MIUI 12.5.8.0"),
        ("galaxy-s23", "One UI 6.1"),
        ("emulator-14", "Android 14"),
    ],
)
def test_system_version_of_the_virtual_phone(name: str, system: str) -> None:
    result = probe_virtual(phone_with(name), "system.version")
    assert measurement(result, "system").value == system


def stdout(phone: Phone, command: str) -> bytes:
    output = run_command(phone, command).stdout
    return output if isinstance(output, bytes) else b"".join(output)

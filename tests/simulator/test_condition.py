"""Storage, memory, processor, stability and software probes against every virtual phone."""

from __future__ import annotations

import pytest
from tests.simulator.inprocess import probe_virtual
from tests.thinning import one_in

from diagnose.errors import Reason, UsageError
from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FAULTS, load_areas
from diagnose.simulator.shell import run_command
from diagnose.simulator.state.cpu import Cpu
from diagnose.simulator.state.memory import Memory
from diagnose.simulator.state.stability import Stability
from diagnose.simulator.state.storage import Storage
from diagnose.testing import NOW, bundled_probes, measurement

load_areas()
AREAS = ("storage", "memory", "cpu", "stability", "software")
PROBES = sorted(name for name in bundled_probes() if name.split(".")[0] in AREAS)
OURS = sorted(name for name, fault in FAULTS.items() if fault.found_by[0].split(".")[0] in AREAS)
JUDGED = (Outcome.ATTENTION, Outcome.FAIL, Outcome.ERROR)


def phone_with(name: str, *faults: str) -> Phone:
    return build_phone(name, faults, now=NOW)


def judged(phone: Phone, probe: str) -> ProbeResult:
    """Judge as with a profile that knows what this model was sold with."""
    facts: dict[str, dict[str, Value]] = {
        "memory.ram": {"memory_gb": phone[Memory].nominal_gb},
        "cpu.cores": {"cpu_cores": phone[Cpu].possible},
    }
    return probe_virtual(phone, probe, facts.get(probe))


@pytest.mark.parametrize("name", phone_names())
def test_healthy_phone_raises_nothing(name: str) -> None:
    phone = phone_with(name)
    outcomes = {probe: judged(phone, probe).outcome for probe in PROBES}
    assert {probe: o for probe, o in outcomes.items() if o in JUDGED} == {}


@pytest.mark.parametrize("name", phone_names())
def test_healthy_phone_of_an_unknown_model_raises_nothing(name: str) -> None:
    phone = phone_with(name)
    outcomes = {probe: probe_virtual(phone, probe).outcome for probe in PROBES}
    assert {probe: o for probe, o in outcomes.items() if o in JUDGED} == {}


@pytest.mark.parametrize("fault", OURS)
@pytest.mark.parametrize("name", one_in(9, phone_names()))
def test_fault_is_found_and_nothing_else_is_accused(name: str, fault: str) -> None:
    if FAULTS[fault].fits(phone_with(name)):
        with pytest.raises(UsageError):
            phone_with(name, fault)
        return
    phone = phone_with(name, fault)
    outcomes = {probe: judged(phone, probe).outcome for probe in PROBES}
    accused = {probe for probe, o in outcomes.items() if o in JUDGED}
    assert accused & set(FAULTS[fault].found_by)
    assert accused <= set(FAULTS[fault].found_by)


@pytest.mark.parametrize(
    ("fault", "probe"),
    [
        ("storage-eol", "storage.wear"),
        ("memory-module-missing", "memory.ram"),
        ("cpu-core-missing", "cpu.cores"),
    ],
)
def test_what_is_sourced_fails(fault: str, probe: str) -> None:
    assert judged(phone_with("xiaomi-13", fault), probe).outcome is Outcome.FAIL


def test_storage_full_never_fails() -> None:
    assert judged(phone_with("pixel-9", "storage-full"), "storage.space").outcome is (
        Outcome.ATTENTION
    )


def test_storage_full_leaves_no_room_for_an_update() -> None:
    assert judged(phone_with("pixel-9"), "system.update").outcome is Outcome.PASS
    assert judged(phone_with("pixel-9", "storage-full"), "system.update").outcome is (
        Outcome.ATTENTION
    )


def test_two_faults_at_once_are_both_found() -> None:
    phone = phone_with("pixel-9", "storage-worn", "boots-undervoltage")
    assert judged(phone, "storage.wear").outcome is Outcome.ATTENTION
    assert judged(phone, "stability.boot_history").outcome is Outcome.ATTENTION


def test_wear_is_denied_where_the_maker_keeps_it() -> None:
    result = judged(phone_with("galaxy-s23"), "storage.wear")
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_chip_that_defines_no_estimate_is_not_called_new() -> None:
    phone = phone_with("xiaomi-13")
    storage = phone[Storage]
    storage.life_a = storage.life_b = storage.end_of_life = 0
    assert judged(phone, "storage.wear").outcome is Outcome.NOT_RUN


def test_emmc_phone_shows_both_registers() -> None:
    phone = phone_with("redmi-note-8-pro")
    storage = phone[Storage]
    storage.is_emmc, storage.wear_folder = True, "/sys/class/block/mmcblk0/device"
    result = judged(phone, "storage.wear")
    assert measurement(result, "life_estimate").value == 5
    assert measurement(result, "end_of_life").value == 1


def test_all_but_one_core_asleep_is_healthy() -> None:
    phone = phone_with("p30-pro")
    phone[Cpu].asleep = tuple(range(1, 8))
    assert judged(phone, "cpu.cores").outcome is Outcome.PASS


def test_android_9_shows_a_panic_without_a_history() -> None:
    phone = phone_with("pixel-3", "boots-panic")
    assert not phone[Stability].keeps_history
    result = judged(phone, "stability.boot_history")
    assert measurement(result, "last_start").value == "kernel_panic"


def test_clock_of_a_virtual_phone_runs_on() -> None:
    phone = phone_with("pixel-9")
    output = run_command(phone, "date +%s").stdout
    assert isinstance(output, bytes)
    assert 0 <= int(output) - NOW.timestamp() < 60

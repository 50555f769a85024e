"""Cores that are missing against cores that sleep."""

from __future__ import annotations

from diagnose.knowledge.probes import load_probes
from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.requests import Shell
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

LISTS, CPUINFO, GETPROP = (
    request.command
    for request in load_probes()["cpu.cores"].probe.requests
    if isinstance(request, Shell)
)


def cores(
    possible: str,
    present: str,
    online: str,
    *,
    sold: Value | None = None,
    props: str = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n",
) -> ProbeResult:
    folder = "/sys/devices/system/cpu"
    text = f"{folder}/possible:{possible}\n{folder}/present:{present}\n{folder}/online:{online}\n"
    facts = {} if sold is None else {"cpu_cores": sold}
    return interpret_probe("cpu.cores", {LISTS: text, GETPROP: props}, facts=facts)


def test_sleeping_cores_are_normal() -> None:
    result = cores("0-7", "0-7", "0-3", sold=8)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "online").value == 4


def test_core_that_does_not_start_fails_where_the_model_is_known() -> None:
    result = cores("0-7", "0-6", "0-6", sold=8)
    assert result.outcome is Outcome.FAIL
    assert measurement(result, "cores").value == 7


def test_core_that_does_not_start_raises_attention_on_an_unknown_model() -> None:
    assert cores("0-7", "0-2,4-7", "0-2").outcome is Outcome.ATTENTION


def test_kernel_with_spare_entries_passes_where_the_model_is_known() -> None:
    assert cores("0-7", "0-5", "0-5", sold=6).outcome is Outcome.PASS


def test_emulator_with_fewer_cores_than_possible_is_observed() -> None:
    result = cores("0-15", "0-3", "0-3", props="[ro.kernel.qemu]: [1]\n")
    assert result.outcome is Outcome.OBSERVED


def test_online_cores_alone_give_no_verdict() -> None:
    answers: dict[str, str | bytes | Reply] = {
        LISTS: denied(LISTS),
        CPUINFO: "processor\t: 0\nHardware\t: sun8i\n",
    }
    result = interpret_probe("cpu.cores", answers, facts={"cpu_cores": 4})
    assert result.outcome is Outcome.NOT_RUN
    assert measurement(result, "online").value == 1


def test_serial_number_of_old_kernels_is_not_asked_for() -> None:
    assert "Serial" not in CPUINFO
    assert not CPUINFO.startswith("cat")

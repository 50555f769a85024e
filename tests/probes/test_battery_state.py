"""battery.state: what the gauge says, and when it is not believed."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.criterion import Value
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

HEALTHY = {
    "AC powered": "false",
    "USB powered": "true",
    "status": "2",
    "health": "2",
    "present": "true",
    "level": "64",
    "scale": "100",
    "voltage": "3921",
    "temperature": "271",
    "technology": "Li-ion",
}


def judge(
    head: str = "",
    characteristics: str = "default",
    facts: dict[str, Value] | None = None,
    **changed: str,
) -> ProbeResult:
    lines = "".join(f"  {key}: {value}\n" for key, value in (HEALTHY | changed).items())
    output = f"Current Battery Service state:\n{head}{lines}"
    props = f"[ro.build.characteristics]: [{characteristics}]\n"
    return interpret_probe(
        "battery.state", {"dumpsys battery": output, "getprop": props}, facts=facts
    )


def test_healthy_battery_passes_with_its_evidence() -> None:
    result = judge()
    assert result.outcome is Outcome.PASS
    level = measurement(result, "level")
    assert (level.value, level.evidence[0].raw, level.evidence[0].line) == (64, "level: 64", 7)
    assert measurement(result, "temperature").value == 27.1


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("1", Outcome.PASS),  # the code is unknown; temperature and presence still pass
        ("3", Outcome.PASS),  # 27.1 °C: the code protects, nothing is hot
        ("4", Outcome.FAIL),
        ("5", Outcome.FAIL),
        ("6", Outcome.FAIL),
        ("7", Outcome.PASS),
        ("11", Outcome.NOT_RUN),  # NOT_AVAILABLE since Android 16
        ("99", Outcome.NOT_RUN),  # a code nobody knows is no "good"
    ],
)
def test_health_codes(code: str, outcome: Outcome) -> None:
    assert judge(health=code).outcome is outcome


@pytest.mark.parametrize(
    ("code", "tenths", "outcome"),
    [
        ("3", "480", Outcome.ATTENTION),
        ("3", "0", Outcome.ATTENTION),
        ("3", "250", Outcome.OBSERVED),
        ("7", "-20", Outcome.ATTENTION),
        ("7", "250", Outcome.OBSERVED),
    ],
)
def test_heat_and_cold_count_where_the_thermometer_agrees(
    code: str, tenths: str, outcome: Outcome
) -> None:
    assert measurement(judge(health=code, temperature=tenths), "health").outcome is outcome


def test_a_policy_that_spares_the_battery_explains_a_code_of_heat() -> None:
    found = measurement(judge("  Charging policy: 4\n", health="3", temperature="430"), "health")
    assert (found.outcome, found.note is not None) == (Outcome.OBSERVED, True)


@pytest.mark.parametrize("level", ["0", "1", "50", "100"])
def test_a_gauge_of_zeros_is_silent_whatever_level_the_kernel_makes_up(level: str) -> None:
    result = judge(voltage="0", temperature="0", level=level)
    assert measurement(result, "gauge").value == "silent"
    assert result.outcome is Outcome.ATTENTION


def test_a_dump_cut_before_its_numbers_is_not_plausible() -> None:
    output = "Current Battery Service state:\n  AC powered: false\n  level: 50\n  volt"
    result = interpret_probe("battery.state", {"dumpsys battery": output})
    assert measurement(result, "gauge").outcome is Outcome.NOT_RUN


def test_unknown_health_code_never_passes_itself() -> None:
    assert measurement(judge(health="1"), "health").outcome is Outcome.OBSERVED
    assert measurement(judge(health="99"), "health").outcome is Outcome.NOT_RUN


@pytest.mark.parametrize(
    ("tenths", "outcome"),
    [
        ("450", Outcome.PASS),
        ("451", Outcome.ATTENTION),
        ("601", Outcome.FAIL),
        ("-1", Outcome.ATTENTION),
        ("0", Outcome.NOT_RUN),
        ("-2740", Outcome.NOT_RUN),
    ],
)
def test_temperatures(tenths: str, outcome: Outcome) -> None:
    assert measurement(judge(temperature=tenths), "temperature").outcome is outcome


def test_placeholder_gauge_is_not_believed() -> None:
    result = judge(voltage="13", temperature="26")
    assert result.outcome is Outcome.ATTENTION
    assert measurement(result, "gauge").value == "placeholder"
    assert measurement(result, "level").value is None


def test_silent_gauge_is_not_believed() -> None:
    result = judge(voltage="0", temperature="0", level="0")
    assert measurement(result, "gauge").value == "silent"
    assert measurement(result, "level").outcome is Outcome.NOT_RUN


def test_missing_voltage_alone_is_no_fault_and_no_pass() -> None:
    result = judge(voltage="0")
    assert result.outcome is Outcome.NOT_RUN
    assert measurement(result, "voltage").value is None


def test_battery_that_is_not_seen_fails() -> None:
    result = judge(present="false", level="50", temperature="250")
    assert result.outcome is Outcome.FAIL
    assert measurement(result, "level").value is None


def test_television_has_no_battery() -> None:
    assert judge(characteristics="tv,nosdcard", present="false").outcome is Outcome.NOT_APPLICABLE


def test_forced_values_are_only_shown() -> None:
    result = judge("  (UPDATES STOPPED -- use 'reset' to restart)\n", health="4")
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "health").simulated


def test_other_scale() -> None:
    assert measurement(judge(level="128", scale="255"), "level").value == 50
    assert measurement(judge(level="101"), "level").value is None


@pytest.mark.parametrize(
    ("reply", "reason"),
    [(denied("dumpsys battery"), Reason.DENIED), (absent("battery"), Reason.UNSUPPORTED)],
)
def test_refused_is_not_run(reply: object, reason: Reason) -> None:
    result = interpret_probe("battery.state", {"dumpsys battery": reply})  # type: ignore[dict-item]
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, reason)


@pytest.mark.parametrize(
    ("head", "mah"),
    [
        ("  Charge counter: 2540000\n", 2540),
        ("  Charge counter: 2540\n", 2540),  # a phone that counts in mAh
        ("  charge counter: 2540000\n", 2540),
        ("  Charge counter: 0\n  charge counter: 2540000\n", 2540),
        ("  Charge counter: 2540000\n  charge counter: 99\n", 2540),
        ("  Charge counter: -2540000\n", None),
        ("  Charge counter: 10800000\n", None),  # 2.7 times the full charge
        ("  Charge counter: 25000\n", None),  # 25 mAh or 39 Ah: neither is at 64 %
        ("  Charge counter: -2147483648\n", None),
        ("  Charge counter: 9999999999999999\n", None),
        ("  Charge counter: \n", None),
        ("", None),
    ],
)
def test_charge_in_the_battery(head: str, mah: float | None) -> None:
    result = judge(head, facts={"battery_typical_mah": 4000})
    counter = measurement(result, "counter")
    assert counter.value == mah
    assert counter.outcome is (Outcome.NOT_RUN if mah is None else Outcome.OBSERVED)
    assert result.outcome is Outcome.PASS


def test_charge_of_an_empty_battery_is_not_read_in_the_wrong_unit() -> None:
    empty = judge("  Charge counter: 18000\n", level="0", voltage="3300")
    assert measurement(empty, "counter").value is None


def test_charge_without_a_known_capacity_is_only_bounded() -> None:
    assert measurement(judge("  Charge counter: 10800000\n"), "counter").value == 10_800


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Capacity level: 1", "capacity_level", "critical"),
        ("Capacity level: 5", "capacity_level", "full"),
        ("Charging state: 1", "charging_state", "normal"),
        ("Charging state: 3", "charging_state", "too hot"),
        ("Charging state: 4", "charging_state", "long life"),
    ],
)
def test_what_few_phones_tell_is_shown(line: str, name: str, value: str) -> None:
    output = measurement(judge(f"  {line}\n"), name)
    assert (output.value, output.outcome, output.evidence[0].raw) == (value, Outcome.OBSERVED, line)


@pytest.mark.parametrize(
    "line", ["Capacity level: -1", "Capacity level: 0", "Capacity level: 9", "Charging state: 0"]
)
def test_what_a_phone_does_not_tell_is_left_out(line: str) -> None:
    names = {m.id.rpartition(".")[2] for m in judge(f"  {line}\n").measurements}
    assert not names & {"capacity_level", "charging_state"}

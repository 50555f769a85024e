"""battery.charge_flow: the counter shows the unit and the sign of the currents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.probes.test_battery_current import parcel
from tests.simulator.inprocess import probe_virtual

from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply, ReplyStatus
from diagnose.model.result import ProbeResult
from diagnose.parsers.battery.charge_flow import learn_flow
from diagnose.parsers.battery.charge_units import Scale
from diagnose.simulator.building import build_phone, phone_names
from diagnose.simulator.state.battery import Battery
from diagnose.testing import denied, interpret_probe, measurement

CALL = "service call batteryproperties 1 i32"


def watched(
    current: Callable[[int], int], counter: Callable[[int], int], *, by_call: bool = True
) -> ProbeResult:
    """Half a minute of a phone that tells these numbers at each second."""
    names = (f"{CALL} 2", f"{CALL} 1") if by_call else _COMMANDS
    every = (2, 5) if by_call else (3, 5)
    answers = {
        f"{name} #{number}": _reply(name, second, told(second), by_call=by_call)
        for name, step, told in zip(names, every, (current, counter), strict=True)
        for number, second in enumerate(range(0, 31, step), 1)
    }
    return interpret_probe("battery.charge_flow", answers)


_COMMANDS = ("cmd battery get -f current_now", "cmd battery get -f counter")


def _reply(name: str, second: int, number: int, *, by_call: bool) -> Reply:
    words = parcel(number) if by_call else f"{number}\n"
    return Reply(name, ReplyStatus.COMPLETE, words.encode(), started_ms=second * 1000, exit_code=0)


@pytest.mark.parametrize("by_call", [True, False])
@pytest.mark.parametrize(("unit", "factor"), [("µA", 1000), ("mA", 1)])
@pytest.mark.parametrize("sign", ["positive", "negative"])
def test_unit_and_sign_are_learned(unit: str, factor: int, sign: str, *, by_call: bool) -> None:
    told = 400 * factor * (1 if sign == "positive" else -1)
    result = watched(
        lambda _: told, lambda second: 3_000_000 + second * 400_000 // 3600, by_call=by_call
    )
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "unit").value == unit
    assert measurement(result, "sign").value == sign
    assert measurement(result, "learned").value is True
    assert measurement(result, "mean").value == 400.0  # it charges, however the phone counts


def test_a_counter_in_milliampere_hours_is_understood() -> None:
    result = watched(lambda _: -3_000_000, lambda second: 3000 - second * 3000 // 3600)
    assert measurement(result, "unit").value == "µA"
    assert measurement(result, "mean").value == -3000.0


def test_a_counter_that_rests_teaches_nothing() -> None:
    """A full battery: what the current's size says stands there, marked as that."""
    result = watched(lambda _: 41_000, lambda _: 3_000_000)
    assert measurement(result, "unit").value == "µA"
    assert measurement(result, "learned").value is False
    assert not [m for m in result.measurements if m.id.endswith(".sign")]


def test_no_phone_moves_more_than_it_can() -> None:
    """A nearly empty battery counts 12 mAh as 12000 µAh: that is no counter in mAh."""
    result = watched(lambda _: 480_000, lambda second: 12_000 + second * 133)
    assert measurement(result, "learned").value is False
    assert measurement(result, "unit").value == "µA"


def test_a_lost_phone_is_the_reason() -> None:
    answers = {f"{CALL} 2 #{n}": Reply("x", ReplyStatus.LOST) for n in range(5, 17)}
    assert interpret_probe("battery.charge_flow", answers).reason == "device_lost"


def test_a_counter_that_fits_neither_unit_is_not_believed() -> None:
    result = watched(lambda _: 400_000, lambda second: 3_000_000 + second * 7_000)
    assert measurement(result, "learned").value is False


@pytest.mark.parametrize("number", [0, -(2**31), -(2**63)])
def test_a_phone_that_tells_no_current_has_none(number: int) -> None:
    result = watched(lambda _: number, lambda second: 3_000_000 + second * 100)
    assert result.outcome is Outcome.NOT_RUN


def test_a_refusal_is_the_reason() -> None:
    answers = {
        f"{CALL} {which} #{n}": denied("service call") for which in (1, 2) for n in range(17)
    }
    result = interpret_probe("battery.charge_flow", answers)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, "denied")


@pytest.mark.parametrize("name", phone_names())
def test_virtual_phones_are_read_in_their_own_unit(name: str) -> None:
    phone = build_phone(name)
    battery = phone[Battery]
    result = probe_virtual(phone, "battery.charge_flow")
    assert measurement(result, "learned").value is True
    assert measurement(result, "unit").value == ("mA" if battery.counts_in_milliampere else "µA")
    expected = "negative" if battery.charging_is_negative else "positive"
    assert measurement(result, "sign").value == expected


@given(
    milliampere=st.integers(300, 6000),
    charging=st.booleans(),
    inverted=st.booleans(),
    milli=st.booleans(),
    step_uah=st.sampled_from([1, 100, 500]),
)
def test_whatever_flows_the_unit_is_never_mistaken(
    milliampere: int, step_uah: int, *, charging: bool, inverted: bool, milli: bool
) -> None:
    flows = milliampere if charging else -milliampere
    told = (-flows if inverted else flows) * (1 if milli else 1000)
    current = [(float(s), told) for s in range(0, 31, 2)]
    counter = [
        (float(s), 3_000_000 + int(flows * 1000 * s / 3600 / step_uah) * step_uah)
        for s in range(0, 31, 5)
    ]
    flow = learn_flow(current, counter)
    assert flow is not None
    if flow.measured:
        assert flow.scale is (Scale.MILLI if milli else Scale.MICRO)
        assert flow.inverted is inverted


@given(
    st.lists(st.tuples(st.floats(0, 60), st.integers(-(10**18), 10**18)), max_size=20).map(sorted),
    st.lists(st.tuples(st.floats(0, 60), st.integers(-(10**18), 10**18)), max_size=20).map(sorted),
)
def test_no_numbers_break_it(
    current: list[tuple[float, int]], counter: list[tuple[float, int]]
) -> None:
    flow = learn_flow(current, counter)
    assert flow is None or flow.measured is (flow.inverted is not None)

"""The sensor service in its three layouts, with what breaks a naive reader."""

from __future__ import annotations

import contextlib
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parsers.senses_mutation import mutated

from diagnose.errors import ParseError
from diagnose.parsers.sensor.motion import (
    acceleration_at_rest,
    has_impossible,
    has_no_gravity,
    is_stuck,
    lay_still,
    strength_of,
    turns_evenly,
)
from diagnose.parsers.sensor.sensors import SensorEvent, parse_sensors

CURRENT = """Captured at: 09:10:11.120
Sensor Device:
Total 3 h/w sensors, 3 running 0 disabled clients:
Sensor List:
0x00000001) acme acc                  | Acme            | ver: 1 | type: android.sensor.accelerometer(1) | perm: n/a | flags: 0x00000000
\tcontinuous | minRate=1.00Hz | maxRate=200.00Hz | no batching | non-wakeUp |
0x00000002) acme alsprx               | Acme            | ver: 2 | type: android.sensor.proximity(8) | perm: n/a | flags: 0x00000003
\ton-change | minRate=0.02Hz | minDelay=0us | no batching | wakeUp |
0x00000003) acme alsprx               | Acme            | ver: 1 | type: android.sensor.light(5) | perm: n/a | flags: 0x00000002
\ton-change | minRate=0.02Hz | minDelay=0us | no batching | non-wakeUp |
0x5f676273) Gyroscope Bias (debug)    | AOSP            | ver: 1 | type: android.sensor.accelerometer(1) | perm: n/a | flags: 0x00000000
\tcontinuous | maxDelay=0us | maxRate=400.00Hz | no batching | non-wakeUp |
Recent Sensor events:
acme acc: last 2 events
\t 1 (ts=23.527583469, wall=15:29:57.174) 0.12, 0.31, 9.80,
\t 2 (ts=23.726911918, wall=15:29:57.374) 0.11, 0.30, nan,
acme alsprx: last 1 events
\t 1 (ts=24.1, wall=15:29:58.174) 5.00, 0.00, 0.00,
acme steps: last 1 events
\t 1 (ts=24.1, wall=15:29:58.174) [value masked]
Active sensors:
"""  # noqa: E501 - the phone's own long lines
LOLLIPOP = """Sensor List:
acme acc       | Acme      | version=1 |android.sensor.accelerometer| 0x00000001 | "" | type=1 | c
\tmaxRate=200.00Hz | no batching | last 10 events = <(0.1,0.2,9.8) >
Active sensors:
"""
GINGERBREAD = """Sensor List:
ACME 3-axis Accelerometer      | Acme            | 0x00000000 | maxRate=   0.00Hz | last=<0.1>
ACME Light sensor              | Acme            | 0x00000004 | maxRate=   0.00Hz | last=<225.0>
2 h/w sensors:
"""
NONE = "No Sensors on the device\ndevInitCheck : -19\n"
SAMPLES = (CURRENT, LOLLIPOP, GINGERBREAD, NONE)


def test_the_current_layout() -> None:
    census = parse_sensors(CURRENT)
    assert (census.hardware_count, len(census.sensors), census.is_whole) == (3, 4, True)
    assert [sensor.type for sensor in census.fitted()] == [1, 8, 5]


def test_a_virtual_sensor_is_no_acceleration_sensor() -> None:
    census = parse_sensors(CURRENT.replace("0x00000001) acme acc", "#"))
    assert census.of_type(1) == ()


def test_readings_of_a_shared_name_belong_to_nobody() -> None:
    census = parse_sensors(CURRENT)
    by_kind = {kind: census.of_type(kind)[0] for kind in (1, 5, 8)}
    assert census.events_of(by_kind[5]) is None
    assert census.events_of(by_kind[8]) is None
    acceleration = census.events_of(by_kind[1])
    assert acceleration is not None
    assert acceleration.events[0].values == (0.12, 0.31, 9.80)
    assert math.isnan(acceleration.events[1].values[2])


def test_a_handle_tells_readings_of_a_shared_name_apart() -> None:
    text = CURRENT.replace("acme alsprx: last", "acme alsprx (handle=0x00000002): last")
    census = parse_sensors(text)
    proximity = census.events_of(census.of_type(8)[0])
    assert proximity is not None
    assert proximity.events[0].values == (5.0, 0.0, 0.0)
    assert census.events_of(census.of_type(5)[0]) is None


def test_masked_readings_are_left_out() -> None:
    last = parse_sensors(CURRENT).recent[-1]
    assert (last.events, last.is_masked) == ((), True)
    assert not parse_sensors(CURRENT).recent[0].is_masked


def test_the_older_layouts() -> None:
    lollipop = parse_sensors(LOLLIPOP)
    assert [(s.name, s.vendor, s.handle, s.type) for s in lollipop.sensors] == [
        ("acme acc", "Acme", 1, 1)
    ]
    gingerbread = parse_sensors(GINGERBREAD)
    assert gingerbread.hardware_count == 2
    assert [(s.name, s.type) for s in gingerbread.sensors] == [
        ("ACME 3-axis Accelerometer", None),
        ("ACME Light sensor", None),
    ]


def test_no_sensors_is_an_answer() -> None:
    census = parse_sensors(NONE)
    assert (census.hardware_count, census.sensors, census.is_whole) == (0, (), True)


def test_a_dump_cut_inside_the_list_is_not_whole() -> None:
    assert not parse_sensors(CURRENT[: CURRENT.index("Recent Sensor")]).is_whole


@pytest.mark.parametrize("text", ["", "Previous Registrations:\n", "no such service"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_sensors(text)


@given(st.one_of(st.text(max_size=400), mutated(SAMPLES)))
def test_only_parse_errors(text: str) -> None:
    with contextlib.suppress(ParseError):
        census = parse_sensors(text)
        for sensor in census.sensors:
            census.events_of(sensor)


def test_a_hostile_dump_takes_linear_time() -> None:
    line = "0x00000001) " + "|" * 200 + "a: last 5 events" * 20 + "\n"
    started = time.perf_counter()
    parse_sensors("Sensor List:\n" + line * 20_000 + "x" * 5_000_000)
    assert time.perf_counter() - started < 10


def _row(*values: float, count: int = 50) -> list[SensorEvent]:
    return [SensorEvent(index * 0.1, values) for index in range(count)]


def test_equal_readings_are_stuck_only_when_there_are_many() -> None:
    assert is_stuck(_row(0.1, 0.2, 9.8)) is True
    assert is_stuck(_row(0.1, 0.2, 9.8, count=12)) is None
    assert is_stuck(_row(0.0, 0.0, 0.0)) is None
    assert is_stuck([*_row(0.1, 0.2, 9.8), SensorEvent(9, (0.1, 0.2, 9.7))]) is False


def test_zero_gravity_and_impossible_readings() -> None:
    assert has_no_gravity(_row(0.0, 0.0, 0.0))
    assert not has_no_gravity(_row(0.0, 0.0, 0.0, count=3))
    assert has_impossible(_row(math.nan, 0.0, 0.0, count=1))
    assert has_impossible(_row(math.inf, 0.0, 0.0, count=1))


def test_acceleration_counts_only_at_rest() -> None:
    assert acceleration_at_rest(_row(0.0, 0.0, 9.81)) == pytest.approx(9.81)
    moving = [*_row(0.0, 0.0, 9.81), SensorEvent(9, (3.0, 0.0, 9.0))]
    assert acceleration_at_rest(moving) is None
    assert acceleration_at_rest(_row(9.81)) is None
    assert acceleration_at_rest(_row(math.nan, 0.0, 9.81)) is None


@given(
    st.lists(
        st.builds(SensorEvent, st.floats(0, 1e9), st.lists(st.floats(), max_size=5).map(tuple)),
        max_size=60,
    )
)
def test_no_row_of_readings_breaks_the_judgement(events: list[SensorEvent]) -> None:
    value = acceleration_at_rest(events)
    assert value is None or value >= 0
    assert is_stuck(events) in (True, False, None)
    assert isinstance(has_impossible(events), bool)
    for name in ("accelerometer", "gyroscope", "magnetometer"):
        strength = strength_of(name, events, events)
        assert strength is None or strength.value >= 0


def _noise(*values: float, count: int, every_s: float, until_s: float) -> list[SensorEvent]:
    return [
        SensorEvent(until_s - (count - at) * every_s, tuple(v + 0.01 * (at % 3) for v in values))
        for at in range(1, count + 1)
    ]


def test_rest_is_proven_by_the_acceleration_of_the_same_seconds() -> None:
    rates = _noise(0.1, 0.1, 0.1, count=10, every_s=0.07, until_s=50)
    still = _noise(0.1, 0.2, 9.8, count=50, every_s=0.07, until_s=50)
    assert lay_still(still, rates)
    assert not lay_still(still[:-10], rates)  # it may have been taken up since
    assert not lay_still(still, [])
    assert not lay_still([], rates)
    brief = _noise(0.1, 0.2, 9.8, count=50, every_s=0.005, until_s=50)
    assert not lay_still(brief, rates)
    assert not lay_still(_noise(0.1, 0.2, 9.8, count=50, every_s=0.07, until_s=70), rates)
    frozen = [SensorEvent(event.at_s, (0.1, 0.2, 9.8)) for event in still]
    assert not lay_still(frozen, rates)


def test_a_hand_turns_no_phone_evenly() -> None:
    assert turns_evenly(_noise(1.0, 2.0, 0.1, count=10, every_s=0.07, until_s=9))
    assert not turns_evenly(_noise(1.0, 2.0, 0.1, count=10, every_s=0.005, until_s=9))
    swung = [SensorEvent(at * 0.07, (0.0, 0.0, 0.3 * at)) for at in range(10)]
    assert not turns_evenly(swung)
    assert not turns_evenly([])

"""What a row of readings shows: whether the sensor is alive, still, or says impossible things."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from diagnose.model.plain import dataclass
from diagnose.parsers.sensor.sensors import SensorEvent

_FEWEST_READINGS = 10
# A coarse accelerometer (10 bits) on a table repeats itself for a while; a full log of it is odd.
_FEWEST_EQUAL = 30

_STILL_M_S2 = 0.3
_AXES = 3
# Android keeps fifty readings of the accelerometer and ten of gyroscope and compass: what those
# ten say is compared with the acceleration of the same moment and of a second on either side.
_AROUND_S = 1.0
_SHORTEST_REST_S = 0.5
_LONGEST_GAP_S = 0.3
# A phone that is turned smoothly on a table hardly accelerates, but its rate of turning changes.
_STEADY_RAD_S = 0.1
_SHORTEST_STEADY_S = 0.3


@dataclass(frozen=True)
class MotionStrength:
    """How strong readings are, in the sensor's unit.

    `is_judged`: the phone lay still meanwhile. One that is moved turns, and passes magnets.
    """

    value: float
    is_judged: bool


def has_impossible(events: Sequence[SensorEvent]) -> bool:
    """Whether any reading is no number or infinite."""
    return any(not math.isfinite(value) for event in events for value in event.values[:_AXES])


def is_stuck(events: Sequence[SensorEvent]) -> bool | None:
    """Whether a sensor that always has noise repeats itself; None where too little was read.

    A row of zeros is not judged: the driver of a gyroscope at rest may round to it.
    """
    rows = {event.values[:_AXES] for event in events}
    if len(rows) > 1:
        return False
    if len(events) < _FEWEST_EQUAL or events[-1].at_s - events[0].at_s < 1:
        return None
    return True if any(value for row in rows for value in row) else None


def has_no_gravity(events: Sequence[SensorEvent]) -> bool:
    """Whether an acceleration sensor reads zero on every axis, which no place on earth gives."""
    rows = [event.values[:_AXES] for event in events]
    return len(rows) >= _FEWEST_READINGS and not any(value for row in rows for value in row)


def state_of(name: str, events: Sequence[SensorEvent]) -> str | float | None:
    """What a sensor (by our name) last said; None: too little was read.

    `changing`, `stuck` or `impossible` of a motion sensor, the light in lux, and of the proximity
    sensor whether something covers it.
    """
    if not events:
        return None
    last = events[-1].values[0]
    if name == "light":
        return last if math.isfinite(last) else None
    if name == "proximity":
        return ("free" if last > 0 else "covered") if math.isfinite(last) else None
    if has_impossible(events):
        return "impossible"
    if name == "accelerometer" and has_no_gravity(events):
        return "stuck"
    stuck = is_stuck(events)
    return None if stuck is None else "stuck" if stuck else "changing"


def acceleration_at_rest(events: Sequence[SensorEvent]) -> float | None:
    """The length of the acceleration (m/s²) where the phone lay still; None where it moved."""
    rows = _vectors(events)
    if len(rows) < _FEWEST_READINGS or max(_spread(rows)) > _STILL_M_S2:
        return None
    return round(sum(math.hypot(*row) for row in rows) / len(rows), 3)


def strength_of(
    name: str, events: Sequence[SensorEvent], acceleration: Sequence[SensorEvent]
) -> MotionStrength | None:
    """The strength of what a motion sensor reads; None: too little was read.

    A row of zeros is not judged: the driver may round to it or not have begun.
    """
    if name == "accelerometer":
        gravity = acceleration_at_rest(events)
        return None if gravity is None else MotionStrength(gravity, is_judged=True)
    value = median_strength(events)
    if value is None:
        return None
    rested = lay_still(acceleration, events) and (name != "gyroscope" or turns_evenly(events))
    return MotionStrength(value, is_judged=rested and value > 0)


def median_strength(events: Sequence[SensorEvent]) -> float | None:
    """The length of the usual (median) reading, in the sensor's unit; None: too little was read."""
    rows = _vectors(events)
    if len(rows) < _FEWEST_READINGS:
        return None
    length = math.hypot(*(median(axis) for axis in zip(*rows, strict=True)))
    return round(length, 3) if math.isfinite(length) else None


def lay_still(acceleration: Sequence[SensorEvent], readings: Sequence[SensorEvent]) -> bool:
    """Whether the acceleration of the same seconds shows that the phone rested at the readings.

    A sensor that repeats itself shows nothing: it may be the one that is frozen.
    """
    if not readings:
        return False
    begin, end = readings[0].at_s - _AROUND_S, readings[-1].at_s + _AROUND_S
    around = [event for event in acceleration if begin <= event.at_s <= end]
    if len({event.values for event in around}) < 2 or acceleration_at_rest(around) is None:
        return False
    first_s, last_s = around[0].at_s, around[-1].at_s
    covers = first_s <= readings[0].at_s and last_s >= readings[-1].at_s - _LONGEST_GAP_S
    return covers and last_s - first_s >= _SHORTEST_REST_S


def turns_evenly(rates: Sequence[SensorEvent]) -> bool:
    """Whether the rate of turning (rad/s) stayed the same, as no hand turns a phone."""
    rows = _vectors(rates)
    lasted_s = rates[-1].at_s - rates[0].at_s if rates else 0.0
    return bool(rows) and max(_spread(rows)) <= _STEADY_RAD_S and lasted_s >= _SHORTEST_STEADY_S


def _vectors(events: Sequence[SensorEvent]) -> list[tuple[float, ...]]:
    """All readings as vectors; none where one of them is no vector or no number."""
    rows = [event.values[:_AXES] for event in events]
    is_whole = all(len(row) == _AXES and all(map(math.isfinite, row)) for row in rows)
    return rows if is_whole else []


def _spread(rows: Sequence[tuple[float, ...]]) -> list[float]:
    return [max(axis) - min(axis) for axis in zip(*rows, strict=True)]

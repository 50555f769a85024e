"""What a row of readings shows: whether the sensor is alive, still, or says impossible things."""

from __future__ import annotations

import math
from collections.abc import Sequence

from diagnose.parsers.sensors import SensorEvent

_FEWEST_READINGS = 10
# A coarse accelerometer (10 bits) on a table repeats itself for a while; a full log of it is odd.
_FEWEST_EQUAL = 30

_STILL_M_S2 = 0.3
_AXES = 3


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


def acceleration_at_rest(events: Sequence[SensorEvent]) -> float | None:
    """The length of the acceleration (m/s²) where the phone lay still; None where it moved."""
    rows = [event.values[:_AXES] for event in events if len(event.values) >= _AXES]
    if len(rows) < _FEWEST_READINGS or not all(map(math.isfinite, sum(rows, ()))):
        return None
    if any(max(axis) - min(axis) > _STILL_M_S2 for axis in zip(*rows, strict=True)):
        return None
    return round(sum(math.hypot(*row) for row in rows) / len(rows), 3)

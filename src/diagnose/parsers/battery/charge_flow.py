"""Current and charge counter over time: in which unit, and with which sign, a phone tells currents.

What flowed, summed over time, must be what the counter moved by. Of µA and mA one fits and the
other is a thousand times off, whatever the phone's maker chose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from diagnose.errors import ParseError
from diagnose.model.plain import dataclass
from diagnose.model.text import Text
from diagnose.parsers.battery.charge_units import LARGEST_MAH, MOST_MA, Scale, milliamperes

Series = Sequence[tuple[float, int]]
"""Numbers as the phone told them, each with its time in seconds; in the order of time."""

_NUMBER = re.compile(r"-?\d{1,18}")
_LEAST_SAMPLES = 4
_LEAST_STEPS = 3  # a counter that moved by so many of its steps is at most a third off
_LARGEST_ERROR = 3.0
_SECONDS_AN_HOUR = 3600


@dataclass(frozen=True)
class Flow:
    """What was learned. `scale` None: neither unit fits.

    `measured`: the counter showed unit and sign; else `scale` is what a phone's currents can be,
    and `inverted` is not known. `mean_ma` has the sign the phone gave it.
    """

    scale: Scale | None
    measured: bool
    inverted: bool | None
    mean_ma: float | None
    note: Text


def parse_battery_value(text: str) -> int:
    """Read `cmd battery get NAME`: one number. Raises `ParseError` for anything else."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise ParseError("no number")
    return int(found[0])


def learn_flow(current: Series, counter: Series) -> Flow | None:
    """Hold the current against the counter; None where there are too few samples of a current.

    A current that is 0 all the time is one that the phone does not tell.
    """
    if len(current) < _LEAST_SAMPLES or not any(number for _, number in current):
        return None
    summed = _summed(current, counter)
    moved = counter[-1][1] - counter[0][1] if counter else 0
    told = Text(
        f"the currents sum up to {summed:.0f}, the counter moved by {moved}",
        f"电流累计 {summed:.0f}，电量计数变化 {moved}",
    )
    scale = _fitting(summed, moved * _micro(counter)) if _has_moved(counter) else None
    if scale is not None and abs(_mean(current, scale) or 0) <= MOST_MA:
        return Flow(scale, True, (summed > 0) is not (moved > 0), _mean(current, scale), told)
    likely = _likely(current)
    return Flow(likely, False, None, _mean(current, likely), told)


def _summed(current: Series, counter: Series) -> float:
    """What flowed while the counter was watched, in hours of the current's own unit."""
    begin, end = (counter[0][0], counter[-1][0]) if counter else (current[0][0], current[-1][0])
    parts = (
        (min(later, end) - max(earlier, begin)) * (one + other) / 2
        for (earlier, one), (later, other) in pairwise(current)
        if later > begin and earlier < end
    )
    return sum(parts) / _SECONDS_AN_HOUR


def _has_moved(counter: Series) -> bool:
    steps = {abs(later - earlier) for (_, earlier), (_, later) in pairwise(counter)} - {0}
    return bool(steps) and abs(counter[-1][1] - counter[0][1]) >= _LEAST_STEPS * min(steps)


def _micro(counter: Series) -> int:
    """What a counter's number is multiplied by to be µAh: some count in mAh."""
    return 1 if abs(counter[0][1]) > LARGEST_MAH else 1000


def _fitting(summed: float, moved_uah: float) -> Scale | None:
    for scale, factor in ((Scale.MICRO, 1), (Scale.MILLI, 1000)):
        if moved_uah and 1 / _LARGEST_ERROR <= abs(summed * factor / moved_uah) <= _LARGEST_ERROR:
            return scale
    return None


def _likely(current: Series) -> Scale | None:
    largest = max((number for _, number in current), key=abs)
    taken = milliamperes(largest)
    return taken[1] if taken else None


def _mean(current: Series, scale: Scale | None) -> float | None:
    if scale is None:
        return None
    mean = fmean(number for _, number in current)
    return mean / 1000 if scale is Scale.MICRO else mean

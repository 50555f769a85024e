"""Which parts are other ones than before: read from the declared signs of each part."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

import tomli

from diagnose.case.rules.fitted import values_of
from diagnose.case.rules.phone import is_partial
from diagnose.knowledge.probes import measures_known
from diagnose.model.criterion import Value
from diagnose.model.part_sign import Proves
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.model.verification import PartComparison, PartSign, PartState

_BUILD = "device.build"


@dataclass(frozen=True)
class MeasuredSign:
    """What tells units of a part apart, by the name of its measurement.

    `decides`: this number alone says whether it is another one; the rest is only shown.
    """

    id: str
    proves: Proves
    software: bool = False
    values: tuple[str, ...] = ()
    decides: bool = False


_OF_THE_PHONE = {"mainboard": (MeasuredSign("device.serial_hash", Proves.IDENTITY, decides=True),)}
"""What the head of a report tells of a part: the salted hash of the phone's serial number."""


@cache
def part_titles() -> Mapping[str, Text]:
    """The names of all parts, by their code."""
    path = Path(__file__).with_name("parts.toml")
    return {code: Text(**title) for code, title in tomli.loads(path.read_text("utf-8")).items()}


def part_title(code: str) -> Text:
    """Name a part; one that is not declared keeps its code."""
    return part_titles().get(code, Text(code))


@cache
def signs_by_part() -> Mapping[str, tuple[MeasuredSign, ...]]:
    """What tells units of each part apart; nothing of most parts is known from the inside."""
    found = {code: list(_OF_THE_PHONE.get(code, ())) for code in part_titles()}
    for name, spec in measures_known().items():
        if (sign := spec.sign) and sign.proves:
            found[sign.part].append(MeasuredSign(name, sign.proves, sign.software, sign.values))
    return {code: tuple(signs) for code, signs in found.items()}


def compare_parts(
    before: Report, after: Report, agreed: Collection[str]
) -> tuple[PartComparison, ...]:
    """Compare every declared part, and those that were agreed to be changed.

    A run that was cut off may have read another source of the same thing: what software tells of
    a part is not compared then, and a board only by its own number.
    """
    olds, news = _values(before), _values(after)
    cut_off = is_partial(before) or is_partial(after)
    same_build = olds.get(_BUILD) is not None and olds.get(_BUILD) == news.get(_BUILD)
    codes = dict.fromkeys([*part_titles(), *agreed])
    return tuple(
        _compare(code, olds, news, agreed=code in agreed, same_build=same_build and not cut_off)
        for code in codes
    )


def signs_of(codes: Collection[str]) -> frozenset[str]:
    """The measurements that are expected to change with these parts."""
    return frozenset(sign.id for code in codes for sign in signs_by_part().get(code, ()))


def _compare(
    code: str,
    olds: Mapping[str, Value],
    news: Mapping[str, Value],
    *,
    agreed: bool,
    same_build: bool,
) -> PartComparison:
    signs = signs_by_part().get(code, ())
    usable = [sign for sign in signs if same_build or not sign.software]
    states = [_read(sign, olds.get(sign.id), news.get(sign.id)) for sign in usable]
    return PartComparison(
        part=code,
        title=part_title(code),
        agreed=agreed,
        state=_together(_with_its_number(usable, states)),
        signs=tuple(
            PartSign(measurement=sign.id, before=olds.get(sign.id), after=news.get(sign.id))
            for sign in signs
            if sign.id in olds or sign.id in news
        ),
    )


def _with_its_number(signs: Sequence[MeasuredSign], states: list[PartState]) -> list[PartState]:
    """A part that has a number of its own is another one by that number alone, where it was read.

    A board whose number is the same is the same board, however its sources name it; one whose
    number was not read is not known to be another one.
    """
    numbers = [
        state
        for sign, state in zip(signs, states, strict=True)
        if sign.proves is Proves.IDENTITY and sign.decides
    ]
    return numbers or states


def _read(sign: MeasuredSign, old: Value | None, new: Value | None) -> PartState:
    """What one sign says. A value that was not read, before or after, says nothing."""
    if old is None or new is None:
        return PartState.UNKNOWN
    if sign.values and not {old, new} <= set(sign.values):
        return PartState.UNKNOWN
    if sign.proves is Proves.DECREASE:
        return _read_counter(old, new)
    if old != new:
        return PartState.CHANGED
    return PartState.SAME if sign.proves is Proves.IDENTITY else PartState.SAME_TYPE


def _read_counter(old: Value, new: Value) -> PartState:
    if not isinstance(old, int | float) or not isinstance(new, int | float):
        return PartState.UNKNOWN
    return PartState.CHANGED if new < old else PartState.SAME_TYPE


def _together(states: Collection[PartState]) -> PartState:
    """One sign of a change is enough; "the same" needs a sign that proves it."""
    order = (PartState.CHANGED, PartState.SAME, PartState.SAME_TYPE)
    return next((state for state in order if state in states), PartState.UNKNOWN)


def _values(report: Report) -> dict[str, Value]:
    """What was really read, and what the report's head says of the phone itself."""
    values = values_of(report)
    device = {"device.serial_hash": report.device.serial_hash, _BUILD: report.device.build}
    return values | {name: value for name, value in device.items() if value}

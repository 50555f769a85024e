"""What can be read of a part that was fitted, held against what was agreed. Pure.

A new part is not praised for being another one: a battery that has been charged 703 times is said
to have been, and a screen of another resolution is another kind of screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from diagnose.model.criterion import Value
from diagnose.model.quote import PartCondition
from diagnose.model.report import Report
from diagnose.model.text import Text
from diagnose.model.work import WorkItem

MOST_CYCLES_OF_NEW = 20
"""A maker charges a battery a few times before it is sold; the shop once or twice."""

LEAST_HEALTH_OF_NEW_PERCENT = 95
OLDEST_NEW_YEARS = 2
"""Makers store spare batteries; after two years on a shelf one has lost what a buyer would miss."""

_LIKE_NEW = (PartCondition.ORIGINAL, PartCondition.NEW)
Values = Mapping[str, Value]


def doubts(item: WorkItem, before: Report, after: Report) -> Iterator[Text]:
    """Say what speaks against the fitted part being what was agreed; only what was read."""
    look = _LOOKS.get(item.part)
    if look and item.part_condition in _LIKE_NEW:
        yield from look(values_of(before), values_of(after), after.created_at.date())


def values_of(report: Report) -> dict[str, Value]:
    """What was really read: forced values say nothing of a part."""
    return {
        m.id: m.value
        for result in report.results
        for m in result.measurements
        if m.value is not None and not m.simulated
    }


def _battery(before: Values, after: Values, today: date) -> Iterator[Text]:
    cycles = after.get("battery.health.cycles")
    if isinstance(cycles, int | float) and cycles > MOST_CYCLES_OF_NEW:
        yield _cycles(before.get("battery.health.cycles"), cycles)
    health = after.get("battery.health.state_of_health")
    if isinstance(health, int | float) and health < LEAST_HEALTH_OF_NEW_PERCENT:
        yield Text(
            f"it holds {health:g} % of its capacity: a new one holds all of it",
            f"电池健康度 {health:g}%，新电池应为 100%",
        )
    made = _day(after.get("battery.health.manufactured"))
    if made and (today - made).days > OLDEST_NEW_YEARS * 366:
        yield Text(f"it was made on {made}: it is not new", f"生产日期 {made}，并非新电池")


def _cycles(before: Value | None, after: float) -> Text:
    if isinstance(before, int | float) and after >= before:
        return Text(
            f"the phone counts {after:g} charge cycles, as many as before the repair: either its "
            "counter was not reset or the battery is not new",
            f"手机记录的循环次数为 {after:g} 次，不少于维修前：计数未重置，或并非新电池",
        )
    return Text(
        f"it has been charged {after:g} times already: it is not new",
        f"已循环充电 {after:g} 次，并非新电池",
    )


def _day(value: Value | None) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _display(before: Values, after: Values, _today: date) -> Iterator[Text]:
    """Resolution and fastest mode belong to the panel: software does not change them."""
    for name, en, zh in (
        ("display.panel.resolution", "resolution", "分辨率"),
        ("display.panel.refresh_max", "fastest refresh rate", "最高刷新率"),
    ):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None and old != new:
            yield Text(
                f"another kind of screen: {en} {_value_text(old)}, now {_value_text(new)}",
                f"屏幕规格不同：{zh} {_value_text(old)}，现为 {_value_text(new)}",
            )


def _value_text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


_LOOKS: dict[str, Callable[[Values, Values, date], Iterator[Text]]] = {
    "battery": _battery,
    "display": _display,
}

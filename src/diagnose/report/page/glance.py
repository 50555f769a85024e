"""At a glance: the few values every customer wants to see, whether or not something was found."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.outcome import Outcome
from diagnose.model.plain import dataclass
from diagnose.model.report import Report
from diagnose.model.result import Measurement
from diagnose.model.text import Text
from diagnose.report.page.front import mark, picture
from diagnose.report.page.model import Row, Tile
from diagnose.report.phrase import Phrase, Speaker
from diagnose.report.pictures import SHORT


@dataclass(frozen=True)
class Wanted:
    """A tile: the first of these measurements that was read; a note from another one."""

    title: Text
    ids: tuple[str, ...]
    note: str = ""
    inverted: bool = False


_WANTED = (
    Wanted(
        Text("Battery capacity left", "电池剩余容量"),
        ("battery.health.state_of_health", "battery.health.full_capacity"),
        note="battery.health.cycles",
    ),
    Wanted(
        Text("Free storage", "可用存储"),
        ("storage.space.free_percent", "storage.space.free"),
        note="storage.space.free",
        inverted=True,
    ),
    Wanted(
        Text("Temperature", "温度"),
        (
            "thermal.temperatures.zone.skin",
            "thermal.temperatures.zone.battery",
            "battery.state.temperature",
        ),
    ),
    Wanted(Text("Age of the security patch", "安全补丁已发布"), ("system.patch_age.age",)),
)

# Regulation (EU) 2023/1670 wants these shown to end users of phones sold from 20 June 2025 on.
_BATTERY_FACTS = (
    "battery.health.manufactured",
    "battery.health.first_used",
    "battery.health.cycles",
    "battery.health.state_of_health",
    "battery.health.full_capacity",
    "battery.health.design_capacity",
)


def tiles(report: Report, say: Speaker) -> tuple[Tile, ...]:
    """The tiles whose measurements this report has; one that was not read says so."""
    known = {m.id: m for result in report.results for m in result.measurements}
    return tuple(tile for wanted in _WANTED if (tile := _tile(wanted, known, say)))


def battery_facts(report: Report, say: Speaker) -> tuple[Row, ...]:
    """What the battery says of itself; empty where it says nothing at all."""
    known = {m.id: m for result in report.results for m in result.measurements}
    found = [known[id_] for id_ in _BATTERY_FACTS if id_ in known]
    if not any(measurement.value is not None for measurement in found):
        return ()
    return tuple(Row(say(m.title), say.value(m)) for m in found)


def _tile(wanted: Wanted, known: Mapping[str, Measurement], say: Speaker) -> Tile | None:
    asked = [known[id_] for id_ in wanted.ids if id_ in known]
    if not asked:
        return None
    chosen = next((m for m in asked if m.value is not None), asked[0])
    outcome = chosen.outcome if chosen.value is not None else Outcome.NOT_RUN
    return Tile(
        title=say(wanted.title),
        value=say.value(chosen),
        mark=mark(outcome, say),
        picture=picture(chosen, say, inverted=wanted.inverted, length=SHORT),
        note=_note(known.get(wanted.note), chosen, say),
    )


def _note(measurement: Measurement | None, chosen: Measurement, say: Speaker) -> Phrase:
    if measurement is None or measurement.value is None or measurement is chosen:
        return ()
    return say.each(lambda words: f"{words(measurement.title)}: {words.value(measurement)}")

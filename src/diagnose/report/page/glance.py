"""At a glance: the few values every customer wants to see, whether or not something was found."""

from __future__ import annotations

from collections.abc import Mapping

from diagnose.model.outcome import Outcome
from diagnose.model.report import Report
from diagnose.model.result import GlanceTile, Measurement
from diagnose.model.text import Text
from diagnose.report.page.front import mark, picture
from diagnose.report.page.model import PageTile, Row
from diagnose.report.phrase import Phrase, Speaker
from diagnose.report.pictures import SHORT


def tiles(report: Report, say: Speaker) -> tuple[PageTile, ...]:
    """The tiles the probes of this report declare; one that was not read says so."""
    known = _known(report)
    declared = [result.tile for result in report.results if result.tile]
    wanted: dict[Text, list[GlanceTile]] = {}
    for tile in sorted(declared, key=lambda tile: tile.rank):
        wanted.setdefault(tile.title, []).append(tile)
    return tuple(shown for same in wanted.values() if (shown := _tile(same, known, say)))


def battery_facts(report: Report, say: Speaker) -> tuple[Row, ...]:
    """What a law wants shown to the user of a phone; empty where the phone says none of it."""
    known = _known(report)
    names = [name for result in report.results for name in result.statutory]
    found = [known[name] for name in names if name in known]
    if not any(measurement.value is not None for measurement in found):
        return ()
    return tuple(Row(say(m.title), say.value(m)) for m in found)


def _known(report: Report) -> dict[str, Measurement]:
    return {m.id: m for result in report.results for m in result.measurements}


def _tile(
    same: list[GlanceTile], known: Mapping[str, Measurement], say: Speaker
) -> PageTile | None:
    """The first value that was read of the tiles with one title, the best of them first."""
    asked = [(tile, known[name]) for tile in same for name in tile.measurements if name in known]
    if not asked:
        return None
    tile, chosen = next((one for one in asked if one[1].value is not None), asked[0])
    outcome = chosen.outcome if chosen.value is not None else Outcome.NOT_RUN
    return PageTile(
        title=say(tile.title),
        value=say.value(chosen),
        mark=mark(outcome, say),
        picture=picture(chosen, say, inverted=tile.drawn_used, length=SHORT),
        note=_note(known.get(tile.beside), chosen, say),
    )


def _note(measurement: Measurement | None, chosen: Measurement, say: Speaker) -> Phrase:
    if measurement is None or measurement.value is None or measurement is chosen:
        return ()
    return say.each(lambda words: f"{words(measurement.title)}: {words.value(measurement)}")

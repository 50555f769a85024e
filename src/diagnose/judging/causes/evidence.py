"""Evidence: which measurements may speak at all, and what they say in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diagnose.model.cause import READ, Condition
from diagnose.model.fault import FaultEvidence
from diagnose.model.outcome import OUTCOMES
from diagnose.model.plain import dataclass
from diagnose.model.result import Measurement, ProbeResult
from diagnose.model.symptom import Symptom
from diagnose.model.text import Text
from diagnose.model.unit import unit_words


@dataclass(frozen=True)
class Hit:
    """A condition that holds, the measurement it holds for, and that in words."""

    condition: Condition
    measurement: Measurement
    text: Text

    @property
    def evidence(self) -> FaultEvidence:
        """It as the report carries it."""
        return FaultEvidence(measurement=self.measurement.id, text=self.text)


@dataclass(frozen=True)
class _Reading:
    measurement: Measurement
    text: Text


class Readings:
    """What was really read from a phone, by measure.

    A value that was forced, that was not read, or that comes from a probe without a verdict is
    not among it: such a value is evidence of nothing.
    """

    def __init__(self, results: Iterable[ProbeResult]) -> None:
        self._by_measure: dict[str, list[_Reading]] = {}
        self._forced: set[str] = set()
        for result in results:
            for measurement in result.measurements:
                self._take(result, measurement)

    def _take(self, result: ProbeResult, measurement: Measurement) -> None:
        measure = ".".join(measurement.id.split(".")[:3])
        if measurement.simulated:
            self._forced.add(measure)
        elif result.outcome in READ and measurement.outcome in READ:
            reading = _Reading(measurement, _words(result, measurement))
            self._by_measure.setdefault(measure, []).append(reading)

    def hits(self, conditions: Iterable[Condition]) -> tuple[Hit, ...]:
        """Find the conditions that hold, each with every place it holds for."""
        return tuple(hit for condition in conditions for hit in self._holding(condition))

    def clearing(self, conditions: Iterable[Condition]) -> tuple[Hit, ...]:
        """Find the conditions against a cause that hold: a good value counts as well."""
        return self.hits(condition.of_any_outcome() for condition in conditions)

    def is_read(self, condition: Condition) -> bool:
        """Tell whether what a condition speaks of was read."""
        return any(True for _ in self._about(condition))

    def is_forced(self, condition: Condition) -> bool:
        """Tell whether what a condition speaks of was set by hand."""
        return condition.measure in self._forced

    def about(self, conditions: Iterable[Condition]) -> tuple[FaultEvidence, ...]:
        """What was read of these measures, whether the conditions hold or not."""
        found = {
            reading.measurement.id: FaultEvidence(
                measurement=reading.measurement.id, text=reading.text
            )
            for condition in conditions
            for reading in self._about(condition)
        }
        return tuple(found.values())

    def _holding(self, condition: Condition) -> Iterator[Hit]:
        for reading in self._about(condition):
            if condition.holds(reading.measurement):
                yield Hit(condition, reading.measurement, reading.text)

    def _about(self, condition: Condition) -> Iterator[_Reading]:
        for reading in self._by_measure.get(condition.measure, ()):
            if condition.is_about(reading.measurement):
                yield reading


def told(symptom: Symptom) -> FaultEvidence:
    """A symptom as evidence: the customer's word."""
    name = symptom.name
    text = Text(f"The customer reports: {name.en}", f"客户反映：{name.zh}")
    return FaultEvidence(symptom=symptom.code, text=text)


def _words(result: ProbeResult, measurement: Measurement) -> Text:
    """Say it as the probe's own finding does; else the measure with its value."""
    own = f"{measurement.id}.{measurement.outcome.value}"
    for finding in result.findings:
        if finding.id == own:
            return finding.text
    return _plain(measurement)


def _plain(measurement: Measurement) -> Text:
    place = measurement.place
    english, chinese = (f" ({place.en})", f"（{place.zh or place.en}）") if place.en else ("", "")
    value = _value(measurement)
    title = measurement.title
    label = OUTCOMES[measurement.outcome].label if measurement.criterion else Text("")
    judged, judged_chinese = (f" ({label.en})", f"（{label.zh}）") if label.en else ("", "")
    return Text(
        f"{title.en}{english}: {value.en}{judged}",
        f"{title.zh or title.en}{chinese}：{value.zh or value.en}{judged_chinese}",
    )


def _value(measurement: Measurement) -> Text:
    value = measurement.value if measurement.value is not None else ""
    words = [measurement.word(one) for one in (value if isinstance(value, tuple) else (value,))]
    if isinstance(value, bool):
        return words[0]
    unit = unit_words(measurement.unit, value)
    english, chinese = (word.en for word in words), (word.zh or word.en for word in words)
    return Text(
        f"{', '.join(english)} {unit.en}".rstrip(), f"{'、'.join(chinese)} {unit.zh}".rstrip()
    )

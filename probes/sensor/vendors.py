"""Who made the sensors: a change after a repair shows that a part was swapped."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.sensor.sensors import SENSOR_KINDS, Sensor, parse_sensors
from diagnose.sdk import (
    About,
    Answers,
    Basis,
    Draft,
    FactKind,
    FactSpec,
    NotRun,
    OneOf,
    Outcome,
    Probe,
    Reason,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

SENSORS = Shell("dumpsys", "sensorservice", expected_ms=45)

_OTHER_PART = OneOf(
    good=(True,),
    attention=(False,),
    source=Source(
        text="makers use second sources, so another part is a hint of a swap only",
        basis=Basis.GUESS,
    ),
)


def interpret(answers: Answers) -> Iterator[Draft]:
    census = answers.parse(SENSORS, parse_sensors)
    kinds = {kind.number: name for name, kind in SENSOR_KINDS.items()}
    seen: dict[str, Sensor] = {}
    for sensor in census.fitted():
        if sensor.type in kinds:
            seen.setdefault(kinds[sensor.type], sensor)
    if not seen:
        raise NotRun(Reason.UNSUPPORTED, "the list of sensors bears no types")
    for name, sensor in seen.items():
        yield answers.measure(name, _part(sensor), SENSORS, raw=sensor.raw[:200])
    yield from _as_known(answers, seen)


def _part(sensor: Sensor) -> str:
    return f"{sensor.name} ({sensor.vendor})" if sensor.vendor else sensor.name


def _as_known(answers: Answers, seen: dict[str, Sensor]) -> Iterator[Draft]:
    """Whether every part is one the profile has seen in this model."""
    fact = answers.fact("sensor_parts")
    if fact is None or not isinstance(fact.value, tuple):
        return
    known = {word.casefold() for word in fact.value}
    strange = [s for s in seen.values() if s.name.casefold() not in known]
    raw = strange[0].raw[:200] if strange else ""
    yield answers.measure("as_known", not strange, SENSORS, raw=raw, criterion=_OTHER_PART)


PROBE = Probe(
    id="sensor.vendors",
    title=Text("Makers of the sensors", "传感器型号与厂商"),
    about=About(
        tested=Text("The type and maker of each main sensor.", "各主要传感器的型号与厂商。"),
        meaning=Text(
            "Kept so that a later visit can show whether a part was exchanged.",
            "留作记录，便于日后判断部件是否更换过。",
        ),
        consequence=Text(
            "None by itself: several makers' parts serve in one model.",
            "本身没有影响：同一机型可能使用多家供应商的部件。",
        ),
        action=Text("Compare with the last report after a repair.", "维修后与上一份报告对照。"),
    ),
    requests=(SENSORS,),
    measures={
        **{name: Spec(Unit.NONE, kind.title) for name, kind in SENSOR_KINDS.items()},
        "as_known": Spec(
            Unit.NONE,
            Text("parts known of this model", "部件为该机型已知型号"),
            says={
                Outcome.ATTENTION: Text(
                    "A sensor is of a type not seen in this model before; it may have been"
                    " exchanged.",
                    "有传感器型号未见于该机型，可能更换过。",
                )
            },
        ),
    },
    facts={
        "sensor_parts": FactSpec(
            Unit.NONE,
            Text("names of sensors seen in this model", "该机型已见过的传感器名称"),
            FactKind.WORDS,
        )
    },
    interpret=interpret,
)

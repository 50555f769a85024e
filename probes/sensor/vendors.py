"""Who made the sensors: a change after a repair shows that a part was swapped."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.sensor.sensors import SENSOR_KINDS, Sensor, parse_sensors
from diagnose.requests import adb

_OTHER_PART = sdk.OneOf(
    good=(True,),
    attention=(False,),
    source=sdk.Source(
        text=sdk.Text(
            "makers use second sources, so another part is a hint of a swap only",
            "厂商会采用多家供应商，型号不同仅为更换迹象",
        ),
        basis=sdk.Basis.GUESS,
    ),
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    census = answers.parse(adb.SENSORS, parse_sensors)
    kinds = {kind.number: name for name, kind in SENSOR_KINDS.items()}
    seen: dict[str, Sensor] = {}
    for sensor in census.fitted():
        if sensor.type in kinds:
            seen.setdefault(kinds[sensor.type], sensor)
    if not seen:
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "the list of sensors bears no types")
    for name, sensor in seen.items():
        yield answers.measure(name, _part(sensor), adb.SENSORS, raw=sensor.raw[:200])
    yield from _as_known(answers, seen)


def _part(sensor: Sensor) -> str:
    return f"{sensor.name} ({sensor.vendor})" if sensor.vendor else sensor.name


def _as_known(answers: sdk.Answers, seen: dict[str, Sensor]) -> Iterator[sdk.Draft]:
    """Whether every part is one the profile has seen in this model."""
    fact = answers.fact("sensor_parts")
    if fact is None or not isinstance(fact.value, tuple):
        return
    known = {word.casefold() for word in fact.value}
    strange = [s for s in seen.values() if s.name.casefold() not in known]
    raw = tuple(sensor.raw[:200] for sensor in strange or seen.values())
    yield answers.measure("as_known", not strange, adb.SENSORS, raw=raw, criterion=_OTHER_PART)


PROBE = sdk.Probe(
    id="sensor.vendors",
    title=sdk.Text("Makers of the sensors", "传感器型号与厂商"),
    about=sdk.About(
        tested=sdk.Text("The type and maker of each main sensor.", "各主要传感器的型号与厂商。"),
        meaning=sdk.Text(
            "Kept so that a later visit can show whether a part was exchanged.",
            "留作记录，便于日后判断部件是否更换过。",
        ),
        consequence=sdk.Text(
            "None by itself: several makers' parts serve in one model.",
            "本身没有影响：同一机型可能使用多家供应商的部件。",
        ),
        action=sdk.Text("Compare with the last report after a repair.", "维修后与上一份报告对照。"),
    ),
    requests=(adb.SENSORS,),
    measures={
        **{
            name: sdk.Spec(
                sdk.Unit.NONE,
                kind.title,
                sign=sdk.Sign("sensors", sdk.Proves.DIFFERENCE, software=True),
            )
            for name, kind in SENSOR_KINDS.items()
        },
        "as_known": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("parts known of this model", "部件为该机型已知型号"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A sensor is of a type not seen in this model before; it may have been"
                    " exchanged.",
                    "有传感器型号未见于该机型，可能更换过。",
                )
            },
        ),
    },
    facts={
        "sensor_parts": sdk.FactSpec(
            sdk.Unit.NONE,
            sdk.Text("names of sensors seen in this model", "该机型已见过的传感器名称"),
            sdk.FactKind.WORDS,
        )
    },
    interpret=interpret,
)

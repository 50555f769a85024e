"""Whether the temperature sensors answer: without them a phone cannot protect itself."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.thermal.kinds import expected_kinds, live_heat
from diagnose.parsers.thermal.thermalservice import ThermalDump, parse_thermalservice
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

THERMAL = Shell("dumpsys", "thermalservice", expected_ms=30)
CHECKED = ("skin", "battery", "usb")  # one broken cable each; cores are many and on one chip
EXPECTED = Source(
    text="the thermal HAL lists the part but gives no temperature for it", basis=Basis.GUESS
)


def interpret(answers: Answers) -> Iterator[Draft]:
    dump = answers.parse(THERMAL, parse_thermalservice)
    if not dump.has_live_block:
        raise NotRun(Reason.UNSUPPORTED, "the phone does not list its live sensors")
    heats = live_heat(dump)
    reading = [heat for heat in heats if heat.celsius is not None]
    yield answers.measure("reading", len(reading), THERMAL, raw="Current temperatures from HAL:")
    for kind in CHECKED:
        if word := _word(answers, dump, kind):
            raw = next((heat.raw for heat in heats if heat.kind == kind), "")
            yield answers.measure(f"sensor.{kind}", word, THERMAL, raw=raw)


def _word(answers: Answers, dump: ThermalDump, kind: str) -> str | None:
    """`reads`, `silent` (listed, nothing comes) or `missing` (expected, not listed)."""
    own = [heat for heat in live_heat(dump) if heat.kind == kind]
    if any(heat.celsius is not None for heat in own):
        return "reads"
    if own:
        return "silent"
    return "missing" if kind in _expected(answers, dump) else None


def _expected(answers: Answers, dump: ThermalDump) -> frozenset[str]:
    """What the profile knows of this model, else what the HAL has thresholds for."""
    fact = answers.fact("zones")
    if fact and isinstance(fact.value, tuple):
        return frozenset(fact.value)
    return expected_kinds(dump) if dump.live else frozenset()


PROBE = Probe(
    id="thermal.sensors",
    title=Text("Temperature sensors", "温度传感器"),
    about=About(
        tested=Text(
            "Whether the sensors at skin, battery and port give a temperature.",
            "外壳、电池和接口处的温度传感器是否有读数。",
        ),
        meaning=Text(
            "A sensor without a reading is often a torn cable or a part changed for another.",
            "传感器无读数通常是排线断裂或更换了不匹配的部件。",
        ),
        consequence=Text(
            "The phone may charge slowly, dim its screen or switch off without a reason to be "
            "seen.",
            "手机可能充电变慢、屏幕变暗或无故关机。",
        ),
        action=Text("Check the cable and the connector of the part.", "请检查该部件的排线与接口。"),
    ),
    requests=(THERMAL,),
    interpret=interpret,
    facts={
        "zones": FactSpec(
            Unit.NONE, Text("Parts with a sensor", "带温度传感器的部位"), FactKind.WORDS, CHECKED
        )
    },
    symptoms=("charges-slowly", "overheats"),
    measures={
        "reading": Spec(Unit.NONE, Text("Sensors that answer", "有读数的传感器数量")),
        "sensor": Spec(
            Unit.NONE,
            Text("Sensor", "传感器"),
            OneOf(good=("reads",), attention=("silent", "missing"), source=EXPECTED),
            says={
                Outcome.ATTENTION: Text(
                    "A temperature sensor gives no reading ({value}).",
                    "有温度传感器无读数（{value}）。",
                )
            },
            advice=Text("Check the cable of the part.", "请检查该部件的排线。"),
        ),
    },
)

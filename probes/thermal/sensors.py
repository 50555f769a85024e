"""Whether the temperature sensors answer: without them a phone cannot protect itself."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.thermal.kinds import expected_kinds, live_heat
from diagnose.parsers.thermal.thermalservice import ThermalDump, parse_thermalservice
from diagnose.requests import adb

CHECKED = ("skin", "battery", "usb")  # one broken cable each; cores are many and on one chip
EXPECTED = sdk.Source(
    text=sdk.Text(
        "the thermal HAL lists the part but gives no temperature for it",
        "温控 HAL 列出该部件但没有温度",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    dump = answers.parse(adb.THERMAL, parse_thermalservice)
    if not dump.has_live_block:
        raise sdk.NotRun(sdk.Reason.UNSUPPORTED, "the phone does not list its live sensors")
    heats = live_heat(dump)
    reading = [heat for heat in heats if heat.celsius is not None]
    yield answers.measure(
        "reading", len(reading), adb.THERMAL, raw="Current temperatures from HAL:"
    )
    for kind in CHECKED:
        if word := _word(answers, dump, kind):
            raw = next((heat.raw for heat in heats if heat.kind == kind), "")
            yield answers.measure(f"sensor.{kind}", word, adb.THERMAL, raw=raw)


def _word(answers: sdk.Answers, dump: ThermalDump, kind: str) -> str | None:
    """`reads`, `silent` (listed, nothing comes) or `missing` (expected, not listed)."""
    own = [heat for heat in live_heat(dump) if heat.kind == kind]
    if any(heat.celsius is not None for heat in own):
        return "reads"
    if own:
        return "silent"
    return "missing" if kind in _expected(answers, dump) else None


def _expected(answers: sdk.Answers, dump: ThermalDump) -> frozenset[str]:
    """What the profile knows of this model, else what the HAL has thresholds for."""
    fact = answers.fact("zones")
    if fact and isinstance(fact.value, tuple):
        return frozenset(fact.value)
    return expected_kinds(dump) if dump.live else frozenset()


PROBE = sdk.Probe(
    id="thermal.sensors",
    title=sdk.Text("Temperature sensors", "温度传感器"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the sensors at skin, battery and port give a temperature.",
            "外壳、电池和接口处的温度传感器是否有读数。",
        ),
        meaning=sdk.Text(
            "A sensor without a reading is often a torn cable or a part changed for another.",
            "传感器无读数通常是排线断裂或更换了不匹配的部件。",
        ),
        consequence=sdk.Text(
            "The phone may charge slowly, dim its screen or switch off without a reason to be "
            "seen.",
            "手机可能充电变慢、屏幕变暗或无故关机。",
        ),
        action=sdk.Text(
            "Check the cable and the connector of the part.", "请检查该部件的排线与接口。"
        ),
    ),
    requests=(adb.THERMAL,),
    interpret=interpret,
    facts={
        "zones": sdk.FactSpec(
            sdk.Unit.NONE,
            sdk.Text("Parts with a sensor", "带温度传感器的部位"),
            sdk.FactKind.WORDS,
            CHECKED,
        )
    },
    symptoms=("charges-slowly", "overheats"),
    measures={
        "reading": sdk.Spec(sdk.Unit.NONE, sdk.Text("Sensors that answer", "有读数的传感器数量")),
        "sensor": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Sensor", "传感器"),
            sdk.OneOf(good=("reads",), attention=("silent", "missing"), source=EXPECTED),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A temperature sensor gives no reading ({value}).",
                    "有温度传感器无读数（{value}）。",
                )
            },
            advice=sdk.Text("Check the cable of the part.", "请检查该部件的排线。"),
            words={
                "reads": sdk.Text("reads", "有读数"),
                "silent": sdk.Text("silent", "无应答"),
                "missing": sdk.Text("missing", "缺失"),
            },
            places={
                "skin": sdk.Text("case", "机身"),
                "battery": sdk.Text("battery", "电池"),
                "cpu": sdk.Text("processor", "处理器"),
                "gpu": sdk.Text("graphics", "图形芯片"),
                "usb": sdk.Text("USB port", "USB 接口"),
            },
        ),
    },
)

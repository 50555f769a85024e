"""What the battery says of itself right now: charge, voltage, temperature, health code."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.charge_units import volts
from diagnose.parsers.dumpsys_battery import BatteryDump, parse_battery
from diagnose.parsers.getprop import parse_getprop
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    Draft,
    NotApplicable,
    OneOf,
    Outcome,
    Probe,
    Range,
    Reason,
    Remark,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

BATTERY = Shell("dumpsys", "battery", expected_ms=25)

ANDROID = Source(
    text="Android BatteryManager: BATTERY_HEALTH_* and EXTRA_PRESENT", basis=Basis.VENDOR
)
JEITA = Source(
    text="JEITA/BAJ guide to the safe use of lithium-ion batteries: charging from 0 to 45 °C, "
    "use up to 60 °C",
    basis=Basis.STANDARD,
)
SELF_CONSISTENCY = Source(
    text="no lithium battery has under 2 V or over 10 V, or 0 % at 0 V and 0 °C", basis=Basis.GUESS
)

STATUS = {1: "unknown", 2: "charging", 3: "discharging", 4: "not charging", 5: "full"}
HEALTH = {
    1: "unknown",
    2: "good",
    3: "overheat",
    4: "dead",
    5: "over voltage",
    6: "unspecified failure",
    7: "cold",
}


def interpret(answers: Answers) -> Iterator[Draft | Remark]:
    dump = answers.parse(BATTERY, parse_battery)
    present = dump.flag("present")
    if present is False and _is_television(answers):
        raise NotApplicable("a device without a battery")
    forced = dump.forced is not None
    if present is not None:
        yield answers.measure(
            "present", present, BATTERY, raw=dump.raw("present"), simulated=forced
        )
    gauge = _gauge(dump)
    raw = dump.raw("voltage") or dump.raw("level")
    yield answers.measure("gauge", gauge, BATTERY, raw=raw, simulated=forced)
    if present is False or gauge != "plausible":
        yield answers.unread("level", BATTERY, reason=Reason.UNSUPPORTED, note=NOT_BELIEVED)
        return
    yield from _readings(answers, dump, forced=forced)


def _is_television(answers: Answers) -> bool:
    known = answers.parse_or_none(GETPROP, parse_getprop) or {}
    return "tv" in known.get("ro.build.characteristics", "").split(",")


def _gauge(dump: BatteryDump) -> str:
    """Whether the numbers can come from a battery at all.

    A board without a fuel gauge says 13 mV and 2.6 °C ("console" box) or nothing but zeros.
    """
    voltage, level = dump.integer("voltage"), dump.integer("level")
    if voltage and volts(voltage) is None:
        return "placeholder"
    if level == 0 and not voltage and not dump.integer("temperature"):
        return "silent"
    return "plausible"


def _readings(answers: Answers, dump: BatteryDump, *, forced: bool) -> Iterator[Draft]:
    values = {
        "level": _level(dump),
        "health": HEALTH.get(dump.integer("health") or 0),
        "temperature": _celsius(dump.integer("temperature")),
        "voltage": volts(dump.integer("voltage")),
        "status": STATUS.get(dump.integer("status") or 0),
        "technology": _word(dump),
    }
    for name, value in values.items():
        if value is None:
            yield answers.unread(name, BATTERY, reason=Reason.UNSUPPORTED)
        else:
            yield answers.measure(name, value, BATTERY, raw=dump.raw(name), simulated=forced)


def _level(dump: BatteryDump) -> int | None:
    level, scale = dump.integer("level"), dump.integer("scale") or 100
    return round(100 * level / scale) if level is not None and 0 <= level <= scale else None


def _celsius(tenths: int | None) -> float | None:
    """Exactly 0 is what a board without a thermistor says; -40 °C and less is an open one."""
    return tenths / 10 if tenths and -400 <= tenths <= 1200 else None


def _word(dump: BatteryDump) -> str | None:
    said = dump.said("technology")
    return said.value[:40] if said and said.value else None


NOT_BELIEVED = Text(
    "The numbers cannot come from a battery, so none of them is used.",
    "这些数值不可能来自电池，因此均不采用。",
)

PROBE = Probe(
    id="battery.state",
    title=Text("Battery right now", "电池当前状态"),
    about=About(
        tested=Text(
            "What the battery and its fuel gauge report at this moment.",
            "电池及电量计此刻报告的数据。",
        ),
        meaning=Text(
            "The phone's own health code, temperature and voltage. The code only knows "
            "emergencies: a worn battery still says 'good'.",
            "手机自身的健康代码、温度和电压。该代码只反映紧急情况：老化的电池仍会显示“良好”。",
        ),
        consequence=Text(
            "A battery that reports a failure may swell, switch the phone off or stop charging.",
            "报告故障的电池可能鼓包、导致关机或无法充电。",
        ),
        action=Text(
            "Let a hot or cold phone come to room temperature and test again; have a battery that "
            "reports a failure replaced.",
            "过热或过冷时请恢复至室温后复测；若电池报告故障，请更换。",
        ),
    ),
    requests=(BATTERY, GETPROP),
    interpret=interpret,
    symptoms=("battery-drain", "no-charge", "shuts-down", "hot"),
    measures={
        "level": Spec(Unit.PERCENT, Text("Charge level", "电量"), essential=True),
        "present": Spec(
            Unit.NONE,
            Text("Battery connected", "电池已连接"),
            OneOf(good=(True,), fail=(False,), source=ANDROID),
            says={Outcome.FAIL: Text("The phone does not see its battery.", "手机检测不到电池。")},
            advice=Text(
                "Check the battery's connector, then the board.", "请先检查电池排线座，再检查主板。"
            ),
        ),
        "gauge": Spec(
            Unit.NONE,
            Text("Battery readings", "电池读数"),
            OneOf(
                good=("plausible",), attention=("placeholder", "silent"), source=SELF_CONSISTENCY
            ),
            says={
                Outcome.ATTENTION: Text(
                    "The battery's readings ({value}) cannot be real: its state is unknown.",
                    "电池读数不真实（{value}）：电池状态未知。",
                )
            },
            advice=Text(
                "Check the battery's connector and the fuel gauge.", "请检查电池排线座和电量计。"
            ),
        ),
        "health": Spec(
            Unit.NONE,
            Text("Health code", "健康代码"),
            OneOf(
                good=("good",),
                attention=("overheat", "cold"),
                fail=("dead", "over voltage", "unspecified failure"),
                source=ANDROID,
            ),
            says={
                Outcome.ATTENTION: Text(
                    "The phone reports the battery's condition as '{value}' at the moment.",
                    "手机当前报告电池状况为“{value}”。",
                ),
                Outcome.FAIL: Text(
                    "The phone reports a battery fault: {value}.", "手机报告电池故障：{value}。"
                ),
            },
            advice=Text("Have the battery checked.", "请检查电池。"),
        ),
        "temperature": Spec(
            Unit.CELSIUS,
            Text("Battery temperature", "电池温度"),
            Range(attention_below=0, attention_above=45, fail_above=60, source=JEITA),
            says={
                Outcome.ATTENTION: Text(
                    "The battery is at {value} {unit}: it should not be charged now.",
                    "电池温度为 {value} {unit}：现在不宜充电。",
                ),
                Outcome.FAIL: Text(
                    "The battery is dangerously hot: {value} {unit}.",
                    "电池温度过高，存在危险：{value} {unit}。",
                ),
            },
            advice=Text(
                "Unplug the phone, let it come to room temperature and test again.",
                "请拔掉充电器，待手机恢复至室温后复测。",
            ),
        ),
        "voltage": Spec(Unit.VOLT, Text("Battery voltage", "电池电压")),
        "status": Spec(Unit.NONE, Text("Charging status", "充电状态")),
        "technology": Spec(Unit.NONE, Text("Cell chemistry", "电芯类型")),
    },
)

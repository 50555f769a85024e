"""What the battery says of itself right now: charge, voltage, temperature, health code."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.battery import state as readings
from diagnose.parsers.battery.dumpsys import BatteryDump, parse_battery
from diagnose.parsers.getprop import parse_getprop
from diagnose.requests import adb

FACTS = ("battery_design_mah", "battery_typical_mah")

BROKEN = ("dead", "over voltage", "unspecified failure")
ANDROID = sdk.Source(
    text=sdk.Text(
        "Android BatteryManager: BATTERY_HEALTH_* and EXTRA_PRESENT",
        "Android BatteryManager：BATTERY_HEALTH_* 与 EXTRA_PRESENT",
    ),
    basis=sdk.Basis.VENDOR,
)
JEITA = sdk.Source(
    text=sdk.Text(
        "JEITA/BAJ guide to lithium-ion batteries: charging from 0 to 45 °C, use up to 60 °C",
        "JEITA/BAJ 锂离子电池指南：充电 0–45 °C，使用不超过 60 °C",
    ),
    basis=sdk.Basis.STANDARD,
)
SELF_CONSISTENCY = sdk.Source(
    text=sdk.Text(
        "no lithium battery has under 2 V or over 10 V, or 0 % at 0 V and 0 °C; no empty cell has "
        "more than 4.2 V and no half full one less than 3.3 V",
        "锂电池不会低于 2 V 或高于 10 V，也不会同时为 0%、0 V、0 °C；"
        "空电池不会高于 4.2 V，半满电池不会低于 3.3 V",
    ),
    basis=sdk.Basis.GUESS,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    if answers.declined(adb.BATTERY):
        yield from _health_by_tradein(answers)
    dump = answers.parse(adb.BATTERY, parse_battery)
    present = dump.flag("present")
    gauge = readings.gauge_word(dump)
    forced = dump.forced is not None
    if present is False and _is_television(answers):
        raise sdk.NotApplicable("a device without a battery")
    if present is not None:
        raw = dump.raw("present")
        yield answers.measure("present", present, adb.BATTERY, raw=raw, simulated=forced)
    if gauge is None:
        yield answers.unread("gauge", adb.BATTERY, reason=sdk.Reason.UNSUPPORTED)
    else:
        raws = readings.gauge_raw(dump)
        yield answers.measure("gauge", gauge, adb.BATTERY, raw=raws, simulated=forced)
    if present is False or gauge in ("placeholder", "silent"):
        yield answers.unread("level", adb.BATTERY, reason=sdk.Reason.UNSUPPORTED, note=NOT_BELIEVED)
        return
    yield from _values(answers, dump)


def _health_by_tradein(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    if health := answers.parse_or_none(adb.TRADE_IN, readings.health_of_tradein):
        yield answers.measure("health", health.value, adb.TRADE_IN, raw=health.raw)


def _values(answers: sdk.Answers, dump: BatteryDump) -> Iterator[sdk.Draft]:
    found = readings.battery_readings(dump, rated_mah=_rated_mah(answers))
    for name, (value, raw) in found.items():
        if value is None:
            yield answers.unread(name, adb.BATTERY, reason=sdk.Reason.UNSUPPORTED)
        else:
            innocent = name == "health" and readings.contradicts_health(dump)
            yield answers.measure(
                name,
                value,
                adb.BATTERY,
                raw=raw,
                simulated=dump.forced is not None,
                criterion=UNJUDGED if innocent else None,
                note=NOT_HOT if innocent else None,
            )


def _rated_mah(answers: sdk.Answers) -> float | None:
    fact = next(filter(None, map(answers.fact, FACTS)), None)
    return float(fact.value) if fact and isinstance(fact.value, int | float) else None


def _is_television(answers: sdk.Answers) -> bool:
    known = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
    return "tv" in known.get("ro.build.characteristics", "").split(",")


UNJUDGED = sdk.OneOf(good=("good",), source=ANDROID)
NOT_NOW = sdk.Text("{value} {unit}: not to be charged now.", "{value} {unit}：现在不宜充电。")
TOO_HOT = sdk.Text("Dangerously hot: {value} {unit}.", "温度过高，存在危险：{value} {unit}。")
NOT_REAL = sdk.Text(
    "The battery's readings ({value}) cannot be real: its state is unknown.",
    "电池读数不真实（{value}）：电池状态未知。",
)
# Makers set these codes while they protect the battery: a charging limit, a warm charger.
NOT_HOT = sdk.Text(
    "The code speaks of heat or cold, but the thermometer does not, or charging is limited on "
    "purpose: no sign of a fault.",
    "代码提示过热或过冷，但温度正常，或系统正在限制充电：不代表故障。",
)
NOT_BELIEVED = sdk.Text(
    "The numbers cannot come from a battery, so none of them is used.",
    "这些数值不可能来自电池，因此均不采用。",
)
PROBE = sdk.Probe(
    id="battery.state",
    tile=sdk.Tile(sdk.Text("Temperature", "温度"), rank=31, measures=("temperature",)),
    title=sdk.Text("Battery right now", "电池当前状态"),
    about=sdk.About(
        tested=sdk.Text("What the fuel gauge reports now.", "电量计此刻报告的数据。"),
        meaning=sdk.Text(
            "The phone's own health code, temperature and voltage. The code only knows "
            "emergencies: a worn battery still says 'good'.",
            "手机自身的健康代码、温度和电压。该代码只反映紧急情况：老化的电池仍会显示“良好”。",
        ),
        consequence=sdk.Text(
            "A battery that reports a failure may swell, switch the phone off or stop charging.",
            "报告故障的电池可能鼓包、导致关机或无法充电。",
        ),
        action=sdk.Text(
            "Test a hot or cold phone again at room temperature; replace a battery that reports a "
            "failure.",
            "过热或过冷时请恢复至室温后复测；若电池报告故障，请更换。",
        ),
    ),
    requests=(adb.BATTERY, adb.GETPROP, adb.TRADE_IN),
    service=sdk.Service(adb.BATTERY, sdk.Text("a battery", "电池")),
    interpret=interpret,
    facts=dict.fromkeys(
        FACTS,
        sdk.FactSpec(sdk.Unit.MILLIAMPERE_HOUR, sdk.Text("Capacity by the maker", "厂商标称容量")),
    ),
    symptoms=("drains-fast", "will-not-charge", "shuts-down", "overheats"),
    measures={
        "level": sdk.Spec(sdk.Unit.PERCENT, sdk.Text("Charge level", "电量"), essential=True),
        "present": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Battery connected", "电池已连接"),
            sdk.OneOf(good=(True,), fail=(False,), source=ANDROID),
            says={
                sdk.Outcome.FAIL: sdk.Text(
                    "The phone does not see its battery.", "手机检测不到电池。"
                )
            },
            advice=sdk.Text("Check the connector, then the board.", "请检查排线座，再查主板。"),
            words={
                True: sdk.Text("seen by the phone", "已识别"),
                False: sdk.Text("not seen", "未识别"),
            },
        ),
        "gauge": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Battery readings", "电池读数"),
            sdk.OneOf(
                good=("plausible",),
                attention=("placeholder", "silent", "contradictory"),
                source=SELF_CONSISTENCY,
            ),
            says={sdk.Outcome.ATTENTION: NOT_REAL},
            advice=sdk.Text("Check the connector and the gauge.", "请检查排线座和电量计。"),
            essential=True,
            words={
                "plausible": sdk.Text("plausible", "可信"),
                "placeholder": sdk.Text("placeholder", "占位数值"),
                "contradictory": sdk.Text("contradictory", "相互矛盾"),
                "silent": sdk.Text("silent", "无应答"),
            },
        ),
        "health": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Health code", "健康代码"),
            sdk.OneOf(
                good=("good",),
                attention=("overheat", "cold", "fair", "inconsistent"),
                fail=BROKEN,
                source=ANDROID,
            ),
            says={
                sdk.Outcome.ATTENTION: sdk.Text("The battery is: {value}.", "电池状况：{value}。"),
                sdk.Outcome.FAIL: sdk.Text("Battery fault: {value}.", "电池故障：{value}。"),
            },
            advice=sdk.Text("Have the battery checked.", "请检查电池。"),
            essential=True,
            words={
                "good": sdk.Text("good", "良好"),
                "overheat": sdk.Text("overheat", "过热"),
                "dead": sdk.Text("dead", "已损坏"),
                "over voltage": sdk.Text("over voltage", "电压过高"),
                "unspecified failure": sdk.Text("unspecified failure", "未说明的故障"),
                "cold": sdk.Text("cold", "过冷"),
                "fair": sdk.Text("fair", "一般"),
                "inconsistent": sdk.Text("inconsistent", "数据不一致"),
                "unknown": sdk.Text("unknown", "未知"),
            },  # a code nobody knows (19) is no "good"
        ),
        "temperature": sdk.Spec(
            sdk.Unit.CELSIUS,
            sdk.Text("Battery temperature", "电池温度"),
            sdk.Range(attention_below=0, attention_above=45, fail_above=60, source=JEITA),
            says={sdk.Outcome.ATTENTION: NOT_NOW, sdk.Outcome.FAIL: TOO_HOT},
            advice=sdk.Text("Test again at room temperature.", "请恢复至室温后复测。"),
        ),
        "voltage": sdk.Spec(sdk.Unit.VOLT, sdk.Text("Battery voltage", "电池电压")),
        "status": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Charging status", "充电状态"),
            words={
                "charging": sdk.Text("charging", "充电中"),
                "discharging": sdk.Text("discharging", "放电中"),
                "not charging": sdk.Text("not charging", "未充电"),
                "full": sdk.Text("full", "已充满"),
                "unknown": sdk.Text("unknown", "未知"),
            },
        ),
        "counter": sdk.Spec(
            sdk.Unit.MILLIAMPERE_HOUR, sdk.Text("Charge in the battery", "电池存电量")
        ),
        "capacity_level": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Charge in a word", "电量等级"),
            words={
                "critical": sdk.Text("critical", "极低"),
                "low": sdk.Text("low", "低"),
                "normal": sdk.Text("normal", "正常"),
                "high": sdk.Text("high", "高"),
                "full": sdk.Text("full", "已充满"),
            },
        ),
        "charging_state": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Way of charging", "充电方式"),
            words={
                "normal": sdk.Text("normal", "正常"),
                "too cold": sdk.Text("held back, too cold", "过冷，充电受限"),
                "too hot": sdk.Text("held back, too hot", "过热，充电受限"),
                "long life": sdk.Text("slower, to spare the battery", "放慢以保护电池"),
                "adaptive": sdk.Text("timed to the owner's habits", "按使用习惯调节"),
            },
        ),
        "technology": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Cell chemistry", "电芯类型"),
            words={
                "Li-ion": sdk.Text("lithium-ion", "锂离子"),
                "Li-poly": sdk.Text("lithium polymer", "锂聚合物"),
            },
        ),
    },
)

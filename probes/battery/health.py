"""How worn the battery is: state of health, cycles, capacities, dates, from every source.

Sources are compared; the most trusted counts. 0, -1 and null mean "not supported", never "new".
"""

from __future__ import annotations

from collections.abc import Iterator

from diagnose.parsers.battery_wear import (
    WearReading,
    from_battery_dump,
    from_health_hal,
    from_learned,
    from_property,
    from_supplies,
    from_tradein,
)
from diagnose.parsers.batterystats import parse_capacities
from diagnose.parsers.binder_parcel import parse_battery_property
from diagnose.parsers.dumpsys_battery import parse_battery
from diagnose.parsers.health_hal import parse_health
from diagnose.parsers.power_supply import parse_supplies
from diagnose.parsers.tradein import parse_tradein
from diagnose.sdk import (
    GETPROP,
    About,
    Answers,
    Basis,
    Candidate,
    DataClass,
    Draft,
    FactSpec,
    OneOf,
    Outcome,
    Probe,
    Range,
    Remark,
    Shell,
    Source,
    Spec,
    Text,
    Unit,
)

BATTERY = Shell("dumpsys", "battery", expected_ms=25)
HEALTH_AIDL = Shell(
    "dumpsys", "android.hardware.health.IHealth/default", data_class=DataClass.IDENTITY
)
HEALTH_HIDL_21 = Shell("lshal", "debug", "android.hardware.health@2.1::IHealth/default")
HEALTH_HIDL_20 = Shell("lshal", "debug", "android.hardware.health@2.0::IHealth/default")
PROPERTIES = {
    number: Shell("service", "call", "batteryproperties", "1", "i32", str(number), expected_ms=20)
    for number in (7, 8, 10)
}
SUPPLIES = Shell(
    "grep",
    "",
    "/sys/class/power_supply/*/uevent",
    "/sys/class/power_supply/*/charge_full",
    "/sys/class/power_supply/*/charge_full_design",
    "/sys/class/power_supply/*/cycle_count",
    "/sys/class/power_supply/*/state_of_health",
    "/sys/class/power_supply/*/manufacturing_date",
    "/sys/class/power_supply/*/first_usage_date",
)
LEARNED = Shell(
    "dumpsys", "batterystats", timeout_s=30, expected_ms=1500, data_class=DataClass.USAGE
)
TRADE_IN = Shell(
    "tradeinmode", "getstatus", timeout_s=20, data_class=DataClass.IDENTITY, sensitive=True
)

# Before Android 9 transaction 1 of this service was another method, which ignores the call.
FIRST_WITH_PROPERTIES = 28
DISAGREEMENT = 10  # points of state of health between two sources that are worth a word

WEAR = Source(
    text="三包 rules for phones (battery capacity not below 80 %); EU 2023/1670 Annex II: 80 % of "
    "the rated capacity",
    basis=Basis.STANDARD,
)
CYCLES = Source(
    text="EU 2023/1670 Annex II: 80 % of the rated capacity after 1,000 cycles for sealed phones",
    basis=Basis.STANDARD,
)
ESTIMATE = Source(text="Android's learned capacity, an estimate only", basis=Basis.GUESS)
LEARNED_LOW = Range(attention_below=80, source=ESTIMATE)
LEARNED_FINE = OneOf(source=ESTIMATE)  # judges nothing: an estimate alone passes no battery


def interpret(answers: Answers) -> Iterator[Draft | Remark]:
    forced = _forced(answers)
    readings = list(_readings(answers))
    for name in PROBE.measures:
        candidates = [candidate for what, candidate in readings if what == name]
        if not candidates:
            yield answers.unread(name, *_official(answers))
            continue
        best = max(candidates, key=lambda candidate: candidate.trust)
        yield answers.compare(
            name,
            candidates,
            criterion=_estimate_limit(best) if name == "state_of_health" else None,
            # The other sources are not touched by `cmd battery set`.
            simulated=forced and best.request == BATTERY,
        )
    yield from _disagreements([c for what, c in readings if what == "state_of_health"])


def _estimate_limit(best: Candidate) -> Range | OneOf | None:
    """The limit for what Android only learned; None where a gauge said it (the usual limit)."""
    if best.request != LEARNED:
        return None
    low = isinstance(best.value, int | float) and best.value < 80
    return LEARNED_LOW if low else LEARNED_FINE


def _forced(answers: Answers) -> bool:
    dump = answers.parse_or_none(BATTERY, parse_battery)
    return dump is not None and dump.forced is not None


def _official(answers: Answers) -> tuple[Shell, ...]:
    """The sources whose refusal says most of why a value is unknown."""
    asked = (HEALTH_AIDL, PROPERTIES[10], SUPPLIES)
    return tuple(request for request in asked if answers.refused(request)) or asked[:1]


def _readings(answers: Answers) -> Iterator[tuple[str, Candidate]]:
    """Every value of every source, by measure."""
    for request, readings in _sources(answers):
        for said in readings:
            yield (
                said.name,
                Candidate(said.value, request, raw=said.raw, trust=said.trust, note=said.note),
            )


def _sources(answers: Answers) -> Iterator[tuple[Shell, list[WearReading]]]:
    for request in (HEALTH_AIDL, HEALTH_HIDL_21, HEALTH_HIDL_20):
        yield request, from_health_hal(answers.parse_or_none(request, parse_health) or {})
    if (answers.sdk_level or FIRST_WITH_PROPERTIES) >= FIRST_WITH_PROPERTIES:
        for number, request in PROPERTIES.items():
            parcel = answers.parse_or_none(request, parse_battery_property)
            yield request, from_property(number, parcel.value if parcel else None)
    if dump := answers.parse_or_none(BATTERY, parse_battery):
        yield BATTERY, from_battery_dump(dump)
    yield SUPPLIES, from_supplies(answers.parse_or_none(SUPPLIES, parse_supplies) or {})
    if report := answers.parse_or_none(TRADE_IN, parse_tradein):
        yield TRADE_IN, from_tradein(report)
    learned = answers.parse_or_none(LEARNED, parse_capacities) or {}
    yield LEARNED, from_learned(learned, _rated(answers))


def _rated(answers: Answers) -> float | None:
    fact = answers.fact("battery_design_mah") or answers.fact("battery_typical_mah")
    return float(fact.value) if fact and isinstance(fact.value, int | float) else None


def _disagreements(candidates: list[Candidate]) -> Iterator[Remark]:
    trusted = [c.value for c in candidates if c.trust > 15 and isinstance(c.value, int | float)]
    if trusted and max(trusted) - min(trusted) > DISAGREEMENT:
        yield Remark("sources_disagree", DISAGREE, because=("state_of_health",))


DISAGREE = Text(
    "The phone's own sources disagree on the battery's state of health; the most reliable one is "
    "used. Measure the capacity before replacing the battery.",
    "手机各数据来源对电池健康度的说法不一致，已采用最可靠的一项；更换前建议实测容量。",
)

PROBE = Probe(
    id="battery.health",
    title=Text("Battery wear", "电池老化程度"),
    about=About(
        tested=Text(
            "How much of its original capacity the battery still has, and its charge cycles.",
            "电池剩余容量占原始容量的比例以及充电循环次数。",
        ),
        meaning=Text(
            "Batteries age. Below 80 % a phone runs clearly shorter and may switch off under load.",
            "电池会自然老化。低于 80% 时续航明显缩短，高负载时可能关机。",
        ),
        consequence=Text(
            "Shorter running time, sudden shutdowns, slower performance.",
            "续航变短、突然关机、性能下降。",
        ),
        action=Text(
            "Below 80 %: replace the battery. 80 to 85 %: plan the replacement.",
            "低于 80%：建议更换电池；80% 至 85%：可计划更换。",
        ),
    ),
    requests=(
        BATTERY,
        HEALTH_AIDL,
        HEALTH_HIDL_21,
        HEALTH_HIDL_20,
        *PROPERTIES.values(),
        SUPPLIES,
        LEARNED,
        TRADE_IN,
        GETPROP,
    ),
    interpret=interpret,
    facts={
        "battery_design_mah": FactSpec(
            Unit.MILLIAMPERE_HOUR, Text("Rated (minimum) battery capacity", "电池额定容量")
        ),
        "battery_typical_mah": FactSpec(
            Unit.MILLIAMPERE_HOUR, Text("Typical battery capacity", "电池典型容量")
        ),
    },
    symptoms=("battery-drain", "shuts-down"),
    measures={
        "state_of_health": Spec(
            Unit.PERCENT,
            Text("State of health", "电池健康度"),
            Range(fail_below=80, attention_below=85, source=WEAR),
            essential=True,
            says={
                Outcome.FAIL: Text(
                    "The battery holds only {value} {unit} of its original capacity.",
                    "电池容量仅剩原始容量的 {value}{unit}。",
                ),
                Outcome.ATTENTION: Text(
                    "The battery holds about {value} {unit} of its original capacity.",
                    "电池容量约为原始容量的 {value}{unit}。",
                ),
                Outcome.PASS: Text(
                    "The battery holds {value} {unit} of its original capacity.",
                    "电池容量为原始容量的 {value}{unit}。",
                ),
            },
            advice=Text("Replace the battery.", "建议更换电池。"),
        ),
        "cycles": Spec(
            Unit.CYCLES,
            Text("Charge cycles", "充电循环次数"),
            Range(attention_above=1000, source=CYCLES),
            says={
                Outcome.ATTENTION: Text(
                    "The battery has been charged {value} times over: more than it is made for.",
                    "电池已完成 {value} 次循环，超过设计寿命。",
                )
            },
            advice=Text("Watch the running time.", "请留意续航变化。"),
        ),
        "full_capacity": Spec(Unit.MILLIAMPERE_HOUR, Text("Capacity when full", "当前满充容量")),
        "design_capacity": Spec(Unit.MILLIAMPERE_HOUR, Text("Rated capacity", "设计容量")),
        "manufactured": Spec(Unit.NONE, Text("Date of manufacture", "电池生产日期")),
        "first_used": Spec(Unit.NONE, Text("Date of first use", "电池首次使用日期")),
    },
)

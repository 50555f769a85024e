"""How worn the battery is, from every source; 0, -1 and null mean "not supported", never "new"."""

from collections.abc import Iterator
from functools import partial

from diagnose import sdk
from diagnose.parsers.battery import wear
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.binder_parcel import FIRST_WITH_PROPERTIES
from diagnose.requests import adb

PROPERTIES = {7: adb.MANUFACTURING_DATE, 8: adb.FIRST_USAGE_DATE, 10: adb.STATE_OF_HEALTH}
SOURCES = {
    adb.HEALTH_AIDL: wear.wear_of_health_hal,
    adb.HEALTH_HIDL_21: wear.wear_of_health_hal,
    adb.HEALTH_HIDL_20: wear.wear_of_health_hal,
    adb.BATTERY: wear.wear_of_battery_dump,
    adb.SUPPLIES: wear.wear_of_supplies,
    adb.TRADE_IN: wear.wear_of_tradein,
}

FACTS = "battery_design_mah", "battery_typical_mah"
DISAGREEMENT = 10  # points of state of health between two sources that are worth a word

WEAR = sdk.Source(
    text="三包 rules for phones: capacity not below 80 %; EU 2023/1670 Annex II: 80 % (sealed "
    "phones after 1,000 cycles)",
    basis=sdk.Basis.STANDARD,
)
ESTIMATE = sdk.Source(text="Android's learned capacity, an estimate only", basis=sdk.Basis.GUESS)
UNJUDGED = sdk.OneOf(source=ESTIMATE)  # an estimate alone neither passes nor accuses a battery


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    dump = answers.parse_or_none(adb.BATTERY, parse_battery)
    forced = dump is not None and dump.forced is not None
    readings = list(_readings(answers))
    for name in PROBE.measures:
        candidates = [candidate for what, candidate in readings if what == name]
        if not candidates:
            yield answers.unread(name, adb.HEALTH_AIDL, PROPERTIES[10], adb.SUPPLIES)
            continue
        best = max(candidates, key=lambda candidate: candidate.trust)
        yield answers.compare(
            name,
            candidates,
            criterion=UNJUDGED if _is_estimate(name, best) else None,
            note=ESTIMATED if _is_estimate(name, best) else None,
            # The other sources are not touched by `cmd battery set`.
            simulated=forced and best.request == adb.BATTERY,
        )
    trusted = [c.value for what, c in readings if what == "state_of_health" and c.trust > 15]
    numbers = [value for value in trusted if isinstance(value, int | float)]
    if numbers and max(numbers) - min(numbers) > DISAGREEMENT:
        yield sdk.Remark("sources_disagree", DISAGREE, because=("state_of_health",))


def _is_estimate(name: str, best: sdk.Candidate) -> bool:
    """Whether only Android's guess is there: from how full it saw the battery, never measured."""
    return name == "state_of_health" and best.request == adb.BATTERYSTATS


def _readings(answers: sdk.Answers) -> Iterator[tuple[str, sdk.Candidate]]:
    """Every value of every source, by measure."""
    sources = dict(SOURCES)
    if (answers.sdk_level or FIRST_WITH_PROPERTIES) >= FIRST_WITH_PROPERTIES:
        sources |= {r: partial(wear.wear_of_property, n) for n, r in PROPERTIES.items()}
    fact = next(filter(None, map(answers.fact, FACTS)), None)
    rated = float(fact.value) if fact and isinstance(fact.value, int | float) else None
    sources[adb.BATTERYSTATS] = partial(wear.wear_of_learned, rated_mah=rated)
    for request, parser in sources.items():
        for said in answers.parse_or_none(request, parser) or ():
            yield said.name, sdk.Candidate(said.value, request, said.raw, said.trust, said.note)


ESTIMATED = sdk.Text(
    "Android's own estimate; to know it, charge to 100 % and measure.",
    "系统自行估算，仅供参考；如需确认，请充满后实测。",
)
DISAGREE = sdk.Text(
    "The phone's own sources disagree on the wear; measure the capacity before replacing.",
    "手机各数据来源对健康度的说法不一致，更换前建议实测容量。",
)
HOLDS = sdk.Text(
    "It holds {value} {unit} of its first capacity.", "电池容量为新电池的 {value}{unit}。"
)

PROBE = sdk.Probe(
    id="battery.health",
    title=sdk.Text("Battery wear", "电池老化程度"),
    about=sdk.About(
        tested=sdk.Text("The battery's capacity and charge cycles.", "电池的剩余容量与循环次数。"),
        meaning=sdk.Text(
            "Batteries age. Below 80 % a phone runs clearly shorter and may switch off under load.",
            "电池会自然老化。低于 80% 时续航明显缩短，高负载时可能关机。",
        ),
        consequence=sdk.Text("Short running time, sudden shutdowns.", "续航变短、突然关机。"),
        action=sdk.Text(
            "Below 80 %: replace it; 85 %: plan it.", "低于 80% 应更换，低于 85% 可预约。"
        ),
    ),
    requests=(*SOURCES, *PROPERTIES.values(), adb.BATTERYSTATS, adb.GETPROP),
    interpret=interpret,
    facts={
        name: sdk.FactSpec(
            sdk.Unit.MILLIAMPERE_HOUR, sdk.Text("Capacity by the maker", "厂商标称容量")
        )
        for name in FACTS
    },
    symptoms=("drains-fast", "shuts-down"),
    measures={
        "state_of_health": sdk.Spec(
            sdk.Unit.PERCENT,
            sdk.Text("State of health", "电池健康度"),
            sdk.Range(fail_below=80, attention_below=85, source=WEAR),
            essential=True,
            says=dict.fromkeys((sdk.Outcome.FAIL, sdk.Outcome.ATTENTION, sdk.Outcome.PASS), HOLDS),
            advice=sdk.Text(
                "Replace the battery when it is below 80 %.", "低于 80% 时建议更换电池。"
            ),
        ),
        "cycles": sdk.Spec(
            sdk.Unit.CYCLES,
            sdk.Text("Charge cycles", "充电循环次数"),
            sdk.Range(attention_above=1000, source=WEAR),
            says={sdk.Outcome.ATTENTION: sdk.Text("{value} charge cycles.", "已循环 {value} 次。")},
        ),
        "full_capacity": sdk.Spec(
            sdk.Unit.MILLIAMPERE_HOUR, sdk.Text("Full capacity", "当前满充容量")
        ),
        "design_capacity": sdk.Spec(
            sdk.Unit.MILLIAMPERE_HOUR, sdk.Text("Rated capacity", "设计容量")
        ),
        "manufactured": sdk.Spec(sdk.Unit.NONE, sdk.Text("Date of manufacture", "电池生产日期")),
        "first_used": sdk.Spec(sdk.Unit.NONE, sdk.Text("Date of first use", "电池首次使用日期")),
    },
)

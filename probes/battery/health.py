"""How worn the battery is, from every source; 0, -1 and null mean "not supported", never "new"."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from diagnose import sdk
from diagnose.parsers.battery import wear
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.battery.wear import WearStatement
from diagnose.parsers.binder_parcel import FIRST_WITH_PROPERTIES
from diagnose.requests import adb
from diagnose.sdk import capacities

PROPERTIES = {7: adb.MANUFACTURING_DATE, 8: adb.FIRST_USAGE_DATE, 10: adb.STATE_OF_HEALTH}
SOURCES = {
    adb.HEALTH_AIDL: wear.wear_of_health_hal,
    adb.HEALTH_HIDL_21: wear.wear_of_health_hal,
    adb.HEALTH_HIDL_20: wear.wear_of_health_hal,
    adb.BATTERY: wear.wear_of_battery_dump,
    adb.SUPPLIES: wear.wear_of_supplies,
    adb.TRADE_IN: wear.wear_of_tradein,
}

HAL = {
    WearStatement.PERCENT: 90,
    WearStatement.DAY: 90,
    WearStatement.COUNT: 80,
    WearStatement.CAPACITY: 70,
    WearStatement.RATIO: 70,
}
OF_PROPERTY = {WearStatement.PERCENT: 88, WearStatement.DAY: 85}
TRUST = {
    adb.HEALTH_AIDL: HAL,
    adb.HEALTH_HIDL_21: HAL,
    adb.HEALTH_HIDL_20: HAL,
    adb.BATTERY: {
        WearStatement.PERCENT: 85,
        WearStatement.SECOND_PERCENT: 80,
        WearStatement.COUNT: 75,
        WearStatement.DAY: 70,
        WearStatement.CAPACITY: 60,
        WearStatement.RATIO: 60,
    },
    adb.SUPPLIES: {
        WearStatement.PERCENT: 75,
        WearStatement.COUNT: 70,
        WearStatement.DAY: 70,
        WearStatement.CAPACITY: 65,
        WearStatement.RATIO: 65,
    },
    adb.TRADE_IN: {WearStatement.PERCENT: 87, WearStatement.COUNT: 78, WearStatement.DAY: 80},
    **dict.fromkeys(PROPERTIES.values(), OF_PROPERTY),
}
"""How far a source is believed: the phone's own percentage before a ratio of two gauge numbers."""
# Another cell may be meant by the maker, and Android only watched: these contradict nobody.
TRUST_ANYWHERE = {WearStatement.RATIO_OF_RATED: 35, WearStatement.LEARNED: 10}

FACTS = "battery_design_mah", "battery_typical_mah"

WEAR = sdk.Source(
    text=sdk.Text(
        "三包 rules for phones: capacity not below 80 %; EU 2023/1670 Annex II: 80 % (sealed "
        "phones after 1,000 cycles)",
        "手机三包规定：容量不低于 80%；欧盟 2023/1670 附件 II：80%（密封机型 1000 次循环后）",
    ),
    basis=sdk.Basis.STANDARD,
)
ESTIMATE = sdk.Source(
    text=sdk.Text("Android's learned capacity, an estimate only", "Android 学习的容量，仅为估计值"),
    basis=sdk.Basis.GUESS,
)
UNJUDGED = sdk.OneOf(source=ESTIMATE)  # an estimate alone neither passes nor accuses a battery


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft | sdk.Remark]:
    dump = answers.parse_or_none(adb.BATTERY, parse_battery)
    forced = dump is not None and dump.forced is not None
    rated, counted = _rated_mah(answers), capacities.counted_full_mah(dump)
    told = capacities.sort_out(
        dict(_told(answers)), rated_mah=rated, counted_mah=counted, trust=_trust
    )
    odd = _cannot_be(told.impossible)
    for name in PROBE.measures:
        found = [(request, one) for request, one in told.readings if one.name == name]
        if not found:
            note = odd if name != "cycles" else None
            yield answers.unread(name, adb.HEALTH_AIDL, PROPERTIES[10], adb.SUPPLIES, note=note)
            continue
        yield _compared(answers, name, found, forced=forced)
    if odd:
        yield sdk.Remark("impossible", odd, ("full_capacity", "design_capacity"))


def _told(answers: sdk.Answers) -> Iterator[tuple[sdk.Shell, list[wear.WearReading]]]:
    """Every value of every source."""
    sources = dict(SOURCES)
    if (answers.sdk_level or FIRST_WITH_PROPERTIES) >= FIRST_WITH_PROPERTIES:
        sources |= {r: partial(wear.wear_of_property, n) for n, r in PROPERTIES.items()}
    sources[adb.BATTERYSTATS] = partial(wear.wear_of_learned, rated_mah=_rated_mah(answers))
    for request, parser in sources.items():
        if printed := answers.parse_or_none(request, parser):
            yield request, printed


def _trust(request: sdk.Shell, reading: wear.WearReading) -> int:
    return (TRUST.get(request, {}) | TRUST_ANYWHERE)[reading.statement]


def _rated_mah(answers: sdk.Answers) -> float | None:
    fact = next(filter(None, map(answers.fact, FACTS)), None)
    return float(fact.value) if fact and isinstance(fact.value, int | float) else None


def _compared(
    answers: sdk.Answers,
    name: str,
    found: Sequence[tuple[sdk.Shell, wear.WearReading]],
    *,
    forced: bool,
) -> sdk.Draft:
    candidates = [
        sdk.Candidate(one.value, request, one.raw, _trust(request, one), one.note)
        for request, one in found
    ]
    request, best = max(found, key=lambda one: _trust(*one))
    limit: sdk.OneOf | sdk.Range | None = None
    note: sdk.Text | None = None
    if name == "state_of_health" and request == adb.BATTERYSTATS:
        limit, note = UNJUDGED, ESTIMATED
    elif best.is_ratio and (
        request == adb.BATTERY or best.statement is WearStatement.RATIO_OF_RATED
    ):
        limit, note = HINT, SECOND_HAND
    # The other sources are not touched by `cmd battery set`.
    simulated = forced and request == adb.BATTERY
    return answers.compare(name, candidates, criterion=limit, note=note, simulated=simulated)


def _cannot_be(pair: tuple[float, float] | None) -> sdk.Text | None:
    return IMPOSSIBLE.format(full=f"{pair[0]:g}", design=f"{pair[1]:g}") if pair else None


# Systems of communities add such lines to `dumpsys battery`; the maker may mean another cell.
HINT = sdk.Range(
    attention_below=80,
    source=sdk.Source(
        text=sdk.Text(
            "full charge against a capacity that the gauge did not name",
            "满充容量与非电量计给出的标称容量之比",
        ),
        basis=sdk.Basis.GUESS,
    ),
)
SECOND_HAND = sdk.Text(
    "Full charge against a capacity that another part of the system states; measure it before the "
    "battery is replaced.",
    "以系统其他来源的标称容量计算，更换电池前建议实测。",
)
IMPOSSIBLE = sdk.Text(
    "A full charge of {full} mAh and a rated capacity of {design} mAh cannot both be of this "
    "battery, so nothing is said of its wear.",
    "满充 {full} mAh 与设计容量 {design} mAh 不可能属于同一块电池，因此无法判断老化程度。",
)
ESTIMATED = sdk.Text(
    "Android's own estimate; to know it, charge to 100 % and measure.",
    "系统自行估算，仅供参考；如需确认，请充满后实测。",
)
HOLDS = sdk.Text(
    "The battery holds {value} {unit} of its first capacity.", "电池容量为新电池的 {value}{unit}。"
)

MOST_CYCLES_OF_NEW = 20
"""A maker charges a battery a few times before it is sold; the shop once or twice."""

LEAST_HEALTH_OF_NEW_PERCENT = 95
OLDEST_NEW_YEARS = 2
"""Makers store spare batteries; after two years on a shelf one has lost what a buyer would miss."""


def was_charged(before: sdk.Value | None, after: sdk.Value, _today: date) -> sdk.Text | None:
    if not isinstance(after, int | float) or after <= MOST_CYCLES_OF_NEW:
        return None
    if isinstance(before, int | float) and after >= before:
        return sdk.Text(
            f"the phone counts {after:g} charge cycles, as many as before the repair: either its "
            "counter was not reset or the battery is not new",
            f"手机记录的循环次数为 {after:g} 次，不少于维修前：计数未重置，或并非新电池",
        )
    return sdk.Text(
        f"it has been charged {after:g} times already: it is not new",
        f"已循环充电 {after:g} 次，并非新电池",
    )


def holds_too_little(_before: sdk.Value | None, after: sdk.Value, _today: date) -> sdk.Text | None:
    if not isinstance(after, int | float) or after >= LEAST_HEALTH_OF_NEW_PERCENT:
        return None
    return sdk.Text(
        f"it holds {after:g} % of its capacity: a new one holds all of it",
        f"电池健康度 {after:g}%，新电池应为 100%",
    )


def is_old(_before: sdk.Value | None, after: sdk.Value, today: date) -> sdk.Text | None:
    made = day_of(after)
    if made is None or (today - made).days <= OLDEST_NEW_YEARS * 366:
        return None
    return sdk.Text(f"it was made on {made}: it is not new", f"生产日期 {made}，并非新电池")


def day_of(value: sdk.Value) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


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
    tile=sdk.Tile(
        sdk.Text("Battery capacity left", "电池剩余容量"),
        rank=10,
        measures=("state_of_health", "full_capacity"),
        beside="cycles",
    ),
    # Regulation (EU) 2023/1670 wants these shown to end users of phones sold from 20 June 2025 on.
    statutory=(
        *("manufactured", "first_used", "cycles"),
        *("state_of_health", "full_capacity", "design_capacity"),
    ),
    facts={
        name: sdk.FactSpec(
            sdk.Unit.MILLIAMPERE_HOUR,
            sdk.Text("Capacity by the maker", "厂商标称容量"),
            measure="design_capacity" if name == "battery_design_mah" else "",
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
            sign=sdk.Sign("battery", doubt=holds_too_little),
        ),
        "cycles": sdk.Spec(
            sdk.Unit.CYCLES,
            sdk.Text("Charge cycles", "充电循环次数"),
            sdk.Range(attention_above=1000, source=WEAR),
            says={sdk.Outcome.ATTENTION: sdk.Text("{value} charge cycles.", "已循环 {value} 次。")},
            sign=sdk.Sign("battery", sdk.Proves.DECREASE, doubt=was_charged),
        ),
        "full_capacity": sdk.Spec(
            sdk.Unit.MILLIAMPERE_HOUR, sdk.Text("Full capacity", "当前满充容量")
        ),
        "design_capacity": sdk.Spec(
            sdk.Unit.MILLIAMPERE_HOUR, sdk.Text("Rated capacity", "设计容量")
        ),
        "manufactured": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Date of manufacture", "电池生产日期"),
            sign=sdk.Sign("battery", sdk.Proves.DIFFERENCE, doubt=is_old),
        ),
        "first_used": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Date of first use", "电池首次使用日期"),
            sign=sdk.Sign("battery", sdk.Proves.IDENTITY),
        ),
    },
)

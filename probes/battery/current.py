"""How much current flows into or out of the battery; read only, never judged."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.battery.charge_units import Scale, milliamperes
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.battery.health_hal import parse_health
from diagnose.parsers.battery.power_supply import parse_supplies
from diagnose.parsers.binder_parcel import FIRST_WITH_PROPERTIES, parse_battery_property
from diagnose.requests import adb


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    for name, candidates in {"now": _now(answers), "average": _average(answers)}.items():
        found = [candidate for candidate in candidates if candidate is not None]
        if found:
            note = _sign(answers, found)
            yield answers.compare(name, found, note=note, aside=note and REVERSED)
        else:
            sources = (
                (adb.CURRENT_NOW, adb.HEALTH_AIDL) if name == "now" else (adb.CURRENT_AVERAGE,)
            )
            yield answers.unread(name, *sources, reason=_why(answers, sources))


def _now(answers: sdk.Answers) -> list[sdk.Candidate | None]:
    dump = answers.parse_or_none(adb.BATTERY, parse_battery)
    vendor = dump.field("current now") if dump else None  # One UI prints it here, in mA
    return [
        _property(answers, adb.CURRENT_NOW),
        _health(answers, "batteryCurrentMicroamps"),
        _candidate(answers, vendor.integer, adb.BATTERY, vendor.raw, 60) if vendor else None,
        *_supplies(answers, "current_now"),
    ]


def _average(answers: sdk.Answers) -> list[sdk.Candidate | None]:
    return [
        _property(answers, adb.CURRENT_AVERAGE),
        _health(answers, "batteryCurrentAverageMicroamps"),
        *_supplies(answers, "current_avg"),
    ]


def _property(answers: sdk.Answers, request: sdk.Request) -> sdk.Candidate | None:
    if (answers.sdk_level or FIRST_WITH_PROPERTIES) < FIRST_WITH_PROPERTIES:
        return None
    printed = answers.parse_or_none(request, parse_battery_property)
    return _candidate(answers, printed.value, request, "Parcel(", 70) if printed else None


def _health(answers: sdk.Answers, name: str) -> sdk.Candidate | None:
    printed = (answers.parse_or_none(adb.HEALTH_AIDL, parse_health) or {}).get(name)
    return (
        _candidate(answers, printed.integer, adb.HEALTH_AIDL, printed.raw, 65) if printed else None
    )


def _supplies(answers: sdk.Answers, name: str) -> list[sdk.Candidate | None]:
    supplies = answers.parse_or_none(adb.SUPPLIES, parse_supplies) or {}
    printed = [s[name] for key, s in supplies.items() if name in s and key.lower() in GAUGES]
    return [_candidate(answers, s.integer, adb.SUPPLIES, s.raw, 50) for s in printed[:4]]


GAUGES = frozenset({"", "battery", "bms", "bq27541", "maxfg", "sec-fg", "bat"})


def _candidate(
    answers: sdk.Answers, number: int | None, request: sdk.Request, raw: str, trust: int
) -> sdk.Candidate | None:
    current = milliamperes(number, speaks_milli=answers.quirk("unit") == "mA")
    if current is None:
        return None
    value, scale, sure = current
    unit = "µA" if scale is Scale.MICRO else "mA"
    note = (READ_AS if sure else GUESSED).format(number=number, unit=unit)
    return sdk.Candidate(
        round(value, 1), request, raw=raw, trust=trust - (0 if sure else 15), note=note
    )


def _sign(answers: sdk.Answers, found: list[sdk.Candidate]) -> sdk.Text | None:
    """Say so where this phone counts a charging current as negative: vendors do not agree."""
    dump = answers.parse_or_none(adb.BATTERY, parse_battery)
    value = max(found, key=lambda candidate: candidate.trust).value
    status = dump.integer("status") if dump else None
    negative = isinstance(value, float) and value < 0
    return INVERTED if (status, negative) in ((2, True), (3, False)) else None


def _why(answers: sdk.Answers, sources: tuple[sdk.Request, ...]) -> sdk.Reason:
    reasons = [no.reason for source in sources if (no := answers.no_answer(source))]
    return sdk.Reason.DENIED if sdk.Reason.DENIED in reasons else sdk.Reason.UNSUPPORTED


READ_AS = sdk.Text("{number}, read as {unit}", "{number}，按 {unit} 读取")
GUESSED = sdk.Text("{number}, read as {unit}, not sure", "{number}，按 {unit} 读取，不确定")
INVERTED = sdk.Text(
    "The sign does not fit the charging status: this phone may count the other way round.",
    "符号与充电状态不符：该机型的电流方向定义可能相反。",
)

# A Xiaomi counts what flows in as negative: "-480 mA" alone reads like a drain.
REVERSED = sdk.Text("sign may be reversed", "该机型符号可能相反")

PROBE = sdk.Probe(
    id="battery.current",
    title=sdk.Text("Battery current", "电池电流"),
    about=sdk.About(
        tested=sdk.Text("The current at the battery, from every source.", "各来源的电池电流。"),
        meaning=sdk.Text(
            "How fast the battery charges or drains at this moment; it changes every second.",
            "电池此刻的充放电速度，每秒都在变化。",
        ),
        consequence=sdk.Text(
            "None by itself; it is read to compare with a known charger.",
            "本身不代表故障，仅供与已知充电器对比。",
        ),
        action=sdk.Text("Nothing to do.", "无需处理。"),
    ),
    requests=(
        adb.BATTERY,
        adb.HEALTH_AIDL,
        adb.CURRENT_NOW,
        adb.CURRENT_AVERAGE,
        adb.SUPPLIES,
        adb.GETPROP,
    ),
    interpret=interpret,
    measures={
        "now": sdk.Spec(sdk.Unit.MILLIAMPERE, sdk.Text("Current now", "当前电流")),
        "average": sdk.Spec(sdk.Unit.MILLIAMPERE, sdk.Text("Average current", "平均电流")),
    },
    quirks={
        "unit": sdk.Text(
            "`mA`: this model gives currents in mA where Android asks for µA.",
            "“mA”：该机型以 mA 而非 Android 规定的 µA 提供电流。",
        )
    },
)

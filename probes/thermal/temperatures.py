"""How hot the phone is right now, and whether it slows itself down because of that."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.thermal.hardware_properties import parse_hardware_properties
from diagnose.parsers.thermal.kinds import KINDS, live_heat, plausible, zone_heat
from diagnose.parsers.thermal.thermalservice import parse_thermalservice
from diagnose.parsers.thermal.zones import parse_zones
from diagnose.requests import adb

STATUS = sdk.Source(
    text=sdk.Text(
        "Android PowerManager.THERMAL_STATUS_*: from 2 (moderate) on the phone slows itself "
        "down, from 4 (critical) on everything possible is throttled",
        "Android PowerManager.THERMAL_STATUS_*：2（中等）起手机降频，4（严重）起全面限制",
    ),
    basis=sdk.Basis.VENDOR,
)


def _limit(celsius: float, why: sdk.Text) -> sdk.Range:
    return sdk.Range(attention_above=celsius, source=sdk.Source(text=why, basis=sdk.Basis.GUESS))


# A phone that was only just in use may be warm: none of these says more than attention.
LIMITS = {
    "skin": _limit(
        43,
        sdk.Text(
            "warm to the touch; phones begin to slow down at about this",
            "手感发热；手机约在此温度开始降频",
        ),
    ),
    "battery": _limit(
        45, sdk.Text("batteries are not charged above 45 °C", "电池在 45 °C 以上不应充电")
    ),
    "cpu": _limit(
        90, sdk.Text("near the usual throttling point of 95 °C", "接近通常的 95 °C 降频点")
    ),
    "gpu": _limit(
        90, sdk.Text("near the usual throttling point of 95 °C", "接近通常的 95 °C 降频点")
    ),
    "usb": _limit(60, sdk.Text("hot for a port without a load", "接口无负载时温度偏高")),
}


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    dump = answers.parse_or_none(adb.THERMAL, parse_thermalservice)
    if dump and dump.status is not None:
        yield answers.measure(
            "status", dump.status, adb.THERMAL, raw=dump.status_raw, simulated=dump.overridden
        )
    found = 0
    for kind in KINDS:
        candidates = list(_candidates(answers, kind))
        if candidates:
            found += 1
            yield answers.compare(f"zone.{kind}", candidates, criterion=LIMITS[kind])
    if not found and (dump is None or dump.status is None):
        raise answers.no_answer(adb.THERMAL) or sdk.NotRun(
            sdk.Reason.UNSUPPORTED, "no sensor can be read"
        )


def _candidates(answers: sdk.Answers, kind: str) -> Iterator[sdk.Candidate]:
    """The hottest sensor of a part in each source; the HAL's live block is trusted most."""
    if dump := answers.parse_or_none(adb.THERMAL, parse_thermalservice):
        live = [heat for heat in live_heat(dump) if heat.kind == kind]
        yield from _hottest(((h.celsius, h.raw, h.name) for h in live), adb.THERMAL, 80)
    older = answers.parse_or_none(adb.TEMPERATURES, parse_hardware_properties) or {}
    candidates = ((plausible(s.decimal), s.raw, kind) for s in older.get(kind, ()))
    yield from _hottest(candidates, adb.TEMPERATURES, 50)
    zones = answers.parse_or_none(adb.THERMAL_ZONES, parse_zones) or ()
    heats = (h for h in zone_heat(zones) if h.kind == kind)
    yield from _hottest(((h.celsius, h.raw, h.name) for h in heats), adb.THERMAL_ZONES, 40)


def _hottest(
    sensors: Iterator[tuple[float | None, str, str]], request: sdk.Shell, trust: int
) -> Iterator[sdk.Candidate]:
    known = [(celsius, raw, name) for celsius, raw, name in sensors if celsius is not None]
    if known:
        celsius, raw, name = max(known)
        yield sdk.Candidate(
            round(celsius, 1), request, raw=raw, trust=trust, note=sdk.Text(name[:60])
        )


PROBE = sdk.Probe(
    id="thermal.temperatures",
    tile=sdk.Tile(sdk.Text("Temperature", "温度"), rank=30, measures=("zone.skin", "zone.battery")),
    title=sdk.Text("Temperatures", "温度"),
    about=sdk.About(
        tested=sdk.Text(
            "The temperature of the phone's parts at this moment.", "手机各部位此刻的温度。"
        ),
        meaning=sdk.Text(
            "A phone at rest is little warmer than the room. One that is hot without work has "
            "software running wild, a short circuit or poor heat conduction.",
            "闲置的手机温度略高于室温；无负载却发热，可能是软件异常、短路或散热不良。",
        ),
        consequence=sdk.Text(
            "Heat slows the phone down and ages its battery.", "高温会降低性能并加速电池老化。"
        ),
        action=sdk.Text(
            "Let the phone rest unplugged for ten minutes and test again.",
            "拔掉充电器静置十分钟后复测。",
        ),
    ),
    requests=(adb.THERMAL, adb.TEMPERATURES, adb.THERMAL_ZONES),
    interpret=interpret,
    symptoms=("overheats", "slow"),
    measures={
        "status": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Throttling status", "热限制等级"),
            sdk.Range(attention_above=1, fail_above=3, source=STATUS),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone slows itself down because of heat (level {value} of 6).",
                    "手机因过热正在降频（等级 {value}，最高 6）。",
                ),
                sdk.Outcome.FAIL: sdk.Text(
                    "The phone is critically hot (level {value} of 6).",
                    "手机严重过热（等级 {value}，最高 6）。",
                ),
            },
            advice=sdk.Text("Let the phone cool down and test again.", "请待手机冷却后复测。"),
        ),
        "zone": sdk.Spec(
            sdk.Unit.CELSIUS,
            sdk.Text("Temperature", "温度"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "A part of the phone is hot: {value} {unit}.",
                    "手机某部位温度偏高：{value} {unit}。",
                )
            },
            advice=sdk.Text(
                "Let the phone rest unplugged and test again.", "请拔掉充电器静置后复测。"
            ),
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

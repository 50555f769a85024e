"""Where power comes from right now, and whether the battery takes it."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.battery.dumpsys import BatteryDump, parse_battery
from diagnose.parsers.battery.state import charging_word
from diagnose.parsers.getprop import parse_getprop
from diagnose.requests import adb

SOURCES = {
    "AC powered": "charger",
    "USB powered": "USB",
    "Wireless powered": "wireless",
    "Dock powered": "dock",
}
POLICIES = {
    1: "default",
    2: "adaptive, until unplugged",
    3: "adaptive, for the charger",
    4: "limited to spare the battery",
}
PLUGGED = sdk.Source(
    text=sdk.Text(
        "a phone on power with a low battery at room temperature should charge",
        "室温、低电量且已接电源时应能充电",
    ),
    basis=sdk.Basis.GUESS,
)
BC12 = sdk.Source(
    text=sdk.Text(
        "USB Battery Charging 1.2: a dedicated charging port gives at least 0.5 A",
        "USB BC 1.2：专用充电口至少提供 0.5 A",
    ),
    basis=sdk.Basis.STANDARD,
)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    dump = answers.parse(adb.BATTERY, parse_battery)
    if dump.flag("present") is False and _is_television(answers):
        raise sdk.NotApplicable("a device without a battery")
    forced = dump.forced is not None
    key = next((key for key in SOURCES if dump.flag(key)), "")
    raw = dump.raw(key or "USB powered")
    source = SOURCES.get(key, "none")
    yield answers.measure("source", source, adb.BATTERY, raw=raw, simulated=forced)
    charging = charging_word(dump, plugged=bool(key))
    if charging is None:
        yield answers.unread("charging", adb.BATTERY, reason=sdk.Reason.UNSUPPORTED)
    else:
        yield answers.measure(
            "charging", charging, adb.BATTERY, raw=dump.raw("status"), simulated=forced
        )
    yield from _limits(answers, dump, key, forced=forced)


def _is_television(answers: sdk.Answers) -> bool:
    known = answers.parse_or_none(adb.GETPROP, parse_getprop) or {}
    return "tv" in known.get("ro.build.characteristics", "").split(",")


def _limits(
    answers: sdk.Answers, dump: BatteryDump, key: str, *, forced: bool
) -> Iterator[sdk.Draft]:
    """What the charger offers; 0 is what phones say that do not report it (One UI)."""
    for name, line in (("current", "Max charging current"), ("voltage", "Max charging voltage")):
        value = dump.integer(line)
        if not key or not value or value < 0:
            yield answers.unread(name, adb.BATTERY, reason=sdk.Reason.UNSUPPORTED)
            continue
        amount = value / (1000 if name == "current" else 1_000_000)
        yield answers.measure(
            name,
            round(amount, 2),
            adb.BATTERY,
            raw=dump.raw(line),
            simulated=forced,
            criterion=SLOW if name == "current" and key == "AC powered" else None,
        )
    policy = POLICIES.get(dump.integer("Charging policy") or 0)
    if policy:
        yield answers.measure("policy", policy, adb.BATTERY, raw=dump.raw("Charging policy"))


# Only for a wall charger: a computer's port may well give less.
SLOW = sdk.Range(attention_below=500, source=BC12)

PROBE = sdk.Probe(
    id="charging.state",
    title=sdk.Text("Charging", "充电"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the phone is on power and the battery takes it.",
            "手机是否接通电源以及电池是否在充电。",
        ),
        meaning=sdk.Text(
            "A phone on power with a low battery should charge.", "低电量手机接通电源后应当充电。"
        ),
        consequence=sdk.Text(
            "A phone that does not charge will soon be dead; cable, charger, port, battery or "
            "board may be the cause.",
            "无法充电的手机很快会没电；原因可能是数据线、充电器、接口、电池或主板。",
        ),
        action=sdk.Text(
            "Try a cable and a charger that are known to be good before opening the phone.",
            "拆机前请先用确认良好的数据线和充电器测试。",
        ),
    ),
    requests=(adb.BATTERY, adb.GETPROP),
    interpret=interpret,
    symptoms=("will-not-charge", "charges-slowly"),
    measures={
        "source": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Power source", "供电来源"),
            words={
                "charger": sdk.Text("charger", "充电器"),
                "wireless": sdk.Text("wireless", "无线充电"),
                "dock": sdk.Text("dock", "底座"),
                "none": sdk.Text("none", "无"),
            },
        ),
        "charging": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Charging", "充电"),
            sdk.OneOf(good=("charging", "full"), attention=("not charging",), source=PLUGGED),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone is on power, its battery is low, and it does not charge.",
                    "手机已接电源且电量较低，但并未充电。",
                )
            },
            advice=sdk.Text(
                "Try another cable and charger, then clean and check the port.",
                "请更换数据线和充电器测试，然后清洁并检查充电接口。",
            ),
            words={
                "charging": sdk.Text("charging", "充电中"),
                "full": sdk.Text("full", "已充满"),
                "held back": sdk.Text("held back", "暂缓充电"),
                "not charging": sdk.Text("not charging", "未充电"),
                "on battery": sdk.Text("on battery", "使用电池"),
            },
        ),
        "current": sdk.Spec(
            sdk.Unit.MILLIAMPERE,
            sdk.Text("Charger's current limit", "充电电流上限"),
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The wall charger offers only {value} {unit}.", "充电器仅提供 {value} {unit}。"
                )
            },
            advice=sdk.Text(
                "Try another cable and charger; a worn port shows the same.",
                "请更换数据线和充电器测试；接口磨损也会如此。",
            ),
        ),
        "voltage": sdk.Spec(sdk.Unit.VOLT, sdk.Text("Charger's voltage limit", "充电电压上限")),
        "policy": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Charging policy", "充电策略"),
            words={
                "default": sdk.Text("default", "默认"),
                "adaptive, until unplugged": sdk.Text(
                    "adaptive, until unplugged", "自适应，至拔下充电器"
                ),
                "adaptive, for the charger": sdk.Text(
                    "adaptive, for the charger", "自适应，按充电器调节"
                ),
                "limited to spare the battery": sdk.Text(
                    "limited to spare the battery", "限制充电以保护电池"
                ),
            },
        ),
    },
)

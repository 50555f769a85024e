"""Whether the battery is the one the phone was made with, where the phone itself can tell."""

from __future__ import annotations

from collections.abc import Iterator

from diagnose import sdk
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.battery.health_hal import parse_health
from diagnose.parsers.binder_parcel import parse_battery_property
from diagnose.parsers.tradein.report import parse_tradein
from diagnose.requests import adb

FIRST_WITH_PART_STATUS = 35  # BATTERY_PROPERTY_PART_STATUS came with Android 15
STATUS = {0: "unsupported", 1: "original", 2: "replaced"}
ANDROID = sdk.Source(text=sdk.Text("Android BatteryManager.PART_STATUS_*"), basis=sdk.Basis.VENDOR)


def interpret(answers: sdk.Answers) -> Iterator[sdk.Draft]:
    found = [candidate for candidate in _candidates(answers) if candidate is not None]
    if found:
        yield answers.compare("battery", found)
    else:
        yield answers.unread("battery", adb.BATTERY_PART_STATUS, adb.TRADE_IN)


def _candidates(answers: sdk.Answers) -> Iterator[sdk.Candidate | None]:
    """What each source says; a phone that cannot tell is known by the lowest trust."""
    if (answers.sdk_level or 0) >= FIRST_WITH_PART_STATUS:
        parcel = answers.parse_or_none(adb.BATTERY_PART_STATUS, parse_battery_property)
        status = STATUS.get(parcel.value) if parcel and parcel.value is not None else None
        yield _candidate(status, adb.BATTERY_PART_STATUS, "Parcel(", 90)
    printed = (answers.parse_or_none(adb.HEALTH_AIDL, parse_health) or {}).get("batteryPartStatus")
    yield _candidate(printed.value.lower(), adb.HEALTH_AIDL, printed.raw, 85) if printed else None
    if report := answers.parse_or_none(adb.TRADE_IN, parse_tradein):
        part = report.battery.get("part_status")
        yield _candidate(part.value.lower(), adb.TRADE_IN, part.raw, 80) if part else None
    if dump := answers.parse_or_none(adb.BATTERY, parse_battery):
        chip = dump.field("battery IcAuthenticationResults")
        # `false` is what genuine phones say as well (a Galaxy S24): it is no sign of a copy.
        if chip and chip.flag is not None:
            word = "original" if chip.flag else "unsupported"
            yield _candidate(word, adb.BATTERY, chip.raw, 70)


def _candidate(word: str | None, request: sdk.Shell, raw: str, trust: int) -> sdk.Candidate | None:
    if word is None or word not in STATUS.values():
        return None
    return sdk.Candidate(word, request, raw=raw, trust=trust if word != "unsupported" else 10)


PROBE = sdk.Probe(
    id="battery.parts",
    title=sdk.Text("Original battery", "电池是否原装"),
    about=sdk.About(
        tested=sdk.Text(
            "Whether the phone recognises the battery it was made with.",
            "手机是否识别到出厂时的原装电池。",
        ),
        meaning=sdk.Text(
            "Some phones keep a record of a battery that was changed. 'Unsupported' means that "
            "this phone cannot tell; it says nothing against the battery.",
            "部分手机会记录电池更换情况。“不支持”表示该机型无法判断，并不代表电池有问题。",
        ),
        consequence=sdk.Text(
            "A changed battery may be as good as the first; it should be in the paperwork.",
            "更换过的电池可以同样可靠，但应有维修记录。",
        ),
        action=sdk.Text(
            "Ask for the record of the repair; check the battery's label when the phone is open.",
            "请索要维修记录；拆机时核对电池标签。",
        ),
    ),
    requests=(adb.BATTERY_PART_STATUS, adb.HEALTH_AIDL, adb.TRADE_IN, adb.BATTERY, adb.GETPROP),
    interpret=interpret,
    measures={
        "battery": sdk.Spec(
            sdk.Unit.NONE,
            sdk.Text("Battery part", "电池部件"),
            sdk.OneOf(good=("original",), attention=("replaced",), source=ANDROID),
            essential=True,
            says={
                sdk.Outcome.ATTENTION: sdk.Text(
                    "The phone says that its battery was replaced.", "手机显示电池曾被更换。"
                ),
                sdk.Outcome.PASS: sdk.Text(
                    "The phone recognises its original battery.", "手机识别到原装电池。"
                ),
            },
            sign=sdk.Sign("battery", sdk.Proves.DIFFERENCE, values=("original", "replaced")),
            advice=sdk.Text("Ask for the record of the repair.", "请索要维修记录。"),
            words={
                "original": sdk.Text("original", "原装"),
                "replaced": sdk.Text("replaced", "更换过"),
                "unsupported": sdk.Text("unsupported", "不支持"),
            },
        )
    },
)

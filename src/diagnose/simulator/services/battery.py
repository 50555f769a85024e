"""`dumpsys battery`, its vendors' lines, and `dumpsys batterystats`' capacity lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from diagnose.simulator.output import Output, say
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import Words, answers
from diagnose.simulator.state.battery import Battery
from diagnose.simulator.state.charging import Charging
from diagnose.simulator.state.identity import SimulatedIdentity, Skin
from diagnose.simulator.state.stability import Stability


def status_code(phone: Phone) -> int:
    """BatteryManager.BATTERY_STATUS_*."""
    battery, charging = phone[Battery], phone[Charging]
    if not battery.present or battery.gauge_dead:
        return 1
    if not charging.source:
        return 3
    if not charging.accepted:
        return 4
    return 5 if battery.level >= 100 else 2


@answers("dumpsys battery")
def dumpsys_battery(phone: Phone, _words: Words) -> Output:
    """BatteryService's dump, in the lines of this Android version."""
    lines = ["Current Battery Service state:"]
    if phone[Battery].forced_level is not None:
        lines.append("  (UPDATES STOPPED -- use 'reset' to restart)")
    lines += _power_lines(phone)
    lines += _battery_lines(phone)
    lines += _late_lines(phone)
    if phone[SimulatedIdentity].skin is Skin.ONE_UI:
        lines += _samsung_lines(phone)
    return say("\n".join(lines) + "\n")


def _power_lines(phone: Phone) -> Iterator[str]:
    sdk, charging = phone[SimulatedIdentity].sdk, phone[Charging]
    plugged = {"AC": "ac", "USB": "usb", "Wireless": "wireless"}
    for word, source in plugged.items():
        yield f"  {word} powered: {str(charging.source == source).lower()}"
    if sdk >= 33:
        yield "  Dock powered: false"
    # One UI never fills the charger's limits in; the others do while something is plugged in.
    told = charging.source and phone[SimulatedIdentity].skin is not Skin.ONE_UI
    yield f"  Max charging current: {charging.max_current_ma * 1000 if told else 0}"
    if sdk >= 35:
        yield _prose("Max charging current")
    yield f"  Max charging voltage: {charging.max_voltage_mv * 1000 if told else 0}"
    yield f"  Charge counter: {phone[Battery].counter_uah}"


def _battery_lines(phone: Phone) -> Iterator[str]:
    battery = phone[Battery]
    dead = battery.gauge_dead
    level = battery.forced_level if battery.forced_level is not None else battery.level
    yield f"  status: {status_code(phone)}"
    yield f"  health: {battery.health}"
    yield f"  present: {str(battery.present).lower()}"
    yield f"  level: {0 if dead else level}"
    yield "  scale: 100"
    yield f"  voltage: {0 if dead else battery.voltage_mv}"
    if phone[SimulatedIdentity].sdk >= 35:
        yield _prose("voltage")
        sent = battery.voltage_mv
        yield f" The last voltage value sent via the battery changed broadcast: {sent}"
    yield f"  temperature: {0 if dead else round(battery.temperature_c * 10)}"
    yield f"  technology: {battery.technology}"


def _prose(what: str) -> str:
    return (
        f" Time when the latest updated value of the {what} was sent via battery changed "
        "broadcast: +20s749ms"
    )


def _late_lines(phone: Phone) -> Iterator[str]:
    sdk = phone[SimulatedIdentity].sdk
    if sdk >= 34:
        yield "  Charging state: 0"
        yield f"  Charging policy: {phone[Charging].policy}"
    if sdk >= 35:
        yield "  Capacity level: -1"


def _samsung_lines(phone: Phone) -> Iterator[str]:
    battery, charging = phone[Battery], phone[Charging]
    misc = 0x10000 | (0x20 if charging.water_hiccup else 0)
    yield f"  batteryMiscEvent: {misc}"
    yield "  batteryCurrentEvent: 0"
    yield "  mSecPlugTypeSummary: 2"
    yield "  LED Charging: true"
    yield f"  current now: {battery.current_ma if charging.accepted else -battery.current_ma}"
    yield f"  charge counter: {battery.counter_uah}"
    yield "  Adaptive Fast Charging Settings: true"
    yield "  Super Fast Charging Settings: true"
    yield "FEATURE_WIRELESS_FAST_CHARGER_CONTROL: true"
    yield from _age_lines(phone)
    yield " mProtectBatteryMode: 0"
    yield " mProtectionThreshold: 100"
    yield "  FEATURE_SAVE_BATTERY_CYCLE: true"
    yield from _saved_lines(battery)
    yield ""
    yield "[EventLogBuffer]"
    yield from _event_lines(phone)
    yield ""
    yield "[BattInfoLogBuffer]"
    yield f"11-22 08:11:09.118  [SS][BattInfo]AsocData efsValue:{_asoc(battery)}    "
    if battery.saved_values:
        used = f"DischargeLevelData efsValue:{battery.cycles * 100}"
        yield f"11-22 08:11:09.121  [SS][BattInfo]{used}    "
    yield ""
    yield "[BattActionChangedLogBuffer]"
    yield (
        "11-22 08:11:20.361  Sending ACTION_BATTERY_CHANGED: level:12, status:3, health:2, "
        "remain:0, ac:false, usb:false, voltage:3522, temperature:251, online:1, cycle_count:0, "
        "present:true, scale:100, technology:Li-ion"
    )
    yield ""
    yield "BatteryInfoBackUp"
    yield f"  mSavedBatteryMaxTemp: {battery.max_temperature_tenths}"
    yield "  mSavedBatteryMaxCurrent: 4120"
    yield f"  mSavedBatteryBsoh: {_asoc(battery)}"


def _age_lines(phone: Phone) -> Iterator[str]:
    """How long ago the factory calibrated the phone's radio, in weeks, as of the last start."""
    made = phone[Battery].phone_calibrated
    started = (phone.clock - timedelta(hours=phone[Stability].uptime_h)).date()
    yield f"LLB CAL: {made:%Y%m%d}" if made else "LLB CAL: "
    yield "LLB MAN: "
    yield f"LLB CURRENT: YEAR{started.year}M{started.month}D{started.day}"
    if made:
        yield f"LLB DIFF: {(started - made).days // 7}"


def _asoc(battery: Battery) -> int:
    return min(100, battery.state_of_health) if battery.saved_values else -1


def _saved_lines(battery: Battery) -> Iterator[str]:
    used = battery.first_used.strftime("%Y%m%d") if battery.first_used else ""
    saved = {
        "battery IcAuthenticationResults": str(battery.ic_authenticated).lower(),
        "battery FirstUseDate": used,
        "mSavedBatteryAsoc": str(_asoc(battery)),
        "mSavedBatteryUsage": str(battery.cycles * 100 + 39 if battery.saved_values else -1),
        "mSavedFullStatusDuration": "11873",
    }
    for name, value in saved.items():
        yield f"  {name}: [{value}]" if battery.bracketed else f"  {name}: {value}"


def _event_lines(phone: Phone) -> Iterator[str]:
    """Power lost and found again, a second apart: what a loose contact leaves behind."""
    moment = phone.clock - timedelta(hours=3)
    for _ in range(phone[Charging].interruptions):
        for word in ("DISCONNECTED", "CONNECTED"):
            yield f"{moment:%m-%d %H:%M:%S}.204  android.intent.action.ACTION_POWER_{word}"
            moment += timedelta(seconds=1)

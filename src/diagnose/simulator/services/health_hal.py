"""The health HAL's dump (AIDL, HIDL), the `batteryproperties` parcels and the gauge's files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from diagnose.simulator.output import Output, refuse, say
from diagnose.simulator.parcel import parcel, refusal
from diagnose.simulator.phone import Phone
from diagnose.simulator.registry import FileBody, Words, answers, files
from diagnose.simulator.services.battery import status_code
from diagnose.simulator.services.storage import storage_infos_aidl, storage_infos_hidl
from diagnose.simulator.state.battery import Battery, BatteryProperties, HealthHal
from diagnose.simulator.state.charging import Charging
from diagnose.simulator.state.identity import SimulatedIdentity

_STATUS = {1: "UNKNOWN", 2: "CHARGING", 3: "DISCHARGING", 4: "NOT_CHARGING", 5: "FULL"}
_HEALTH = ["", "UNKNOWN", "GOOD", "OVERHEAT", "DEAD", "OVER_VOLTAGE", "UNSPECIFIED_FAILURE", "COLD"]
_PART = {0: "UNSUPPORTED", 1: "ORIGINAL", 2: "REPLACED"}
_WORDS = {0: "Unknown", 2: "Charging", 3: "Discharging", 4: "Not charging", 5: "Full", 1: "Unknown"}
_INT_MIN, _LONG_MIN = -(2**31), -(2**63)
_NEW_PROPERTIES = range(7, 13)


def current_ua(phone: Phone) -> int:
    """The battery current in the phone's own unit and sign."""
    battery = phone[Battery]
    if battery.gauge_dead or not battery.present:
        return 0
    flows_in = bool(phone[Charging].source) and phone[Charging].accepted
    amount = battery.current_ma * (1 if battery.counts_in_milliampere else 1000)
    return amount if flows_in is not battery.charging_is_negative else -amount


def counter_now_uah(phone: Phone) -> int:
    """The charge counter as it moves while the phone is watched, in the gauge's own steps."""
    battery = phone[Battery]
    if battery.gauge_dead or not battery.present:
        return battery.counter_uah
    flows_in = bool(phone[Charging].source) and phone[Charging].accepted
    moved_uah = battery.current_ma * 1000 * phone.elapsed_s() / 3600 * (1 if flows_in else -1)
    step = battery.counter_step_uah
    return battery.counter_uah + int(moved_uah / step) * step


@answers("cmd battery get -f *")
def battery_value(phone: Phone, words: Words) -> Output:
    """BatteryService's shell command; it tells currents since Android 15."""
    known = {"counter": counter_now_uah(phone), "level": phone[Battery].level}
    if phone[SimulatedIdentity].sdk >= 35:
        known["current_now"] = current_ua(phone)
    if words[-1] not in known:
        return say(f"Unknown get option: {words[-1]}\n")
    return say(f"{known[words[-1]]}\n")


@answers("dumpsys android.hardware.health.IHealth/default")
def dump_aidl(phone: Phone, words: Words) -> Output:
    """The AIDL HAL, since Android 13 on new phones."""
    hal = phone[Battery].hal
    if hal is HealthHal.AIDL:
        return say(_plain_lines(phone) + f"\ngetHealthInfo -> {_aidl(phone)}\n")
    if hal is HealthHal.AIDL_DENIED:
        return refuse(
            "Error with service 'android.hardware.health.IHealth/default' while dumping: "
            "Permission denied\n",
            exit_code=0,
        )
    return refuse(f"Can't find service: {words[1]}\n", exit_code=0)


@answers("lshal debug android.hardware.health@2.*")
def dump_hidl(phone: Phone, words: Words) -> Output:
    """The HIDL HALs, Android 9 to 12."""
    if phone[SimulatedIdentity].sdk < 28:
        return refuse("lshal: unknown command debug\n", exit_code=1)
    hal = phone[Battery].hal
    asked = words[2].partition("@")[2][:3]
    if (hal, asked) == (HealthHal.HIDL_2_1, "2.1"):
        return say(_plain_lines(phone) + f"\ngetHealthInfo_2_1 -> {_hidl_2_1(phone)}\n")
    if (hal, asked) in ((HealthHal.HIDL_2_0, "2.0"), (HealthHal.HIDL_2_1, "2.0")):
        return say(_plain_lines(phone) + f"\ngetHealthInfo -> {_hidl(phone)}\n")
    return refuse(f"{words[2]} does not exist, or no permission to connect.\n", exit_code=1)


def _plain_lines(phone: Phone) -> str:
    """BatteryMonitor::dumpState."""
    battery, charging = phone[Battery], phone[Charging]
    on = {source: int(charging.source == source) for source in ("ac", "usb", "wireless")}
    return (
        f"ac: {on['ac']} usb: {on['usb']} wireless: {on['wireless']} "
        f"current_max: {charging.max_current_ma * 1000} "
        f"voltage_max: {charging.max_voltage_mv * 1000}\n"
        f"status: {status_code(phone)} health: {battery.health} present: {int(battery.present)}\n"
        f"level: {0 if battery.gauge_dead else battery.level} "
        f"voltage: {0 if battery.gauge_dead else battery.voltage_mv} "
        f"temp: {0 if battery.gauge_dead else round(battery.temperature_c * 10)}\n"
        f"current now: {current_ua(phone)}\n"
        f"charge counter: {battery.counter_uah}\n"
        f"cycle count: {_cycles(battery)}\n"
        f"Full charge: {_full(battery)}\n"
    )


def _cycles(battery: Battery) -> int:
    return battery.cycles if battery.hal_counts_cycles and not battery.gauge_dead else 0


def _full(battery: Battery) -> int:
    return battery.full_mah * 1000 if battery.supply_has_capacity and not battery.gauge_dead else 0


def _aidl(phone: Phone) -> str:
    battery = phone[Battery]
    fields = _fields(phone) | {
        "diskStats": "[]",
        "storageInfos": storage_infos_aidl(phone),
        "batteryCapacityLevel": "NORMAL",
        "batteryChargeTimeToFullNowSeconds": "-1",
        "batteryFullChargeDesignCapacityUah": _design(battery),
        "chargingState": "INVALID",
        "chargingPolicy": "INVALID",
        "batteryHealthData": _health_data(battery),
    }
    return "HealthInfo{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"


def _design(battery: Battery) -> int:
    return battery.design_mah * 1000 if _full(battery) else 0


def _health_data(battery: Battery) -> str:
    if not battery.hal_has_health_data or battery.gauge_dead:
        return "(null)"
    return (
        "BatteryHealthData{"
        f"batteryManufacturingDateSeconds: {_seconds(battery.manufactured)}, "
        f"batteryFirstUsageSeconds: {_seconds(battery.first_used)}, "
        f"batteryStateOfHealth: {battery.state_of_health}, "
        f"batterySerialNumber: {battery.serial or '(null)'}, "
        f"batteryPartStatus: {_PART[battery.part_status]}}}"
    )


def _seconds(day: date | None) -> int:
    if day is None:
        return 0
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _fields(phone: Phone) -> dict[str, object]:
    battery, charging = phone[Battery], phone[Charging]
    dead = battery.gauge_dead
    return {
        "chargerAcOnline": str(charging.source == "ac").lower(),
        "chargerUsbOnline": str(charging.source == "usb").lower(),
        "chargerWirelessOnline": str(charging.source == "wireless").lower(),
        "chargerDockOnline": "false",
        "maxChargingCurrentMicroamps": charging.max_current_ma * 1000,
        "maxChargingVoltageMicrovolts": charging.max_voltage_mv * 1000,
        "batteryStatus": _STATUS[status_code(phone)],
        "batteryHealth": _HEALTH[battery.health],
        "batteryPresent": str(battery.present).lower(),
        "batteryLevel": 0 if dead else battery.level,
        "batteryVoltageMillivolts": 0 if dead else battery.voltage_mv,
        "batteryTemperatureTenthsCelsius": 0 if dead else round(battery.temperature_c * 10),
        "batteryCurrentMicroamps": current_ua(phone),
        "batteryCycleCount": _cycles(battery),
        "batteryFullChargeUah": _full(battery),
        "batteryChargeCounterUah": battery.counter_uah,
        "batteryTechnology": battery.technology,
        "batteryCurrentAverageMicroamps": 0,
    }


def _hidl(phone: Phone) -> str:
    names = {
        "batteryVoltageMillivolts": "batteryVoltage",
        "batteryTemperatureTenthsCelsius": "batteryTemperature",
        "batteryCurrentMicroamps": "batteryCurrent",
        "batteryFullChargeUah": "batteryFullCharge",
        "batteryChargeCounterUah": "batteryChargeCounter",
        "maxChargingCurrentMicroamps": "maxChargingCurrent",
        "maxChargingVoltageMicrovolts": "maxChargingVoltage",
    }
    left_out = ("chargerDockOnline", "batteryCurrentAverageMicroamps")
    legacy = ", ".join(
        f".{names.get(name, name)} = {_quoted(name, value)}"
        for name, value in _fields(phone).items()
        if name not in left_out
    )
    rest = ".batteryCurrentAverage = 0, .diskStats = [0]{}, "
    rest += f".storageInfos = {storage_infos_hidl(phone)}"
    return f"{{.legacy = {{{legacy}}}, {rest}}}"


def _quoted(name: str, value: object) -> object:
    return f'"{value}"' if name == "batteryTechnology" else value


def _hidl_2_1(phone: Phone) -> str:
    return (
        f"{{.legacy = {_hidl(phone)}, .batteryCapacityLevel = NORMAL, "
        ".batteryChargeTimeToFullNowSeconds = -1, "
        f".batteryFullChargeDesignCapacityUah = {_design(phone[Battery])}}}"
    )


@answers("service call batteryproperties 1 i32 *")
def battery_property(phone: Phone, words: Words) -> Output:
    """IBatteryPropertiesRegistrar.getProperty, since Android 9 a method of BatteryService."""
    number = int(words[-1]) if words[-1].isdecimal() else 0
    battery = phone[Battery]
    if number in _NEW_PROPERTIES and battery.properties is BatteryProperties.GUARDED:
        return say(refusal("android.permission.BATTERY_STATS"))
    value = _property(phone, number)
    words_of = [0, 0, 1] if value is not None else [0, 1, 1]
    number64 = (_LONG_MIN if value is None else value) & (2**64 - 1)
    words_of += [number64 & 0xFFFFFFFF, number64 >> 32]
    if phone[SimulatedIdentity].sdk >= 35:
        words_of.append(0xFFFFFFFF)  # the text of the property: null
    return say(parcel(words_of))


def _property(phone: Phone, number: int) -> int | None:
    battery = phone[Battery]
    known: dict[int, int | None] = {
        1: counter_now_uah(phone),
        2: current_ua(phone),
        3: _INT_MIN,
        4: 0 if battery.gauge_dead else battery.level,
        6: status_code(phone),
    }
    if battery.properties is BatteryProperties.FULL and not battery.gauge_dead:
        known |= {
            7: _seconds(battery.manufactured) or None,
            8: _seconds(battery.first_used) or None,
            9: phone[Charging].policy,
            10: battery.state_of_health,
            12: battery.part_status if phone[SimulatedIdentity].sdk >= 35 else None,
        }
    return known.get(number)


@files
def supply_files(phone: Phone) -> Mapping[str, FileBody]:
    """`/sys/class/power_supply`: open to the shell on few phones, refused on most."""
    battery, charging = phone[Battery], phone[Charging]
    folder = f"/sys/class/power_supply/{battery.supply}"
    names = ("uevent", "capacity", "status", "charge_full", "charge_full_design", "cycle_count")
    if not battery.supply_readable:
        refused: dict[str, FileBody] = {f"{folder}/{name}": None for name in names}
        return refused | {"/sys/class/power_supply/usb/uevent": None}
    nodes: dict[str, object] = {
        "STATUS": _WORDS[status_code(phone)],
        "PRESENT": int(battery.present),
        "TECHNOLOGY": battery.technology,
        "CAPACITY": 0 if battery.gauge_dead else battery.level,
        "VOLTAGE_NOW": 0 if battery.gauge_dead else battery.voltage_mv * 1000,
        "CURRENT_NOW": current_ua(phone),
        "TEMP": 0 if battery.gauge_dead else round(battery.temperature_c * 10),
        "CHARGE_COUNTER": battery.counter_uah,
    }
    nodes |= {
        "CHARGE_FULL": _full(battery),
        "CHARGE_FULL_DESIGN": _design(battery),
        "CYCLE_COUNT": _cycles(battery),
    }
    uevent = "".join(f"POWER_SUPPLY_{name}={value}\n" for name, value in nodes.items())
    online = int(charging.source == "usb")
    return {
        f"{folder}/uevent": f"POWER_SUPPLY_NAME={battery.supply}\n{uevent}",
        f"{folder}/capacity": f"{nodes['CAPACITY']}\n",
        f"{folder}/status": f"{nodes['STATUS']}\n",
        f"{folder}/charge_full": f"{nodes['CHARGE_FULL']}\n",
        f"{folder}/charge_full_design": f"{nodes['CHARGE_FULL_DESIGN']}\n",
        f"{folder}/cycle_count": f"{nodes['CYCLE_COUNT']}\n",
        "/sys/class/power_supply/usb/uevent": (
            f"POWER_SUPPLY_NAME=usb\nPOWER_SUPPLY_TYPE=USB\nPOWER_SUPPLY_ONLINE={online}\n"
        ),
    }

"""Battery sources: dump, health HAL, parcel, supplies, learned capacity, and units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.errors import ParseError
from diagnose.parsers.battery.batterystats import parse_capacities
from diagnose.parsers.battery.charge_units import Scale, milliampere_hours, milliamperes, volts
from diagnose.parsers.battery.dumpsys import parse_battery
from diagnose.parsers.battery.health_hal import parse_health
from diagnose.parsers.battery.power_events import parse_power_events
from diagnose.parsers.battery.power_supply import parse_supplies
from diagnose.parsers.binder_parcel import parse_battery_property, parse_parcel

OLD_DUMP = """Current Battery Service state:
  AC powered: false
  USB powered: true
  status: 5
  health: 2
  level: 99
  scale: 100
  voltage:4021
  pad level: -1
usb otg:false
"""
ONE_UI_DUMP = """Current Battery Service state:
  AC powered: true
  Charge counter: 2500000
  level: 61
  voltage: 3999
 The last voltage value sent via the battery changed broadcast: 3100
  charge counter: 2400000
  battery FirstUseDate: [20230302]
  mSavedBatteryAsoc: [93]

[BattActionChangedLogBuffer]
11-22 08:11:20.361  Sending ACTION_BATTERY_CHANGED: level:12, voltage:3522, health:4

BatteryInfoBackUp
  mSavedBatteryBsoh: 92
"""


def test_old_dump_without_blanks() -> None:
    dump = parse_battery(OLD_DUMP)
    assert dump.integer("voltage") == 4021
    assert dump.raw("voltage") == "voltage:4021"
    assert dump.integer("level") == 99
    assert dump.flag("usb otg") is False
    assert dump.forced is None


def test_event_buffers_are_not_the_state() -> None:
    dump = parse_battery(ONE_UI_DUMP)
    assert (dump.integer("level"), dump.integer("voltage")) == (61, 3999)
    assert dump.integer("mSavedBatteryAsoc") == 93
    assert dump.integer("mSavedBatteryBsoh") == 92
    assert dump.integer("Charge counter") == 2_500_000
    assert dump.integer("health") is None


@pytest.mark.parametrize(
    "line", ["  (UPDATES STOPPED -- use 'reset' to restart)", "  USE_FAKE_BATTERY: true"]
)
def test_forced_values_are_seen(line: str) -> None:
    dump = parse_battery(f"Current Battery Service state:\n{line}\n  level: 50\n")
    assert dump.forced == line.strip()


def test_fake_battery_switched_off_is_not_forced() -> None:
    assert parse_battery("  level: 50\n  USE_FAKE_BATTERY: false\n").forced is None


AIDL = (
    "current now: -146\ncycle count: 7\nFull charge: 0\n\n"
    "getHealthInfo -> HealthInfo{chargerAcOnline: false, batteryHealth: GOOD, batteryLevel: 59, "
    "batteryCycleCount: 60, batteryFullChargeUah: 4065000, batteryTechnology: Li-ion, "
    "diskStats: [], batteryFullChargeDesignCapacityUah: 4500000, batteryHealthData: {}}}\n"
)
DATA = (
    "BatteryHealthData{batteryManufacturingDateSeconds: 1721347200, batteryFirstUsageSeconds: 0, "
    "batteryStateOfHealth: 91, batterySerialNumber: (null), batteryPartStatus: ORIGINAL}"
)


def test_aidl_dump() -> None:
    parsed = parse_health(AIDL.replace("batteryHealthData: {}", f"batteryHealthData: {DATA}"))
    assert parsed["batteryCycleCount"].integer == 60
    assert parsed["batteryFullChargeDesignCapacityUah"].integer == 4_500_000
    assert parsed["batteryStateOfHealth"].integer == 91
    assert parsed["batteryPartStatus"].value == "ORIGINAL"
    assert "batterySerialNumber" not in parsed
    assert parsed["batteryCycleCount"].raw == "batteryCycleCount: 60"


def test_aidl_dump_with_shorter_names_and_null() -> None:
    parsed = parse_health(AIDL.replace("batteryHealthData: {}", "batteryHealthData: (null)"))
    assert "batteryStateOfHealth" not in parsed
    short = parse_health("getHealthInfo -> HealthInfo{batteryLevel: 5, stateOfHealth: 77}")
    assert short["batteryStateOfHealth"].integer == 77


def test_hidl_dump_gives_the_same_names() -> None:
    parsed = parse_health(
        "getHealthInfo_2_1 -> {.legacy = {.legacy = {.chargerAcOnline = false, .batteryLevel = 84,"
        " .batteryVoltage = 4181, .batteryCycleCount = 655, .batteryFullCharge = 3972000,"
        ' .batteryTechnology = "Li-ion"}, .batteryCurrentAverage = 0},'
        " .batteryFullChargeDesignCapacityUah = 4500000}"
    )
    assert parsed["batteryFullChargeUah"].integer == 3_972_000
    assert parsed["batteryFullChargeDesignCapacityUah"].integer == 4_500_000
    assert parsed["batteryCycleCount"].integer == 655
    assert parsed["batteryVoltageMillivolts"].integer == 4181
    assert parsed["batteryTechnology"].value == "Li-ion"


PARCEL = """Result: Parcel(
  0x00000000: 00000000 00000000 00000001 {low:08x} '............[...'
  0x00000010: {high:08x}                            '....            ')
"""


@pytest.mark.parametrize("value", [0, 1, 91, 446_000, -446_000, 2**31, -(2**40)])
def test_value_of_a_parcel(value: int) -> None:
    word = value & (2**64 - 1)
    parsed = parse_battery_property(PARCEL.format(low=word & 0xFFFFFFFF, high=word >> 32))
    assert (parsed.exception, parsed.status, parsed.value) == (0, 0, value)


@pytest.mark.parametrize("value", [-(2**63), -(2**31), 2**31 - 1])
def test_unsupported_value_is_none(value: int) -> None:
    word = value & (2**64 - 1)
    text = PARCEL.format(low=word & 0xFFFFFFFF, high=word >> 32)
    assert parse_battery_property(text).value is None


def test_android_15_parcel_has_a_text_after_the_value() -> None:
    text = (
        "Result: Parcel(\n  0x00000000: 00000000 00000000 00000001 00000058 '............X...'\n"
        "  0x00000010: 00000000 ffffffff                   '........        ')\n"
    )
    assert parse_battery_property(text).value == 88


def test_security_exception_is_no_value() -> None:
    parsed = parse_battery_property(
        "Result: Parcel(\n  0x00000000: ffffffff 00000003 006f004e 00000021 '....N.o.!...')\n"
    )
    assert (parsed.exception, parsed.value) == (-1, None)


def test_refused_property_is_no_value() -> None:
    parsed = parse_battery_property("Result: Parcel(00000000 00000001   '........')\n")
    assert (parsed.status, parsed.value) == (1, None)


@pytest.mark.parametrize(
    "text",
    [
        "Result: Parcel(00000000    '....')",
        "Result: Parcel(00000000 00000000 00000001   '............')",
        "Result: Parcel(00000000 00000000 00000001 0000005b   '................')",
        "Result: Parcel(\n  0x00000000: 00000000 00000000 00000001 0000005b '....",
        'Result: Parcel(Error: 0xffffffffffffffb6 "Not a data message")',
        "service: Service batteryproperties does not exist",
        "",
    ],
)
def test_parcel_without_a_value_is_a_parse_error(text: str) -> None:
    with pytest.raises(ParseError):
        parse_battery_property(text)


def test_letters_of_a_parcel_are_no_words() -> None:
    assert parse_parcel("Result: Parcel(00000000 00000002   'deadbeef')\n") == (0, 2)


def test_supplies_by_name_and_doubtful_values() -> None:
    supplies = parse_supplies(
        "/sys/class/power_supply/battery/uevent:POWER_SUPPLY_CHARGE_FULL=3492000\n"
        "/sys/class/power_supply/battery/cycle_count:412\n"
        "/sys/class/power_supply/bms/uevent:POWER_SUPPLY_CAPACITY=76\n"
        "/sys/class/power_supply/bms/uevent:POWER_SUPPLY_CAPACITY=77\n"
    )
    assert supplies["battery"]["charge_full"].integer == 3_492_000
    assert supplies["battery"]["cycle_count"].integer == 412
    assert "capacity" not in supplies["bms"]


def test_bare_list_is_the_nameless_supply() -> None:
    supplies = parse_supplies("  CHARGE_COUNTER=2535012\n  CHARGE_COUNTER=2812000\n  TEMP=294\n")
    assert supplies[""]["temp"].integer == 294
    assert "charge_counter" not in supplies[""]


def test_learned_capacities() -> None:
    parsed = parse_capacities(
        "  Estimated battery capacity: 4400 mAh\n  Last learned battery capacity: 3980.5 mAh\n"
    )
    assert parsed["estimated"].decimal == 4400
    assert parsed["last"].decimal == 3980.5


@pytest.mark.parametrize(
    ("number", "mah"),
    [(3_140_000, 3140), (3140, 3140), (0, None), (-1, None), (42, None), (10**9, None)],
)
def test_unit_of_a_charge(number: int, mah: float | None) -> None:
    assert milliampere_hours(number) == mah


def test_unit_of_a_current() -> None:
    assert milliamperes(-446_000) == (-446.0, Scale.MICRO, True)
    assert milliamperes(1531) == (1531.0, Scale.MILLI, False)
    assert milliamperes(0) is None
    assert milliamperes(-(2**31)) is None


def test_unit_of_a_voltage() -> None:
    assert volts(4060) == 4.06
    assert volts(4_496_732) == pytest.approx(4.496732)
    assert volts(13) is None


PARSERS = (
    parse_battery,
    parse_health,
    parse_battery_property,
    parse_supplies,
    parse_capacities,
    parse_power_events,
)
SAMPLES = (OLD_DUMP, ONE_UI_DUMP, AIDL, PARCEL.format(low=1, high=0), "A_B=1\n")


def survives(text: str) -> None:
    for parser in PARSERS:
        try:
            parser(text)
        except ParseError:
            continue


@given(st.text(max_size=400))
def test_arbitrary_text_raises_only_parse_errors(text: str) -> None:
    survives(text)


@given(st.sampled_from(SAMPLES), st.integers(0, 400), st.text(max_size=20), st.integers(0, 40))
def test_mutated_sample_raises_only_parse_errors(sample: str, at: int, put: str, cut: int) -> None:
    survives(sample[:at] + put + sample[at + cut :])


@pytest.mark.parametrize("piece", ["a", "level: ", "{", "Result: Parcel(", "battery: ", "A=", "["])
def test_ten_megabytes_in_one_line_are_bounded(piece: str) -> None:
    survives(piece * (2_000_000 // len(piece)))

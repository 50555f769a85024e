"""battery.health: every source, their trust, and the values that mean "not supported"."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import absent, denied, interpret_probe, measurement

AIDL = "dumpsys android.hardware.health.IHealth/default"
SUPPLIES = (
    "grep '' /sys/class/power_supply/*/uevent /sys/class/power_supply/*/charge_full"
    " /sys/class/power_supply/*/charge_full_design /sys/class/power_supply/*/cycle_count"
    " /sys/class/power_supply/*/state_of_health /sys/class/power_supply/*/manufacturing_date"
    " /sys/class/power_supply/*/first_usage_date"
)
SOH = "service call batteryproperties 1 i32 10"
STATS = "dumpsys batterystats"
SDK = "[ro.build.version.sdk]: [34]\n"


def judge(answer: dict[str, str | bytes | Reply], capacity: int | None = None) -> ProbeResult:
    facts = {"battery_design_mah": capacity} if capacity else None
    return interpret_probe("battery.health", {"getprop": SDK} | answer, facts=facts)


def aidl(full: int = 0, design: int = 0, cycles: int = 0, data: str = "(null)") -> str:
    return (
        f"getHealthInfo -> HealthInfo{{batteryLevel: 70, batteryCycleCount: {cycles}, "
        f"batteryFullChargeUah: {full}, batteryFullChargeDesignCapacityUah: {design}, "
        f"batteryHealthData: {data}}}\n"
    )


def data(percent: int, made: int = 0) -> str:
    dates = f"batteryManufacturingDateSeconds: {made}"
    return f"BatteryHealthData{{{dates}, batteryStateOfHealth: {percent}}}"


def parcel(value: int) -> str:
    return (
        "Result: Parcel(\n"
        f"  0x00000000: 00000000 00000000 00000001 {value:08x} '................'\n"
        "  0x00000010: 00000000                            '....            ')\n"
    )


@pytest.mark.parametrize(
    ("percent", "outcome"),
    [
        (100, Outcome.PASS),
        (85, Outcome.PASS),
        (84, Outcome.ATTENTION),
        (80, Outcome.ATTENTION),
        (79, Outcome.FAIL),
        (0, Outcome.NOT_RUN),
        (-1, Outcome.NOT_RUN),
    ],
)
def test_state_of_health_of_the_hal(percent: int, outcome: Outcome) -> None:
    assert judge({AIDL: aidl(data=data(percent))}).outcome is outcome


def test_zeros_and_null_are_unknown_not_new() -> None:
    result = judge({AIDL: aidl()})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DEPENDENCY)
    assert all(m.value is None for m in result.measurements)


def test_ratio_of_the_capacities() -> None:
    result = judge({AIDL: aidl(full=3_150_000, design=4_500_000, cycles=800)})
    assert measurement(result, "state_of_health").value == 70.0
    assert measurement(result, "full_capacity").value == 3150
    assert measurement(result, "cycles").value == 800
    assert result.outcome is Outcome.FAIL


def test_equal_capacities_say_nothing() -> None:
    result = judge({AIDL: aidl(full=4_500_000, design=4_500_000)})
    assert result.outcome is Outcome.NOT_RUN
    assert measurement(result, "design_capacity").value == 4500


def test_impossible_counter_is_no_capacity() -> None:
    assert judge({AIDL: aidl(full=12_150_000, design=4_500_000)}).outcome is Outcome.NOT_RUN


def test_official_percentage_is_chosen_and_all_are_kept() -> None:
    result = judge({AIDL: aidl(3_150_000, 4_500_000, data=data(91)), SOH: parcel(91)})
    health = measurement(result, "state_of_health")
    assert (health.value, result.outcome) == (91.0, Outcome.ATTENTION)
    assert [reading.value for reading in health.readings] == [91.0, 70.0, 91.0]
    assert [reading.chosen for reading in health.readings].count(True) == 1
    (output,) = [f for f in result.findings if f.because == (health.id,)]
    assert "91 %" in output.text.en
    assert "70 %" in output.text.en
    assert [(e.raw, e.is_found) for e in health.evidence][:1] == [
        ("batteryStateOfHealth: 91", True)
    ]


def test_two_of_samsungs_numbers_that_disagree_are_no_tick() -> None:
    dump = "  level: 80\n  mSavedBatteryAsoc: [98]\n  mSavedBatteryBsoh: [75]\n"
    health = measurement(judge({"dumpsys battery": dump}), "state_of_health")
    assert health.outcome is Outcome.ATTENTION
    assert [(r.value, r.raw, r.line) for r in health.readings] == [
        (98.0, "mSavedBatteryAsoc: [98]", 2),
        (75.0, "mSavedBatteryBsoh: [75]", 3),
    ]


@pytest.mark.parametrize(("one", "other"), [(98, 87), (70, 60)])
def test_sources_on_one_side_of_the_limit_agree_enough(one: int, other: int) -> None:
    dump = f"  level: 80\n  mSavedBatteryAsoc: [{one}]\n  mSavedBatteryBsoh: [{other}]\n"
    health = measurement(judge({"dumpsys battery": dump}), "state_of_health")
    assert health.outcome is (Outcome.PASS if one > 85 else Outcome.FAIL)


@pytest.mark.parametrize(
    ("full", "design", "cycles", "counter"),
    [
        (7_000_000, 4_500_000, 120, ""),  # full above 1.15 of the design
        (4_400_000, 440_000, 120, ""),  # design ten times too small
        (2_250_000, 4_500_000, 60, ""),  # one cell of two, few cycles
        (2_250_000, 4_500_000, 0, "  Charge counter: 1575000\n"),  # and a counter that agrees
        (2_250_000, 4_500_000, 900, "  Charge counter: 3150000\n"),  # the counter knows the pack
        (3_000_000, 4_500_000, 300, "  Charge counter: 5600000\n"),  # the counter is beyond both
    ],
)
def test_a_pair_that_cannot_be_is_said_and_judges_nothing(
    full: int, design: int, cycles: int, counter: str
) -> None:
    dump = f"  level: 70\n{counter}"
    result = judge({AIDL: aidl(full, design, cycles), "dumpsys battery": dump})
    for name in ("full_capacity", "design_capacity", "state_of_health"):
        assert measurement(result, name).value is None
    assert [f.id for f in result.findings] == ["battery.health.impossible"]
    assert f"{full / 1000:g}" in result.findings[0].text.en


@pytest.mark.parametrize("cycles", [900, 1500])
def test_a_battery_that_lost_half_in_many_cycles_is_believed(cycles: int) -> None:
    result = judge({AIDL: aidl(2_250_000, 4_500_000, cycles)})
    assert result.outcome is Outcome.FAIL


def test_more_than_one_of_two_cells_can_hold_is_wear() -> None:
    result = judge({AIDL: aidl(2_550_000, 4_250_000, 300)})
    assert measurement(result, "state_of_health").value == 60.0


@pytest.mark.parametrize(("full", "outcome"), [(1_700_000, "attention"), (2_700_000, "pass")])
def test_the_gauge_is_held_against_the_makers_capacity_where_it_names_none(
    full: int, outcome: str
) -> None:
    result = judge({AIDL: aidl(full=full, cycles=900)}, capacity=2800)
    health = measurement(result, "state_of_health")
    assert health.value == round(full / 28_000, 1)
    assert health.outcome.value == outcome
    assert health.note is not None


def test_property_of_android_14() -> None:
    assert measurement(judge({SOH: parcel(77)}), "state_of_health").value == 77
    old = interpret_probe(
        "battery.health", {"getprop": "[ro.build.version.sdk]: [26]\n", SOH: parcel(77)}
    )
    assert old.outcome is Outcome.NOT_RUN


@pytest.mark.parametrize("form", ["  mSavedBatteryAsoc: {}\n", "  mSavedBatteryAsoc: [{}]\n"])
@pytest.mark.parametrize(
    ("asoc", "outcome"), [(93, Outcome.PASS), (71, Outcome.FAIL), (-1, Outcome.NOT_RUN)]
)
def test_saved_values_of_one_ui(form: str, asoc: int, outcome: Outcome) -> None:
    dump = "  level: 61\n" + form.format(asoc)
    assert judge({"dumpsys battery": dump}).outcome is outcome


def test_saved_usage_counts_hundredths_of_a_cycle() -> None:
    dump = "  level: 61\n  mSavedBatteryUsage: [80739]\n  battery FirstUseDate: [20241130]\n"
    result = judge({"dumpsys battery": dump})
    assert measurement(result, "cycles").value == 807
    assert measurement(result, "first_used").value == "2024-11-30"


def test_kernel_files() -> None:
    path = "/sys/class/power_supply/battery"
    output = (
        f"{path}/charge_full:3900000\n{path}/charge_full_design:5000000\n{path}/cycle_count:1100\n"
    )
    result = judge({SUPPLIES: output})
    assert measurement(result, "state_of_health").value == 78.0
    assert measurement(result, "cycles").outcome is Outcome.ATTENTION


def test_capacity_lines_of_android_16() -> None:
    dump = "  level: 100\n  Maximum capacity: 3140000\n  Design capacity: 4250000\n"
    health = measurement(judge({"dumpsys battery": dump}), "state_of_health")
    # No maker prints these lines: a community's system added them, so they never say `fail`.
    assert (health.value, health.outcome) == (73.9, Outcome.ATTENTION)


@pytest.mark.parametrize("learned", [3000, 3900])
def test_what_android_only_estimates_is_said_and_never_judged(learned: int) -> None:
    output = (
        f"  Estimated battery capacity: 4400 mAh\n  Last learned battery capacity: {learned} mAh\n"
    )
    result = judge({STATS: output})
    assert result.outcome is Outcome.OBSERVED
    assert not result.findings
    note = measurement(result, "state_of_health").note
    assert note is not None
    assert "estimate" in note.en


def test_rated_capacity_of_the_profile_is_better_than_the_power_profile() -> None:
    output = "  Estimated battery capacity: 1000 mAh\n  Last learned battery capacity: 3960 mAh\n"
    assert judge({STATS: output}).outcome is Outcome.NOT_RUN
    assert measurement(judge({STATS: output}, capacity=4400), "state_of_health").value == 90.0


def test_refusal_is_the_reason() -> None:
    result = judge({AIDL: absent("x"), SUPPLIES: denied("cat x"), SOH: absent("x")})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_forced_values_of_the_dump_do_not_count() -> None:
    dump = "  (UPDATES STOPPED -- use 'reset' to restart)\n  level: 100\n  mSavedBatteryAsoc: 60\n"
    assert judge({"dumpsys battery": dump}).outcome is Outcome.OBSERVED

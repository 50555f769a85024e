"""Starts nobody asked for: classes, the 30 days, lost clocks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import NOW, interpret_probe, measurement


def boots(
    *history: tuple[str, float | None], last: str = "reboot,userrequested", loader: str = "reboot"
) -> ProbeResult:
    lines = [
        f"{reason},{8039328 if days is None else int((NOW - timedelta(days=days)).timestamp())}"
        for reason, days in history
    ]
    text = f"[ro.boot.bootreason]: [{loader}]\n[sys.boot.reason]: [{last}]\n"
    text += "[persist.sys.boot.reason.history]: [" + "\n".join(lines) + "]\n"
    return interpret_probe("stability.boot_history", {"getprop": text})


def test_owner_and_updates_pass() -> None:
    result = boots(("reboot,userrequested", 1), ("reboot,ota", 3), ("cold,powerkey", 9))
    assert result.outcome is Outcome.PASS
    assert measurement(result, "starts.user").value == 2
    assert measurement(result, "crash_starts").value == 0


@pytest.mark.parametrize("reason", ["kernel_panic", "watchdog", "reboot,smpl", "shutdown,thermal"])
def test_two_in_thirty_days_raise_attention(reason: str) -> None:
    result = boots((reason, 2), ("reboot,userrequested", 3), (reason, 29))
    assert measurement(result, "crash_starts").value == 2
    assert result.outcome is Outcome.ATTENTION


def test_one_crash_and_one_long_ago_pass() -> None:
    result = boots(("kernel_panic", 2), ("kernel_panic", 31))
    assert measurement(result, "crash_starts").value == 1
    assert result.outcome is Outcome.PASS


def test_starts_without_a_clock_count_among_the_newest() -> None:
    assert measurement(boots(("kernel_panic", None), ("watchdog", 1)), "crash_starts").value == 2


@pytest.mark.parametrize("strange", ["hard,hw_reset", "cold", "words,nobody,knows"])
def test_starts_nobody_can_classify_are_counted_and_block_the_pass(strange: str) -> None:
    result = boots((strange, 2), ("reboot,userrequested", 3), last=strange)
    assert measurement(result, "unclassified").value == 1
    assert measurement(result, "crash_starts").outcome is Outcome.OBSERVED
    assert measurement(result, "empty_battery_starts").outcome is Outcome.OBSERVED


def test_a_word_nobody_knows_blocks_the_pass_of_another_source() -> None:
    result = boots(("reboot,userrequested", 2), loader="words,nobody,knows")
    assert measurement(result, "last_start").outcome is Outcome.OBSERVED
    assert measurement(boots(loader="hw_reset"), "last_start").outcome is Outcome.PASS


def test_what_cannot_be_classified_does_not_hide_what_can() -> None:
    result = boots(("cold", 1), ("kernel_panic", 2), ("kernel_panic", 3), last="cold")
    assert measurement(result, "crash_starts").outcome is Outcome.ATTENTION


def test_each_class_cites_its_own_start() -> None:
    result = boots(("reboot,ota", 2), ("kernel_panic", 3), last="reboot,ota")
    panic = measurement(result, "starts.kernel_panic")
    assert [evidence.raw.partition(",")[0] for evidence in panic.evidence] == ["kernel_panic"]


def test_a_history_that_was_cut_off_does_not_pass() -> None:
    output = (
        "[sys.boot.reason]: [reboot,ota]\n"
        "[persist.sys.boot.reason.history]: [reboot,ota,1795000000\nreboot,userrequested,1794"
    )
    result = interpret_probe("stability.boot_history", {"getprop": output})
    assert measurement(result, "crash_starts").outcome is Outcome.OBSERVED


def test_a_held_key_is_never_the_owners_good_restart() -> None:
    last = measurement(boots(("reboot,longkey", 1), last="reboot,longkey"), "last_start")
    assert (last.value, last.outcome) == ("held_key", Outcome.OBSERVED)
    assert last.note is not None


def test_boot_loader_saw_what_android_did_not() -> None:
    result = boots(("shutdown,battery", 90), last="shutdown,battery", loader="reboot,uvlo,pmic,if")
    last = measurement(result, "last_start")
    assert (last.value, last.outcome) == ("undervoltage", Outcome.ATTENTION)
    assert last.evidence[0].raw == "[ro.boot.bootreason]: [reboot,uvlo,pmic,if]"
    assert {reading.value for reading in last.readings} == {"undervoltage", "battery"}


@pytest.mark.parametrize("reason", ["shutdown,battery", "shutdown,charger,low-battery"])
def test_battery_that_gives_way_again_and_again_is_asked_about(reason: str) -> None:
    result = boots(*[(reason, float(day)) for day in range(4)], last=reason)
    emptied = measurement(result, "empty_battery_starts")
    assert (emptied.value, emptied.outcome) == (4, Outcome.ATTENTION)
    assert measurement(result, "crash_starts").outcome is Outcome.PASS
    [finding] = result.findings
    assert "4 times" in finding.text.en
    assert "used until it was empty" in finding.text.en
    assert "4 次" in finding.text.zh


def test_no_number_of_emptied_batteries_fails() -> None:
    result = boots(*[("shutdown,battery", day * 0.5) for day in range(50)], last="shutdown,battery")
    assert measurement(result, "empty_battery_starts").value == 50
    assert result.outcome is Outcome.ATTENTION


@pytest.mark.parametrize(
    "history",
    [
        (("shutdown,battery", 2.0),),
        (("shutdown,battery", 2.0), ("shutdown,battery", 33.0)),
        # switched on again three times before it was charged
        (("shutdown,battery", 2.0), ("shutdown,battery", 2.02), ("shutdown,battery", 2.05)),
        # M2004J7AC: both starts before the network had set its clock
        (("shutdown,battery", None), ("shutdown,battery", None)),
        (("shutdown,battery", 2.0), ("shutdown,battery", None)),
    ],
)
def test_battery_emptied_once_is_benign(history: tuple[tuple[str, float | None], ...]) -> None:
    result = boots(*history, last="reboot,userrequested")
    assert measurement(result, "empty_battery_starts").value == 1
    assert result.outcome is Outcome.PASS
    assert result.findings == ()


def test_phone_switched_off_for_heat_was_not_emptied() -> None:
    result = boots(("shutdown,thermal,battery", 2.0), ("shutdown,thermal,battery", 1.0))
    assert measurement(result, "empty_battery_starts").value == 0
    assert measurement(result, "crash_starts").value == 2


def test_mediatek_restart_is_no_watchdog_and_nobodys_wish_either() -> None:
    answers = {"getprop": "[ro.boot.bootreason]: [wdt_by_pass_pwk]\n[sys.boot.reason]: [0]\n"}
    result = interpret_probe("stability.boot_history", answers)
    found = measurement(result, "last_start")
    assert (found.value, found.outcome) == ("unknown", Outcome.OBSERVED)


def test_phone_that_keeps_no_reason_is_not_run() -> None:
    result = interpret_probe("stability.boot_history", {"getprop": "[ro.hardware]: [x]\n"})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_no_properties_are_no_verdict() -> None:
    assert interpret_probe("stability.boot_history", {}).outcome is Outcome.NOT_RUN

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


def test_boot_loader_saw_what_android_did_not() -> None:
    result = boots(("shutdown,battery", 90), last="shutdown,battery", loader="reboot,uvlo,pmic,if")
    last = measurement(result, "last_start")
    assert (last.value, last.outcome) == ("undervoltage", Outcome.ATTENTION)
    assert last.evidence[0].raw == "reboot,uvlo,pmic,if"
    assert {reading.value for reading in last.readings} == {"undervoltage", "battery"}


def test_empty_battery_is_counted_apart_and_not_judged() -> None:
    result = boots(*[("shutdown,battery", float(day)) for day in range(4)], last="shutdown,battery")
    assert measurement(result, "empty_battery_starts").value == 4
    assert result.outcome in (Outcome.PASS, Outcome.OBSERVED)


def test_mediatek_restart_is_no_watchdog() -> None:
    said = {"getprop": "[ro.boot.bootreason]: [wdt_by_pass_pwk]\n[sys.boot.reason]: [0]\n"}
    result = interpret_probe("stability.boot_history", said)
    assert measurement(result, "last_start").value == "user"


def test_phone_that_keeps_no_reason_is_not_run() -> None:
    result = interpret_probe("stability.boot_history", {"getprop": "[ro.hardware]: [x]\n"})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_no_properties_are_no_verdict() -> None:
    assert interpret_probe("stability.boot_history", {}).outcome is Outcome.NOT_RUN

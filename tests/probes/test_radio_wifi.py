"""radio.wifi: a missing chip counts only while Wi-Fi is switched on."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.replies import Reply
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

PHONE = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n"
FEATURES = "feature:android.hardware.telephony\nfeature:android.hardware.wifi\n"
ON = (
    "Wifi is enabled\nWifi scanning is always available\n"
    'Wifi is connected to "<ssid:12ab>"\nWifiInfo: SSID: "<ssid:12ab>", BSSID: <mac:12ab>,'
    " Supplicant state: COMPLETED, RSSI: -54, Link speed: 866Mbps, Frequency: 5180MHz\n"
)
OFF = "Wifi is disabled\nWifi scanning is always available\n"
WITH, WITHOUT = "dummy0\nlo\nwlan0\n", "dummy0\nlo\nrmnet0\n"


def judge(
    status: str, interfaces: str, *, switch: str = "1", airplane: str = "0", more: str = ""
) -> ProbeResult:
    return interpret_probe(
        "radio.wifi",
        {
            "cmd wifi status": status,
            "ls /sys/class/net": interfaces,
            "settings get global wifi_on": switch,
            "settings get global airplane_mode_on": airplane,
            "pm list features": FEATURES,
            "getprop": PHONE + more,
        },
    )


def test_a_working_phone_passes_and_gives_its_level() -> None:
    result = judge(ON, WITH)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "level").value == -54


def test_no_interface_while_switched_on_fails_on_the_makers_image() -> None:
    assert judge(OFF, WITHOUT).outcome is Outcome.FAIL
    assert judge(OFF, WITHOUT, more="[ro.build.tags]: [test-keys]\n").outcome is Outcome.ATTENTION


@pytest.mark.parametrize(("switch", "airplane"), [("0", "0"), ("3", "1"), ("null", "0")])
def test_no_interface_while_off_is_not_judged(switch: str, airplane: str) -> None:
    result = judge(OFF, WITHOUT, switch=switch, airplane=airplane)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DEPENDENCY)


def test_off_with_its_interface_passes() -> None:
    result = judge(OFF, WITH, switch="0")
    assert result.outcome is Outcome.PASS
    assert measurement(result, "enabled").value is False


def test_switched_on_but_not_on_asks_for_attention() -> None:
    assert judge(OFF, WITH).outcome is Outcome.ATTENTION


@pytest.mark.parametrize(
    "status", ["No shell command implementation.\n", "Unknown command: status\n"]
)
def test_old_android_is_judged_by_its_interface(status: str) -> None:
    result = judge(status, WITH)
    assert result.outcome is Outcome.PASS
    assert len(result.measurements) == 1


def test_the_driver_says_so_where_interfaces_are_hidden() -> None:
    interfaces = "ls: /sys/class/net: Permission denied\n"
    assert judge("x\n", interfaces, more="[wlan.driver.status]: [ok]\n").outcome is Outcome.PASS
    assert judge("x\n", interfaces).outcome is Outcome.NOT_RUN


def test_no_measured_level_is_no_number() -> None:
    result = judge(ON.replace("-54", "-127"), WITH)
    assert "radio.wifi.level" not in [m.id for m in result.measurements]


def test_not_declared_and_refused() -> None:
    none = interpret_probe("radio.wifi", {"pm list features": "feature:a.b.c\n"})
    assert none.outcome is Outcome.NOT_APPLICABLE
    commands = ("cmd wifi status", "ls /sys/class/net")
    answers: dict[str, str | bytes | Reply] = {
        "getprop": PHONE,
        **{command: denied(command) for command in commands},
    }
    refused = interpret_probe("radio.wifi", answers)
    assert (refused.outcome, refused.reason) == (Outcome.NOT_RUN, Reason.DENIED)

"""radio.modem_process: running, stopped on purpose, restarting."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe

TELEPHONY = "feature:android.hardware.telephony\n"


def judge(properties: str, features: str = TELEPHONY) -> Outcome:
    answers = {"getprop": properties, "pm list features": features}
    return interpret_probe("radio.modem_process", answers).outcome


@pytest.mark.parametrize("name", ["ril-daemon", "vendor.qcrild", "vendor.ril-daemon-mtk"])
def test_a_steady_process_passes_and_a_restarting_one_does_not(name: str) -> None:
    assert judge(f"[init.svc.{name}]: [running]\n") is Outcome.PASS
    assert judge(f"[init.svc.{name}]: [restarting]\n") is Outcome.ATTENTION


def test_a_second_process_that_is_stopped_is_no_fault() -> None:
    output = "[init.svc.vendor.qcrild]: [running]\n[init.svc.vendor.qcrild3]: [stopped]\n"
    assert judge(output) is Outcome.PASS


def test_other_restarting_services_are_not_the_modem() -> None:
    """`init.svc.*: restarting` stands on healthy Huawei phones; rillogcat is no modem."""
    output = "[init.svc.hwnffserver]: [restarting]\n[init.svc.rillogcat]: [restarting]\n"
    assert judge("[init.svc.ril-daemon]: [running]\n" + output) is Outcome.PASS


def test_a_processor_that_is_off_asks_for_attention() -> None:
    output = "[init.svc.ril-daemon]: [running]\n[vendor.peripheral.modem.state]: [OFFLINE]\n"
    assert judge(output) is Outcome.ATTENTION


def test_no_process_known_is_not_run_and_no_modem_not_applicable() -> None:
    assert judge("[a.b]: [c]\n") is Outcome.NOT_RUN
    assert judge("[a.b]: [c]\n", "feature:android.hardware.wifi\n") is Outcome.NOT_APPLICABLE


def test_refused() -> None:
    result = interpret_probe("radio.modem_process", {"getprop": denied("getprop")})
    assert result.outcome is Outcome.NOT_RUN

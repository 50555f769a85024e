"""radio.gnss: the receiver's service in either form; missing only where both were readable."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe

PHONE = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n"
DECLARED = "feature:android.hardware.telephony\nfeature:android.hardware.location.gps\n"
SERVICES = "Found 2 services:\n0\tbattery: []\n1\tphone: [com.android.ITelephony]\n"
HALS = "Y android.hardware.health@2.1::IHealth/default 0/1 430 388\n"


def judge(
    services: str = SERVICES,
    hals: str = HALS,
    *,
    features: str = DECLARED,
    properties: str = PHONE,
) -> ProbeResult:
    return interpret_probe(
        "radio.gnss",
        {
            "service list": services,
            "lshal": hals,
            "pm list features": features,
            "getprop": properties,
        },
    )


@pytest.mark.parametrize("version", ["1.0", "1.1", "2.1"])
def test_hidl(version: str) -> None:
    hals = f"{HALS}Y android.hardware.gnss@{version}::IGnss/default 0/2 500 388\n"
    assert judge(hals=hals).outcome is Outcome.PASS


def test_aidl() -> None:
    services = f"{SERVICES}2\tandroid.hardware.gnss.IGnss/default: [android.hardware.gnss.IGnss]\n"
    assert judge(services, hals="lshal: not found\n").outcome is Outcome.PASS


def test_missing_asks_for_attention_on_the_makers_image() -> None:
    assert judge().outcome is Outcome.ATTENTION
    assert judge(properties="[ro.build.type]: [eng]\n").outcome is Outcome.OBSERVED


def test_half_an_answer_is_none() -> None:
    result = judge(hals="lshal: can't execute: Permission denied\n")
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


def test_not_declared_and_refused() -> None:
    assert judge(features="feature:a.b.c\n").outcome is Outcome.NOT_APPLICABLE
    answers = {command: denied(command) for command in ("service list", "lshal")}
    assert interpret_probe("radio.gnss", answers).outcome is Outcome.NOT_RUN

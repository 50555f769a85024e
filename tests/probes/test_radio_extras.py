"""radio.extras: declared parts and their services."""

from __future__ import annotations

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import denied, interpret_probe, measurement

PHONE = "[ro.build.type]: [user]\n[ro.build.tags]: [release-keys]\n"
DECLARED = "feature:android.hardware.telephony\nfeature:android.hardware.consumerir\n"
SERVICES = "Found 1 services:\n0\tbattery: []\n"
INFRARED = "1\tconsumer_ir: [android.hardware.IConsumerIrService]\n"


def judge(services: str, features: str = DECLARED, properties: str = PHONE) -> ProbeResult:
    answers = {"service list": services, "pm list features": features, "getprop": properties}
    return interpret_probe("radio.extras", answers)


def test_declared_and_served() -> None:
    result = judge(SERVICES + INFRARED)
    assert result.outcome is Outcome.PASS
    assert measurement(result, "declared").value == ("infrared",)


def test_declared_and_not_served() -> None:
    assert judge(SERVICES).outcome is Outcome.ATTENTION
    assert judge(SERVICES, properties="[ro.build.type]: [eng]\n").outcome is Outcome.OBSERVED


def test_a_pen_is_an_extra_without_a_service() -> None:
    pen = "feature:com.sec.feature.spen_usp=40\n"
    alone = judge(SERVICES, "feature:android.hardware.telephony\n" + pen)
    assert measurement(alone, "declared").value == ("pen",)
    assert alone.outcome is Outcome.OBSERVED
    beside = judge(SERVICES + INFRARED, DECLARED + pen)
    assert measurement(beside, "declared").value == ("infrared", "pen")
    assert beside.outcome is Outcome.PASS


def test_without_the_list_it_is_only_read() -> None:
    assert judge("").outcome is Outcome.OBSERVED


def test_nothing_declared_and_refused() -> None:
    assert judge(SERVICES, "feature:android.hardware.wifi\n").outcome is Outcome.NOT_APPLICABLE
    refused = interpret_probe("radio.extras", {"pm list features": denied("pm list features")})
    assert refused.outcome is Outcome.NOT_RUN

"""The phone's names: stated, generic, hostile, or not stated at all."""

from __future__ import annotations

from tests.probes.property_words import EMULATOR, getprop

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import interpret_probe, measurement


def test_names_and_build() -> None:
    result = interpret_probe(
        "identity.device", {"getprop": getprop({"ro.config.marketing_name": "Acme One"})}
    )
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "model").value == "A1"
    assert measurement(result, "marketing_name").value == "Acme One"
    assert measurement(result, "emulator").value is False
    evidence = measurement(result, "model").evidence[0]
    assert (evidence.raw, evidence.line) == ("[ro.product.model]: [A1]", 3)


def test_phone_without_a_model_is_not_run() -> None:
    words = getprop({"ro.product.model": None})
    result = interpret_probe("identity.device", {"getprop": words})
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.UNSUPPORTED)


def test_emulator_is_told() -> None:
    result = interpret_probe("identity.device", {"getprop": getprop({**EMULATOR})})
    assert measurement(result, "emulator").value is True
    assert any("emulator" in finding.text.en for finding in result.findings)


def test_hostile_model_is_bounded() -> None:
    words = getprop({"ro.product.model": "<script>" + "x" * 9000})
    value = measurement(interpret_probe("identity.device", {"getprop": words}), "model").value
    assert isinstance(value, str)
    assert len(value) <= 100


def test_no_answer() -> None:
    assert interpret_probe("identity.device", {}).reason is Reason.DEPENDENCY


def test_without_a_system_modem_and_bootloader_say_the_model() -> None:
    answers = {
        "serial:AT+DEVCONINFO": "+DEVCONINFO: MN(SM-S9110);SN(<serial:1a2b>)\r\nOK\r\n",
        "serial:AT+CGMM": "SM-S9110\r\nOK\r\n",
    }
    model = measurement(interpret_probe("identity.device", answers), "model")
    assert model.value == "SM-S9110"
    assert len(model.readings) == 2
    loader = interpret_probe("identity.device", {"fastboot:getvar product": "tokay"})
    assert measurement(loader, "model").value == "tokay"

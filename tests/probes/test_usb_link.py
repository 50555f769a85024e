"""usb.link: what the descriptors and the negotiated speed tell."""

from __future__ import annotations

import json

import pytest

from diagnose.model.outcome import Outcome
from diagnose.model.result import ProbeResult
from diagnose.testing import interpret_probe, measurement

PROBE = "usb.link"


def judged(**changed: object) -> ProbeResult:
    seen = {
        "vendor": "18d1",
        "product": "4ee7",
        "speed_mbps": 480.0,
        "max_power_ma": 500,
        "interfaces": [{"number": 0, "kind": "ff/42/01", "driver": "usbfs"}],
    }
    return interpret_probe(PROBE, {"usb:descriptors": json.dumps(seen | changed)})


def test_a_phone_at_high_speed() -> None:
    result = judged()
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "ids").value == "18d1:4ee7"
    assert measurement(result, "interfaces").value == ("ff/42/01",)
    assert measurement(result, "power_request").value == 500


def test_a_phone_at_full_speed_has_a_worn_port_or_a_bad_cable() -> None:
    assert measurement(judged(speed_mbps=12.0), "speed").outcome is Outcome.ATTENTION
    assert measurement(judged(speed_mbps=5000), "speed").outcome is Outcome.OBSERVED


@pytest.mark.parametrize("speed", [None, 0, "480", True, -1])
def test_an_unknown_speed_is_not_judged(speed: object) -> None:
    result = judged(speed_mbps=speed)
    assert measurement(result, "speed").value is None
    assert result.outcome is not Outcome.ATTENTION


@pytest.mark.parametrize("noise", ["", "[]", "{", '{"interfaces": 3}', '{"interfaces": ["a"]}'])
def test_noise(noise: str) -> None:
    result = interpret_probe(PROBE, {"usb:descriptors": noise})
    assert result.outcome in (Outcome.ERROR, Outcome.NOT_RUN)

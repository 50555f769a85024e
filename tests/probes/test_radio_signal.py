"""radio.signal: levels are read in every form and never judged."""

from __future__ import annotations

import pytest

from diagnose.model.outcome import Outcome
from diagnose.testing import absent, interpret_probe, measurement

COMMAND = "dumpsys telephony.registry"
NONE = "2147483647"
STATE = "  mServiceState=0 0 voice home data home x\n"
NAMED = (
    "mSignalStrength=SignalStrength:{mGsm=CellSignalStrengthGsm: rssi=-71 ber=0,"
    f"mLte=CellSignalStrengthLte: rssi=-61 rsrp=-98 rsrq=-9,mNr=CellSignalStrengthNr:{{"
    f" csiRsrp = {NONE} ssRsrp = -101 ssRsrq = 0 }},primary=CellSignalStrength"
)


@pytest.mark.parametrize(
    ("answer", "level", "network"),
    [
        (f"{NAMED}Lte}}", -98, "LTE"),
        (f"{NAMED}Nr}}", -101, "NR"),
        (f"{NAMED}Gsm}}", -71, "GSM"),
        (f"{NAMED}Cdma}}", -101, "NR"),
        (
            f"mSignalStrength=SignalStrength: 99 0 -120 -160 -120 -1 -1 22 -95 -9 {NONE} g",
            -95,
            "LTE",
        ),
        ("mSignalStrength=SignalStrength: 20 -1 -1 -1 -1 -1 -1 gsm", -73, "GSM"),
    ],
)
def test_forms(answer: str, level: int, network: str) -> None:
    result = interpret_probe("radio.signal", {COMMAND: f"{STATE}  {answer}\n"})
    assert result.outcome is Outcome.OBSERVED
    assert measurement(result, "level.1").value == level
    assert measurement(result, "network.1").value == network


def test_no_level_is_no_number() -> None:
    output = f"{STATE}  mSignalStrength=SignalStrength: 99 0 -120 -160 -120 -1 -1 99 {NONE} g\n"
    result = interpret_probe("radio.signal", {COMMAND: output})
    assert result.outcome is Outcome.NOT_RUN
    assert measurement(result, "level").value is None


def test_absent() -> None:
    result = interpret_probe("radio.signal", {COMMAND: absent("telephony.registry")})
    assert result.outcome is Outcome.NOT_RUN

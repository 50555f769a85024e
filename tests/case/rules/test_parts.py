"""What one sign of a part says, before and after."""

from __future__ import annotations

import pytest

from diagnose.case.rules.parts import MeasuredSign, _read
from diagnose.model.criterion import Value
from diagnose.model.part_sign import Proves
from diagnose.model.verification import PartState

VOUCHED = MeasuredSign(
    id="battery.parts.battery", proves=Proves.DIFFERENCE, values=("original", "replaced")
)
NUMBER = MeasuredSign(id="device.serial_hash", proves=Proves.IDENTITY)
KIND = MeasuredSign(id="display.panel.resolution", proves=Proves.DIFFERENCE)
CYCLES = MeasuredSign(id="battery.health.cycles", proves=Proves.DECREASE)


@pytest.mark.parametrize(
    ("sign", "old", "new", "state"),
    [
        (VOUCHED, "original", "replaced", PartState.CHANGED),
        (VOUCHED, "original", "original", PartState.SAME_TYPE),
        (VOUCHED, "original", "unsupported", PartState.UNKNOWN),
        (VOUCHED, "unsupported", "original", PartState.UNKNOWN),
        (VOUCHED, "unsupported", "unsupported", PartState.UNKNOWN),
        (NUMBER, "a", "a", PartState.SAME),
        (NUMBER, "a", "b", PartState.CHANGED),
        (NUMBER, None, "b", PartState.UNKNOWN),
        (NUMBER, "a", None, PartState.UNKNOWN),
        (KIND, "1080x2400", "1080x2400", PartState.SAME_TYPE),
        (KIND, "1080x2400", "720x1600", PartState.CHANGED),
        (CYCLES, 300, 2, PartState.CHANGED),
        (CYCLES, 300, 300, PartState.SAME_TYPE),
        (CYCLES, 300, 301, PartState.SAME_TYPE),
        (CYCLES, "300", 2, PartState.UNKNOWN),
        (CYCLES, 300, "2", PartState.UNKNOWN),
    ],
)
def test_a_sign(sign: MeasuredSign, old: Value | None, new: Value | None, state: PartState) -> None:
    assert _read(sign, old, new) is state

"""Rear lenses, and cameras known that are not there."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.testing import denied, interpret_probe, measurement


def test_refused() -> None:
    said = {"dumpsys media.camera": denied("dumpsys media.camera")}
    result = interpret_probe("camera.lenses", said)
    assert (result.outcome, result.reason) == (Outcome.NOT_RUN, Reason.DENIED)


@pytest.mark.parametrize(
    "row",
    [
        '    Device 1 maps to "Not present"',
        "    Device 1 maps to null",
        "  Device 1 status: NOT_PRESENT",
        "Camera 1 is not present",
    ],
)
def test_a_camera_that_is_known_and_not_present_is_said(row: str) -> None:
    said = f'Number of camera devices: 2\n    Device 0 maps to "0"\n{row}\n'
    result = interpret_probe("camera.lenses", {"dumpsys media.camera": said})
    assert measurement(result, "not_present").outcome is Outcome.ATTENTION
    assert measurement(result, "not_present").evidence[0].raw == row.strip()


@pytest.mark.parametrize(
    ("rear", "outcome"),
    [
        (1, Outcome.OBSERVED),
        (2, Outcome.ATTENTION),
        (3, Outcome.OBSERVED),
        (4, Outcome.OBSERVED),
    ],
)
def test_one_of_several_rear_lenses_is_missing(rear: int, outcome: Outcome) -> None:
    facing = ["Back"] * rear + ["Front"]
    said = f"Number of camera devices: {len(facing)}\n" + "".join(
        f"== Camera HAL device device@3.5/internal/{n} (v3.5) static information: ==\n"
        f"  API1 info:\n    Facing: {way}\n"
        for n, way in enumerate(facing)
    )
    result = interpret_probe(
        "camera.lenses", {"dumpsys media.camera": said}, facts={"camera_lenses_rear": 3}
    )
    found = {m.id: m.outcome for m in result.measurements}
    assert found.get("camera.lenses.rear") is outcome

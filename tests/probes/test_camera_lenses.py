"""Rear lenses, and cameras known that are not there."""

from __future__ import annotations

import pytest

from diagnose.errors import Reason
from diagnose.model.outcome import Outcome
from diagnose.model.result import Measurement
from diagnose.testing import denied, interpret_probe, measurement


def test_refused() -> None:
    answers = {"dumpsys media.camera": denied("dumpsys media.camera")}
    result = interpret_probe("camera.lenses", answers)
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
    output = f'Number of camera devices: 2\n    Device 0 maps to "0"\n{row}\n'
    result = interpret_probe("camera.lenses", {"dumpsys media.camera": output})
    assert measurement(result, "not_present").outcome is Outcome.ATTENTION
    assert measurement(result, "not_present").evidence[0].raw == row.strip()


def listed(rear: int, **facts: int) -> Measurement:
    facing = ["Back"] * rear + ["Front"]
    output = f"Number of camera devices: {len(facing)}\n" + "".join(
        f"== Camera HAL device device@3.5/internal/{n} (v3.5) static information: ==\n"
        f"  API1 info:\n    Facing: {way}\n"
        for n, way in enumerate(facing)
    )
    result = interpret_probe("camera.lenses", {"dumpsys media.camera": output}, facts=dict(facts))
    return measurement(result, "rear")


@pytest.mark.parametrize("rear", [1, 2, 3, 4])
def test_lenses_that_the_system_hides_are_no_fault(rear: int) -> None:
    """One logical camera stands for several lenses: the maker's number is no limit."""
    found = listed(rear, camera_lenses_rear=3)
    assert found.outcome is Outcome.OBSERVED
    assert ("3 lenses" in (found.note.en if found.note else "")) is (rear < 3)


@pytest.mark.parametrize(("rear", "outcome"), [(1, "attention"), (2, "observed"), (3, "observed")])
def test_fewer_than_a_good_phone_lists_is_said(rear: int, outcome: str) -> None:
    assert listed(rear, camera_listed_rear=2, camera_lenses_rear=3).outcome == outcome

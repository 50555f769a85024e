"""What counts as found, masked or missed; and what a fault may be said to hide."""

from __future__ import annotations

import pytest

from diagnose.evaluation import Evaluator, Trial, fixed_now, share
from diagnose.plan import make_plan, read_plan
from diagnose.simulator.registry import FAULTS, load_areas
from diagnose.testing import bundled_probes

load_areas()


def trial(*noticed: str, expected: tuple[tuple[str, ...], ...], why: str = "") -> Trial:
    return Trial("pixel-9", ("a", "b")[: len(expected)], expected, noticed, (), why)


def test_either_of_two_probes_finds_a_fault() -> None:
    assert trial("b.y", expected=(("a.x", "b.y"),)).verdict == "found"


def test_both_of_two_faults_must_be_found() -> None:
    assert trial("a.x", expected=(("a.x",), ("b.y",))).verdict == "elsewhere"
    assert trial(expected=(("a.x",), ("b.y",))).verdict == "missed"


def test_masked_pair_counts_neither_as_found_nor_as_missed() -> None:
    masked = trial("a.x", expected=(("a.x",), ("b.y",)), why="a hides b")
    found = trial("a.x", expected=(("a.x",),))
    assert masked.verdict == "masked"
    assert share([masked, found]) == 1.0
    assert share([masked, found, trial(expected=(("a.x",),))]) == 0.5


def test_fault_that_was_found_is_not_masked() -> None:
    assert trial("a.x", "b.y", expected=(("a.x",), ("b.y",)), why="a hides b").verdict == "found"


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.masks])
def test_fault_that_masks_names_real_probes_and_never_its_own(name: str) -> None:
    fault = FAULTS[name]
    assert fault.masks is not None
    assert fault.masks.probes <= set(bundled_probes())
    assert not fault.masks.probes & set(fault.found_by)
    assert fault.masks.why


def test_values_set_by_hand_mask_the_gauge_but_not_what_the_kernel_says_itself() -> None:
    probes = bundled_probes()
    evaluator = Evaluator(make_plan(read_plan("full"), probes), probes, fixed_now())
    [gauge] = evaluator.tried("galaxy-s23", [("battery-forced", "battery-gauge-dead")])
    assert gauge.verdict == "masked"
    assert "set by hand" in gauge.masked_because
    [worn] = evaluator.tried("redmi-note-8-pro", [("battery-forced", "battery-worn")])
    assert (worn.verdict, worn.masked_because) == ("found", "")

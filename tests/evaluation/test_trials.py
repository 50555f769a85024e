"""What counts as found, masked or missed; and what a fault may be said to hide."""

from __future__ import annotations

import pytest
from tests.judging.causes.bench import report_of

from diagnose.evaluation.causes import CauseTrial, Named, too_sure
from diagnose.evaluation.trials import Evaluator, Trial, fixed_now, share
from diagnose.knowledge.plans import read_plan
from diagnose.model.fault import Confidence
from diagnose.model.outcome import Outcome
from diagnose.run.planning import make_plan
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


def caused(true: tuple[tuple[str, ...], ...], *named: str, why: str = "") -> CauseTrial:
    return CauseTrial(true, tuple(Named(code, Confidence.POSSIBLE) for code in named), (), why)


@pytest.mark.parametrize(
    ("named", "verdict"),
    [
        (("a.x", "b.y"), "first"),
        (("b.y", "a.x"), "later"),
        (("b.y",), "other"),
        ((), "missed"),
    ],
)
def test_a_true_cause_is_first_later_missed_or_another_is_named(
    named: tuple[str, ...], verdict: str
) -> None:
    assert caused((("a.x",),), *named).verdict == verdict


@pytest.mark.parametrize(
    ("named", "verdict"),
    [
        (("b.y", "a.x", "c.z"), "first"),
        (("a.x", "c.z", "b.y"), "later"),
        (("a.x", "c.z"), "other"),
        (("a.x",), "missed"),
    ],
)
def test_of_two_faults_both_causes_must_be_named(named: tuple[str, ...], verdict: str) -> None:
    assert caused((("a.x",), ("b.y",)), *named).verdict == verdict


def test_any_of_the_causes_of_a_fault_names_it() -> None:
    either = caused((("a.x", "a.y"),), "a.y", "c.z")
    assert either.verdict == "first"
    assert [named.code for named in either.beside] == ["c.z"]


def test_a_hidden_cause_and_one_that_nothing_can_name_are_said_so() -> None:
    assert caused((("a.x",), ("b.y",)), "a.x", why="a hides b").verdict == "masked"
    assert caused(((),), "c.z").verdict == "uncaused"


def test_a_word_stronger_than_the_listed_evidence_is_too_sure() -> None:
    report = report_of("galaxy-s23", ("battery-worn",))
    [worn] = report.faults
    assert (worn.confidence, too_sure(report)) == (Confidence.LIKELY, ())
    certain = worn.model_copy(update={"confidence": Confidence.CERTAIN})
    assert too_sure(report.model_copy(update={"faults": (certain,)})) == ("battery.worn",)
    softened = tuple(
        result.model_copy(
            update={
                "measurements": tuple(
                    m.model_copy(update={"outcome": Outcome.ATTENTION}) for m in result.measurements
                )
            }
        )
        for result in report.results
    )
    assert too_sure(report.model_copy(update={"results": softened})) == ("battery.worn",)


@pytest.mark.slow
def test_the_true_cause_is_named_for_nearly_every_fault_of_a_phone_and_first() -> None:
    """One phone here; `diagnose evaluate` (docs/accuracy.md) does it with all of them."""
    probes = bundled_probes()
    evaluator = Evaluator(make_plan(read_plan("full"), probes), probes, fixed_now())
    tried = [trial.causes for trial in evaluator.tried("xiaomi-13", [(f,) for f in sorted(FAULTS)])]
    verdicts = [one.verdict for one in tried if one.verdict != "uncaused"]
    assert len(verdicts) > 90
    assert sum(v in ("first", "later") for v in verdicts) >= 0.99 * len(verdicts)
    assert verdicts.count("first") >= 0.98 * len(verdicts)
    assert [one.too_sure for one in tried if one.too_sure] == []
    assert [n for one in tried for n in one.beside if n.word is not Confidence.POSSIBLE] == []


def test_two_faults_that_hide_each_other_in_one_state_say_why() -> None:
    probes = bundled_probes()
    evaluator = Evaluator(make_plan(read_plan("full"), probes), probes, fixed_now())
    [trial] = evaluator.tried("galaxy-s23", [("sensor-uncalibrated", "sensor-zero")])
    assert trial.causes.verdict == "masked"
    assert "gravity" in trial.causes.masked_because
    [alone] = evaluator.tried("galaxy-s23", [("sensor-uncalibrated",)])
    assert (alone.causes.verdict, alone.causes.masked_because) == ("first", "")

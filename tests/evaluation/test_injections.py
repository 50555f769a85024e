"""Faults edited into captures: the edits change what they say, and are noticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diagnose.evaluation.injected import VERDICTS, injected, places
from diagnose.evaluation.injections import FEATURES, INJECTIONS, Injection, inject
from diagnose.evaluation.trials import fixed_now
from diagnose.knowledge.plans import read_plan
from diagnose.run.planning import make_plan
from diagnose.testing import bundled_probes

CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2].parent / "shared/corpus"))
ANSWERS = {
    "dumpsys battery": "Current Battery Service state:\n  AC powered: false\n  status: 3\n"
    "  health: 2\n  present: true\n  level: 75\n  voltage: 4100\n  temperature: 291\n",
    "getprop": "[ro.build.date.utc]: [1700000000]\n[sys.boot.reason]: [reboot]\n",
}
NAMED = {one.name: one for one in INJECTIONS}


def test_an_edit_changes_what_it_says_and_leaves_the_rest() -> None:
    edited = inject(NAMED["battery-hot"], ANSWERS)
    assert edited is not None
    assert edited["getprop"] == ANSWERS["getprop"]
    changed = set(edited["dumpsys battery"].splitlines()) - set(
        ANSWERS["dumpsys battery"].splitlines()
    )
    assert changed == {"  health: 3", "  temperature: 690"}


def test_a_property_is_set_once_whether_it_was_there_or_not() -> None:
    for name, line in (("boot-panic", "[sys.boot.reason]: [kernel_panic]"),):
        edited = inject(NAMED[name], ANSWERS)
        assert edited is not None
        assert edited["getprop"].count("sys.boot.reason") == 1
        assert line in edited["getprop"]


def test_a_device_that_does_not_print_it_has_no_place_for_the_fault() -> None:
    assert inject(NAMED["no-camera"], ANSWERS | {FEATURES: ""}) is None
    assert inject(NAMED["battery-hot"], {"getprop": ANSWERS["getprop"]}) is None


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda one: one.name)
def test_an_injection_names_probes_that_read_what_it_changes(injection: Injection) -> None:
    probes = bundled_probes()
    keys = {f"shell:{command}" for command in injection.edits}
    for probe in injection.probes:
        assert keys & {request.key for request in probes[probe].probe.requests}, probe


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_a_fault_in_a_real_capture_is_noticed() -> None:
    """A few here; `diagnose evaluate --corpus` (docs/accuracy.md) tries them all."""
    probes, now = bundled_probes(), fixed_now()
    plan = make_plan(read_plan("full"), probes)
    jobs = [job for job in places(CORPUS, plan) if job[0] in ("battery-hot", "loudspeaker-gone")]
    done = [one for job in jobs if (one := injected(*job, plan, probes, now)) is not None]
    assert len(done) >= 4
    assert {one.verdict for one in done} == {"found"}
    assert {one.verdict for one in done} <= set(VERDICTS)
    assert not any(one.false_alarms for one in done)

"""Every captured device of the corpus, through the same way as a run: import, examine, judge."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from diagnose.evaluation.trials import Evaluator, Seen, fixed_now
from diagnose.knowledge.plans import read_plan
from diagnose.run.planning import make_plan
from diagnose.testing import bundled_probes

CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2] / "../shared/corpus"))
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
    pytest.mark.timeout(400),
]


@pytest.fixture(scope="module")
def seen() -> list[Seen]:
    probes = bundled_probes()
    plan = make_plan(read_plan("full"), probes)
    return list(Evaluator(plan, probes, fixed_now()).corpus(CORPUS))


def test_no_real_device_gets_a_false_fail(
    seen: list[Seen], record_property: Callable[[str, object], None]
) -> None:
    alarms = {device.folder: device.fails for device in seen if device.fails}
    healthy = {device.folder for device in seen if not device.known_fault}
    record_property(
        "figures",
        f"{len(seen)} visits of devices, {sum(len(device.answers) for device in seen)} answers, "
        f"{sum(device.values for device in seen)} values read, "
        f"{sum(device.facts_checked for device in seen)} stated facts checked, "
        f"{len(alarms.keys() & healthy)} false alarms",
    )
    assert len(seen) > 200
    assert not alarms.keys() & healthy


def test_no_cause_is_concluded_on_a_device_not_known_to_be_faulty(seen: list[Seen]) -> None:
    healthy = [device for device in seen if not device.known_fault]
    concluded = {d.folder: d.causes for d in healthy if any(c.word != "possible" for c in d.causes)}
    assert concluded == {}
    assert {d.folder: d.too_sure for d in seen if d.too_sure} == {}
    # Mostly systems of communities and rebuilt firmware, which is what they are.
    assert sum(bool(device.causes) for device in healthy) < 0.18 * len(healthy)


def test_a_known_worn_battery_is_found(seen: list[Seen]) -> None:
    worn = next(d for d in seen if d.folder == "unknown-nktkln-rackphone-sc7325")
    assert worn.fails == ("battery.health",)
    assert [(cause.code, cause.word.value) for cause in worn.causes] == [("battery.worn", "likely")]


def test_what_no_parser_knows_is_a_parse_error_and_nothing_else(seen: list[Seen]) -> None:
    for device in seen:
        for error in device.errors:
            assert ": parse: " in error, f"{device.folder}: {error}"


def test_what_the_manifest_states_is_read(seen: list[Seen]) -> None:
    checked = sum(device.facts_checked for device in seen)
    assert checked > 150
    wrong = [d.folder for d in seen if d.facts_right < d.facts_checked]
    # These manifests name another model or version than the phone itself says (see test_identity).
    assert len(wrong) <= 8, wrong

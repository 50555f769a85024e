"""Every captured device of the corpus, through the same way as a run: import, examine, judge."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from diagnose.evaluation.outside import Seen, visits
from diagnose.evaluation.outside import seen as examined
from diagnose.evaluation.trials import fixed_now
from diagnose.knowledge.plans import read_plan
from diagnose.run.planning import make_plan
from diagnose.testing import bundled_probes

CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[2] / "../shared/corpus"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here"),
    pytest.mark.timeout(400),
]


@pytest.fixture(scope="module")
def seen() -> list[Seen]:
    probes = bundled_probes()
    plan = make_plan(read_plan("full"), probes)
    now = fixed_now()
    found = (examined(folder, visit, plan, probes, now) for folder, visit in visits(CORPUS))
    return [one for one in found if one is not None]


def test_no_real_device_gets_a_false_fail(
    seen: list[Seen], record_property: Callable[[str, object], None]
) -> None:
    alarms = {device.folder: device.false_alarms for device in seen if device.false_alarms}
    record_property(
        "figures",
        f"{len(seen)} visits of devices, {sum(len(device.answers) for device in seen)} answers, "
        f"{sum(device.values for device in seen)} values read, "
        f"{sum(device.stated_checked for device in seen)} stated facts checked, "
        f"{sum(len(device.facts) for device in seen)} values read twice, "
        f"{len(alarms)} false alarms",
    )
    assert len(seen) > 190
    assert not alarms


def test_a_second_reader_reads_the_same_values(seen: list[Seen]) -> None:
    wrong = [(d.folder, fact) for d in seen for fact in d.facts if not fact.agrees]
    assert wrong == []
    read = {fact.name for d in seen for fact in d.facts}
    assert {
        *("battery.state.level", "battery.state.voltage", "battery.state.temperature"),
        *("memory.ram.total", "storage.space.total", "camera.census.count"),
        *("sensor.census.count", "display.panel.resolution"),
    } <= read


def test_a_mark_of_a_fault_is_of_a_probe_and_not_of_the_device(seen: list[Seen]) -> None:
    worn = next(d for d in seen if d.folder == "unknown-nktkln-rackphone-sc7325")
    assert "battery.health" in worn.faulty
    assert not any(probe.startswith(("radio.", "thermal.")) for probe in worn.faulty)


def test_no_cause_is_concluded_on_a_device_not_known_to_be_faulty(seen: list[Seen]) -> None:
    healthy = [device for device in seen if not device.faulty]
    concluded = {d.folder: d.causes for d in healthy if any(c.word != "possible" for c in d.causes)}
    assert concluded == {}
    assert {d.folder: d.too_sure for d in seen if d.too_sure} == {}
    # Mostly systems of communities and rebuilt firmware, which is what they are.
    assert sum(bool(device.causes) for device in healthy) < 0.18 * len(healthy)


def test_a_known_worn_battery_is_found(seen: list[Seen]) -> None:
    worn = next(d for d in seen if d.folder == "unknown-nktkln-rackphone-sc7325")
    # The lines are a community system's own: a hint that needs a measurement, never a verdict.
    assert (worn.fails, worn.attentions) == ((), ("battery.health",))
    named = [(cause.code, cause.word.value) for cause in worn.causes]
    assert named == [("battery.worn", "possible")]


def test_no_probe_fails_itself(seen: list[Seen]) -> None:
    assert {device.folder: device.errors for device in seen if device.errors} == {}


def test_what_the_manifest_states_is_read(seen: list[Seen]) -> None:
    checked = sum(device.stated_checked for device in seen)
    assert checked > 150
    wrong = [d.folder for d in seen if d.stated_right < d.stated_checked]
    # These manifests name another model or version than the phone itself says (see test_identity).
    assert len(wrong) <= 8, wrong

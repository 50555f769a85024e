"""Every committed capture replays to the outcomes it had, and together they hold every request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.thinning import one_in

from diagnose.judging.examination import examine
from diagnose.run.capture import read_capture
from diagnose.testing import bundled_probes

FOLDERS = sorted((Path(__file__).parents[1] / "captures").iterdir())
HOW = "run: python scripts/write_captures.py [FOLDER], and look at the difference"
UNREAD = ("not_run", "not_applicable", "error")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_capture_replays_to_the_outcomes_it_had(folder: Path) -> None:
    report = examine(read_capture(folder), bundled_probes())
    expected = json.loads((folder / "outcomes.json").read_text("utf-8"))
    assert {r.probe: r.outcome.value for r in report.results} == expected, HOW


@pytest.mark.parametrize("folder", one_in(4, FOLDERS), ids=lambda folder: folder.name)
def test_the_same_capture_gives_the_same_report_twice(folder: Path) -> None:
    capture = read_capture(folder)
    first, second = (examine(capture, bundled_probes()) for _ in range(2))
    assert first.digest == second.digest
    assert first.model_dump_json() == second.model_dump_json()


def test_every_probe_reads_something_in_a_capture() -> None:
    """A refusal alone shows nothing of what a probe understands."""
    reading: set[str] = set()
    for folder in FOLDERS:
        outcomes = json.loads((folder / "outcomes.json").read_text("utf-8"))
        reading |= {name for name, word in outcomes.items() if word not in UNREAD}
    assert sorted(bundled_probes().keys() - reading) == [], HOW


def test_every_request_of_every_probe_is_in_a_capture() -> None:
    held = {key for folder in FOLDERS for key in read_capture(folder).replies}
    for loaded in bundled_probes().values():
        missing = {request.key for request in loaded.probe.requests} - held
        assert not missing, f"{loaded.probe.id}: {missing}; {HOW}"

"""Faults from outside, edited into real captures: `evaluate --cases tests/evaluation/injected`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diagnose.errors import PlanInvalid
from diagnose.evaluation.cases import case_files, read_case, trials, tried
from diagnose.evaluation.trials import fixed_now
from diagnose.evaluation.work import evaluator

CASES = Path(__file__).parent / "injected"
CORPUS = Path(os.environ.get("DIAGNOSE_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
SOME = ("battery-fair", "service-dies-nfc", "sim-second-locked", "innocent-battery-two-cells")
EDITED = """
title = "A battery at 69 °C"
devices = ["phone"]
[[edit]]
command = "dumpsys battery"
find = '(?m)^  temperature: \\d+'
put = "  temperature: 690"
[expect]
attention = ["battery.state"]
"""
BATTERY = """Current Battery Service state:
  AC powered: false
  status: 3
  health: 2
  present: true
  level: 60
  scale: 100
  voltage: 3850
  temperature: 250
  technology: Li-ion
"""


def phone(folder: Path, battery: str = BATTERY) -> Path:
    device = folder / "phone"
    device.mkdir()
    (device / "battery.txt").write_text(battery)
    (device / "index.json").write_text(
        '{"device": "a phone", "captures":'
        ' [{"command": "dumpsys battery", "file": "battery.txt", "kind": "real"}]}'
    )
    return device


def test_every_case_names_its_source_and_where_it_is_edited_in() -> None:
    cases = [read_case(path) for path in case_files(CASES)]
    assert len(cases) >= 100
    assert all(case.source and case.devices for case in cases)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
@pytest.mark.parametrize("name", SOME)
def test_a_fault_from_outside_is_found(name: str) -> None:
    own = evaluator(fixed_now())
    places = trials(CASES / f"{name}.toml", CORPUS, own.plan)
    assert places
    for path, device in places:
        done = tried(path, own.plan, own.probes, fixed_now(), device)
        assert (done.wrong, done.false_alarms, done.errors) == ((), (), ()), done.name


def test_an_edited_device_is_a_trial_of_its_own(tmp_path: Path) -> None:
    device, case = phone(tmp_path), tmp_path / "hot.toml"
    case.write_text(EDITED)
    own = evaluator(fixed_now())
    assert trials(case, tmp_path, own.plan) == [(case, device)]
    done = tried(case, own.plan, own.probes, fixed_now(), device)
    assert (done.name, done.wrong) == ("hot on phone", ())


def test_what_was_said_before_the_edit_is_not_found_by_it(tmp_path: Path) -> None:
    device = phone(tmp_path, BATTERY.replace("temperature: 250", "temperature: 690"))
    case = tmp_path / "hot.toml"
    case.write_text(EDITED)
    own = evaluator(fixed_now())
    done = tried(case, own.plan, own.probes, fixed_now(), device)
    assert done.wrong == ("battery.state: says what it said of the unedited capture",)


def test_a_device_without_the_words_is_no_place(tmp_path: Path) -> None:
    phone(tmp_path, BATTERY.replace("  temperature: 250\n", ""))
    case = tmp_path / "hot.toml"
    case.write_text(EDITED)
    own = evaluator(fixed_now())
    assert trials(case, tmp_path, own.plan) == []
    assert trials(case, None, own.plan) == []


def test_a_pattern_that_is_none_is_told(tmp_path: Path) -> None:
    case = tmp_path / "bad.toml"
    case.write_text(EDITED.replace("(?m)^  temp", "(?m^  temp"))
    with pytest.raises(PlanInvalid, match=r"bad\.toml"):
        read_case(case)

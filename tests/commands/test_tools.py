"""The commands beside `run`: every list and show in words and in JSON, every error one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.commandline import diagnose_here as diagnose

ROOT = Path(__file__).parent.parent.parent
CAPTURE = ROOT / "tests" / "captures" / "pixel-9"
pytestmark = pytest.mark.usefixtures("adb_server")


@pytest.mark.parametrize(
    "words",
    [
        ["probes", "list"],
        ["probes", "show", "battery.health"],
        ["profiles", "list"],
        ["profiles", "show", "google/pixel-9"],
        ["profiles", "check"],
        ["simulate", "--list"],
        ["capture", "show", str(CAPTURE)],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_every_list_and_show_speaks_words_and_json(words: list[str]) -> None:
    plain = diagnose(*words)
    assert plain.status == 0, plain.err
    assert plain.out.strip()
    assert diagnose(*words, "--json").json


def test_simulate_lists_phones_and_faults_as_the_contract_says() -> None:
    listed = diagnose("simulate", "--list", "--json").json
    assert len(listed["phones"]) >= 6
    state = [fault for fault in listed["faults"] if fault["kind"] == "state"]
    probes = {probe["id"] for probe in diagnose("probes", "list", "--json").json["probes"]}
    assert len(state) >= 60
    for fault in state:
        assert fault["found_by"], fault["name"]
        assert set(fault["found_by"]) <= probes, fault["name"]
    wire = {fault["name"] for fault in listed["faults"] if fault["kind"] == "wire"}
    assert {"hangs", "drops-after", "unauthorized", "offline", "garbage", "hostile"} <= wire


@pytest.mark.parametrize(
    ("words", "status", "answer"),
    [
        (["probes", "show", "batery.health"], 2, "did you mean battery.health"),
        (["replay", "/nowhere"], 2, "there is no capture"),
        (["report", "show", "/nowhere"], 2, "there is no report"),
        (["capture", "import", "/nowhere"], 2, "no file"),
        (["run", "--plan", "ful"], 2, "did you mean full"),
        (["run", "--simulated", "pixel-9", "--probe", "batery.*"], 2, "no probe is called"),
        (["run", "--app", "/nowhere", "--simulated", "pixel-9"], 2, "cannot read"),
        (["unknown"], 2, "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_a_mistake_is_one_plain_line(words: list[str], status: int, answer: str) -> None:
    ended = diagnose(*words)
    assert ended.status == status, ended.err
    assert answer in ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err


def test_an_import_replays_and_says_what_is_missing(tmp_path: Path) -> None:
    source = tmp_path / "phone"
    source.mkdir()
    (source / "battery.txt").write_text(
        "Current Battery Service state:\n  AC powered: false\n  USB powered: true\n"
        "  status: 2\n  health: 2\n  present: true\n  level: 63\n  scale: 100\n"
        "  voltage: 4012\n  temperature: 284\n  technology: Li-ion\n"
    )
    entry = {"command": "dumpsys battery", "file": "battery.txt"}
    (source / "index.json").write_text(json.dumps({"device": "X", "captures": [entry]}))
    assert diagnose("capture", "import", source, "--out", tmp_path / "made").status == 0
    report = diagnose("replay", tmp_path / "made", "--json")
    assert report.status == 5
    results = {result["probe"]: result for result in report.json["results"]}
    assert results["battery.state"]["outcome"] == "pass"
    assert results["storage.space"]["reason"] == "dependency"
    assert report.json["summary"]["outcome"] == "observed"


@pytest.mark.parametrize(("min_sdk", "status", "verdict"), [(24, 0, "fits"), (99, 1, "misses")])
def test_an_app_is_checked_against_the_phone(
    tmp_path: Path, min_sdk: int, status: int, verdict: str
) -> None:
    file = tmp_path / "requirements.toml"
    needs = f'target_sdk = 35\nmin_sdk = {min_sdk}\nabis = ["arm64-v8a"]\n'
    file.write_text(f'package = "x.y"\n{needs}')
    words = ["run", "--simulated", "pixel-9", "--scale", "0.05", "--plan", "quick", "--json"]
    ended = diagnose(*words, "--app", file)
    assert ended.status == status
    assert ended.json["app"]["verdict"] == verdict


def test_two_reports_are_compared(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    captures = ROOT / "tests" / "captures"
    diagnose("replay", captures / "galaxy-s23_battery-worn_camera-missing", "--out", before)
    diagnose("replay", captures / "galaxy-s23", "--out", after)
    compared = diagnose("report", "diff", before, after, "--json").json
    assert {"battery.health", "camera.census"} <= set(compared["better"])
    assert compared["worse"] == []
    assert diagnose("report", "diff", after, before).status == 1


def test_a_report_is_rendered_again_from_its_json_alone(tmp_path: Path) -> None:
    diagnose("replay", CAPTURE, "--out", tmp_path, "--lang", "en")
    page = (tmp_path / "report.html").read_bytes()
    (tmp_path / "report.html").unlink()
    assert diagnose("report", "render", tmp_path, "--lang", "en").status == 0
    assert (tmp_path / "report.html").read_bytes() == page

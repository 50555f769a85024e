"""The same evidence gives the same causes in another process, language, zone and hash order."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.commandline import diagnose, run_virtual

pytestmark = pytest.mark.usefixtures("adb_server")


def test_a_replay_on_another_computer_concludes_the_same(tmp_path: Path) -> None:
    phone = "galaxy-s23+battery-worn+drainer-app+camera-missing"
    ended = run_virtual(phone, "--symptom", "drains-fast", "--json", "--out", tmp_path)
    assert ended.status == 1, ended.err
    report = ended.json
    assert report["faults"][0]["code"] == "battery.worn"
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "zh_CN.UTF-8"}
    again = diagnose("replay", tmp_path, "--json", env=elsewhere)
    assert again.status == 1, again.err
    assert again.json == report


def test_an_unknown_symptom_is_refused_with_the_near_one() -> None:
    ended = run_virtual("pixel-9", "--symptom", "drain-fast")
    assert ended.status == 2
    assert "drains-fast" in ended.err


def test_a_symptom_brings_its_probes_and_their_requests_into_a_short_plan() -> None:
    plain = diagnose("run", "--plan", "quick", "--dry-run", "--json").json
    asked = diagnose(
        "run", "--plan", "quick", "--symptom", "drains-fast", "--dry-run", "--json"
    ).json
    assert "software.drainers" not in plain["probes"]
    assert "software.drainers" in asked["probes"]
    keys = [request["key"] for request in asked["requests"]]
    assert [key for key in keys if "batterystats" in key]

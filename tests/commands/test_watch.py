"""A phone that is watched: hands off, for some seconds, over the real adb server."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.commandline import command_line, diagnose_here, environment, run_virtual

pytestmark = pytest.mark.usefixtures("adb_server")

WATCHING = ("--probe", "touch.ghost", "--probe", "battery.charge_flow")


def _result(report: Any, probe: str) -> Any:
    return next(result for result in report["results"] if result["probe"] == probe)


def _values(result: Any) -> dict[str, Any]:
    return {m["id"].rpartition(".")[2]: m["value"] for m in result["measurements"]}


def test_a_watched_phone_shows_its_ghosts_and_its_unit(tmp_path: Path) -> None:
    watch = ("--plan", "thorough", "--watch", "4", "--allow", "listen", "--symptom", "ghost-touch")
    ended = run_virtual("galaxy-s23+ghost-touches", *watch, "--out", tmp_path, "--json")
    assert ended.status == 0, ended.err
    assert "hands off for 4 s" in ended.err
    assert "请勿触碰手机" in ended.err
    ghost = _result(ended.json, "touch.ghost")
    assert ghost["outcome"] == "attention"
    assert _values(ghost)["touches"] >= 5
    flow = _values(_result(ended.json, "battery.charge_flow"))
    assert (flow["unit"], flow["sign"], flow["learned"]) == ("mA", "positive", True)
    assert ended.json["faults"][0]["code"] == "touch.noise"
    kept = (tmp_path / "capture.jsonl").read_text("utf-8")
    assert "ABS_MT_TRACKING_ID" in kept
    assert re.findall(r"ABS_MT_POSITION_[XY] +(?!--------)\S+", _heard(kept)) == []
    again = diagnose_here("replay", tmp_path, "--json")
    assert again.json == ended.json


def _heard(capture: str) -> str:
    return next(line for line in capture.splitlines() if '"shell:getevent -lt' in line)


def test_nobody_listens_without_being_allowed_to() -> None:
    ended = run_virtual("pixel-9", *WATCHING, "--watch", "1", "--json")
    ghost = _result(ended.json, "touch.ghost")
    assert (ghost["outcome"], ghost["reason"]) == ("not_run", "permission")
    sent = [command["request"] for command in ended.json["privacy"]["commands"]]
    assert not [key for key in sent if "getevent -lt" in key]
    assert "touch.ghost is not run" in ended.err
    assert "--allow listen" in ended.err


def test_a_complaint_says_which_watch_would_test_it() -> None:
    ended = run_virtual("pixel-9", "--symptom", "ghost-touch", "--json")
    assert _result(ended.json, "touch.ghost")["outcome"] == "not_run"
    assert "--plan thorough --allow listen" in ended.err
    assert ended.json["privacy"]["commands"]


@pytest.mark.slow
def test_a_short_silence_proves_nothing() -> None:
    ended = run_virtual("pixel-9", *WATCHING, "--watch", "2", "--allow", "listen", "--json")
    assert _result(ended.json, "touch.ghost")["reason"] == "dependency"


def test_half_an_imei_is_kept_by_nobody(tmp_path: Path) -> None:
    cut = "xiaomi-13+truncates:service call iphonesubinfo*"
    asking = ("--probe", "radio.imei", "--allow", "identity", "--out", tmp_path)
    run_virtual(cut, *asking)
    kept = (tmp_path / "capture.jsonl").read_text("utf-8")
    [line] = [line for line in kept.splitlines() if '"shell:service call iphonesubinfo' in line]
    assert "stdout" not in json.loads(line)


def test_a_phone_in_trade_in_mode_is_not_watched() -> None:
    watch = ("--plan", "thorough", "--allow", "listen", "--watch", "300")
    ended = run_virtual("pixel-9+tradein-foyer", *watch)
    assert ended.status == 5
    assert "hands off" not in ended.err


def test_the_dry_run_shows_the_watch_and_waits_for_nothing() -> None:
    words = ("run", "--dry-run", "--plan", "thorough", "--allow", "listen")
    shown = diagnose_here(*words)
    assert "30 s of watching" in shown.out
    assert "listen usage     shell:getevent -lt -c 20000 #1" in shown.out
    assert diagnose_here(*words, "--json").json["watch_s"] == 30


@pytest.mark.slow
def test_an_interrupted_watch_keeps_what_was_read(tmp_path: Path) -> None:
    words = command_line("run", "--simulated", "pixel-9", "--plan", "thorough", "--out", tmp_path)
    running = subprocess.Popen(
        [*words, "--allow", "listen", "--watch", "300"],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert running.stderr is not None
    while "hands off" not in (line := running.stderr.readline().decode()):
        assert line, "it ended before it watched"
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    shown = diagnose_here("report", "show", tmp_path, "--json").json
    assert _result(shown, "battery.health")["outcome"] == "pass"
    assert _result(shown, "touch.ghost")["reason"] == "cancelled"

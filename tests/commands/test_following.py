"""`run --follow`: one report of a phone that changes its state while it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.commandline import SCALE, Ended, diagnose_here


def followed(phone: str, out: Path, *more: str, seconds: str = "30") -> tuple[Ended, Any]:
    words = ("run", "--simulated", phone, "--follow", seconds, "--scale", SCALE, "--lang", "en")
    ended = diagnose_here(*words, "--out", out, "--json", *more)
    assert ended.out, ended.err
    return ended, ended.json


def values(report: Any) -> dict[str, Any]:
    return {m["id"]: m["value"] for r in report["results"] for m in r["measurements"]}


def shown(report: Any) -> list[tuple[str, str]]:
    return [(a["channel"], a["state"]) for a in report["device"]["attachments"]]


def test_from_the_bootloader_to_the_system_in_one_report(tmp_path: Path) -> None:
    ended, report = followed("pixel-9+starts-late", tmp_path)
    assert shown(report) == [("usb", "fastboot"), ("fastboot", "fastboot"), ("adb", "device")]
    found = values(report)
    assert found["usb.reconnects.states"] == ["fastboot", "nothing", "device"]
    assert found["usb.reconnects.count"] == 1
    assert found["startup.bootloader.unbootable"] is True  # of the first state
    assert found["battery.state.level"]  # of the last
    assert report["plan"]["name"] == "full"
    assert "startup.system-unbootable" in [fault["code"] for fault in report["faults"]]
    assert report["device"]["model"] == "Pixel 9"
    assert "startup.boot-loop" not in [fault["code"] for fault in report["faults"]]
    assert "the phone is now: device" in ended.err
    again = diagnose_here("replay", tmp_path, "--json").json
    assert again["digest"] == report["digest"]


@pytest.mark.slow
def test_a_phone_lost_while_it_was_asked_is_asked_again(tmp_path: Path) -> None:
    ended, report = followed("pixel-9+restarts-once", tmp_path)
    assert report["summary"]["ended"] == "complete"
    assert values(report)["usb.reconnects.count"] == 1
    assert values(report)["identity.device.model"] == "Pixel 9"
    assert ended.status == 0


@pytest.mark.slow
def test_a_boot_loop_is_named_with_its_next_test(tmp_path: Path) -> None:
    ended, report = followed("pixel-9+boot-loop", tmp_path, seconds="10")
    assert ended.status == 5  # its system never answered
    assert values(report)["usb.reconnects.count"] == 3
    fault = next(f for f in report["faults"] if f["code"] == "startup.boot-loop")
    assert fault["confidence"] == "possible"
    assert "another cable" in json.dumps(fault["next_test"])


@pytest.mark.slow
def test_another_phone_on_the_same_port_is_not_taken_for_this_one(tmp_path: Path) -> None:
    ended, report = followed("pixel-9+swapped", tmp_path, seconds="4")
    assert ended.status == 5
    assert values(report)["usb.reconnects.states"] == ["fastboot", "nothing"]
    assert report["device"]["model"] == "tokay"
    assert "another" not in (tmp_path / "capture.jsonl").read_text("utf-8").lower()


@pytest.mark.slow
@pytest.mark.parametrize("phone", ["pixel-9", "pixel-9+fastboot-only"])
def test_a_phone_that_stays_as_it_is(phone: str, tmp_path: Path) -> None:
    _, report = followed(phone, tmp_path, seconds="2")
    assert values(report)["usb.reconnects.count"] == 0
    assert report["summary"]["ended"] == "complete"


def test_without_following_nothing_is_said_of_comings_and_goings(tmp_path: Path) -> None:
    ended = diagnose_here("run", "--simulated", "pixel-9+boot-loop", "--out", tmp_path, "--json")
    assert "usb.reconnects" not in [result["probe"] for result in ended.json["results"]]
    assert "trail:changes" not in [c["request"] for c in ended.json["privacy"]["commands"]]

"""A reset Android 16 phone in trade-in mode: adbd opens one command, and the run makes sense."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.adbserver import AdbRefusal, AdbServer
from tests.commandline import diagnose_here, run_virtual

from diagnose.model.requests import Effect, Shell
from diagnose.privacy.policy import Policy
from diagnose.simulator.served import serve
from diagnose.simulator.specification import parse_specification

Attach = Callable[..., str]

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "report-1.json").read_text("utf-8"))
STATUS = "tradeinmode getstatus"
SENTENCE = "the phone is in trade-in mode: only its status can be read"
ANSWERING = {
    "battery.health",
    "battery.parts",
    "identity.device",
    "identity.serial",
    "radio.imei",
    "storage.wear",
    "tradein.mode",
    "tradein.status",
}
pytestmark = pytest.mark.usefixtures("adb_server")


def _outcomes(report: dict[str, Any]) -> dict[str, str]:
    return {result["probe"]: result["outcome"] for result in report["results"]}


def _value(report: dict[str, Any], measurement: str) -> Any:
    values = [m for r in report["results"] for m in r["measurements"] if m["id"] == measurement]
    return values[0]["value"] if values else None


def test_adbd_closes_everything_but_the_one_command(adb_server: AdbServer, attach: Attach) -> None:
    daemon = serve(parse_specification("pixel-9+tradein-foyer"), scale=0.05)
    serial = attach(daemon)
    closed = ["shell,v2,raw:true", "sync:", f"exec:{STATUS}", "shell:", f"shell:{STATUS}; id"]
    for service in closed:
        with pytest.raises(AdbRefusal, match=r"^closed$"):
            adb_server.raw(serial, service)
    assert b"factory_reset_protection" in adb_server.shell(serial, STATUS).stdout
    assert adb_server.state(serial) == "device"
    assert (daemon.closed_services, daemon.commands) == (closed, [STATUS])


def test_an_earlier_android_has_no_such_mode() -> None:
    ended = run_virtual("galaxy-s23+tradein-foyer")
    assert ended.status == 2
    assert "Android 16" in ended.err


@pytest.fixture(scope="module")
def reset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("foyer")
    ended = run_virtual("pixel-9+tradein-foyer", "--out", out)
    assert ended.status == 5, ended.err  # what every phone must be tested for could not be
    (out / "terminal.txt").write_text(ended.out, "utf-8")
    return out


def test_the_status_is_judged_and_nothing_else_is_said(reset: Path) -> None:
    report = json.loads((reset / "report.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["summary"]["ended"] == "complete"
    assert report["summary"]["counts"]["error"] == report["summary"]["counts"]["fail"] == 0
    outcomes = _outcomes(report)
    assert {probe for probe, outcome in outcomes.items() if outcome != "not_run"} == ANSWERING
    assert outcomes["tradein.mode"] == "attention"
    denied = [r for r in report["results"] if r["outcome"] == "not_run"]
    assert {r["reason"] for r in denied} <= {"denied", "unsupported"}
    assert sum(r["detail"] == SENTENCE for r in denied) > 50


def test_the_phone_is_known_by_its_report(reset: Path) -> None:
    report = json.loads((reset / "report.json").read_text("utf-8"))
    device = report["device"]
    assert (device["brand"], device["model"]) == ("google", "Pixel 9")
    assert report["profile"]["id"] == "google/pixel-9"
    assert [a["state"] for a in device["attachments"]] == ["trade-in mode"]
    assert _value(report, "battery.health.state_of_health") == 97
    assert _value(report, "battery.state.health") == "good"
    assert _value(report, "storage.wear.life_estimate") == 1


def test_terminal_and_page_say_what_to_do(reset: Path) -> None:
    output = " ".join((reset / "terminal.txt").read_text("utf-8").split())
    page = (reset / "report.html").read_text("utf-8")
    for text in (output, page):
        assert "The phone is in trade-in mode: only its status can be read." in text
        assert "switch USB debugging on" in text
    assert "lost" not in output


def test_serial_number_and_imeis_are_masked(reset: Path) -> None:
    for name in ("capture.jsonl", "report.json", "report.html", "terminal.txt"):
        output = (reset / name).read_text("utf-8")
        for private in ("4A171AAAA0001", "HB4P1A0X", "350000000000006", "350000000000014"):
            assert private not in output, name


def test_a_replay_gives_the_identical_report(reset: Path) -> None:
    ended = diagnose_here("replay", reset, "--json")
    assert ended.status == 5
    assert ended.json == json.loads((reset / "report.json").read_text("utf-8"))


def test_nothing_but_the_status_reaches_the_phone(attach: Attach) -> None:
    daemon = serve(parse_specification("pixel-9+tradein-foyer"), scale=0.05)
    serial = attach(daemon)
    ended = diagnose_here("run", "-s", serial, "--json", "--allow", "write", "--allow", "disrupt")
    assert ended.status == 5
    assert daemon.commands == [STATUS]
    assert not [service for service in daemon.closed_services if "tradeinmode" in service]
    assert daemon.write_attempts == []


def test_a_plan_that_does_not_ask_finds_the_mode_too(tmp_path: Path) -> None:
    ended = run_virtual(
        "pixel-9+tradein-foyer", "--probe", "memory.ram", "--out", tmp_path, "--lang", "zh-CN"
    )
    assert ended.status == 5
    assert "以旧换新模式" in ended.out
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert _outcomes(report) == {"memory.ram": "not_run", "tradein.mode": "attention"}
    asked = {command["request"]: command["status"] for command in report["privacy"]["commands"]}
    assert asked.pop(f"shell:{STATUS}") == "complete"
    assert set(asked.values()) == {"refused"}


@pytest.mark.parametrize(
    ("fault", "probe", "outcome"),
    [
        ("battery-worn", "battery.health", "fail"),
        ("battery-dead", "battery.state", "fail"),
        ("battery-replaced-part", "battery.parts", "attention"),
        ("storage-worn", "storage.wear", "attention"),
        ("screen-replaced-part", "tradein.status", "attention"),
        ("moisture-inside", "tradein.status", "attention"),
    ],
)
def test_a_fault_in_the_report_is_found(fault: str, probe: str, outcome: str) -> None:
    ended = run_virtual(f"pixel-9+{fault}+tradein-foyer", "--json", "--plan", "full")
    assert ended.status == 5
    assert _outcomes(ended.json)[probe] == outcome


def test_a_foldable_in_trade_in_mode_tells_its_folds() -> None:
    ended = run_virtual("galaxy-z-fold7+hinge-worn+tradein-foyer", "--json")
    assert ended.status == 5
    assert _outcomes(ended.json)["display.hinge"] == "attention"
    assert _value(ended.json, "display.hinge.used.0") == 100
    assert ended.json["profile"]["id"] == "samsung/galaxy-z-fold7"
    assert "display.hinge-worn" in {fault["code"] for fault in ended.json["faults"]}


def test_a_locked_phone_says_that_it_is_locked_and_nothing_else() -> None:
    ended = run_virtual("pixel-9+frp-locked+tradein-foyer", "--json")
    assert ended.status == 5
    report = ended.json
    telling = {p for p, outcome in _outcomes(report).items() if outcome != "not_run"}
    assert telling == {"tradein.mode", "tradein.status"}
    assert _value(report, "tradein.status.locked") is True
    assert report["device"]["model"] == ""
    mode = next(result for result in report["results"] if result["probe"] == "tradein.mode")
    assert "sign in" in mode["findings"][0]["advice"]


def test_a_phone_with_open_adb_says_the_same_and_more() -> None:
    ended = run_virtual("pixel-9+frp-locked+battery-worn", "--json")
    assert ended.status == 1
    outcomes = _outcomes(ended.json)
    # No line of the phone says "off": that it says nothing is observed, not passed.
    assert (outcomes["tradein.mode"], outcomes["tradein.status"]) == ("observed", "attention")
    assert outcomes["battery.health"] == "fail"


@pytest.mark.slow
def test_a_hostile_report_breaks_nothing(tmp_path: Path) -> None:
    ended = run_virtual("pixel-9+hostile+tradein-foyer", "--out", tmp_path)
    assert ended.status == 5
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["summary"]["counts"]["error"] == 0
    assert "<script>alert" not in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.parametrize("words", [("evaluate",), ("enter",), ("getstatus", "evaluate"), ()])
@pytest.mark.parametrize("effect", list(Effect))
def test_no_policy_lets_another_word_of_the_command_through(
    words: tuple[str, ...], effect: Effect
) -> None:
    everything = Policy(frozenset(Effect), allow_sensitive=True)
    assert everything.refusal(Shell("tradeinmode", *words, effect=effect)) is not None
    assert everything.refusal(Shell("tradeinmode", "getstatus")) is None
